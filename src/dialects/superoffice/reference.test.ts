import { test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../kit/json.ts'
import { agree, around, bodiesOf, mostly } from '../kit/testing/agreement.ts'
import { readEntity } from './entity.ts'
import { ContactInput } from './reference/bodies.ts'
import { LIMITS, WHEN_ABSENT } from './wire.ts'

const element = bodiesOf({ Value: around(LIMITS.Phone), Description: around(LIMITS.PhoneDescription) })
const reference = (key: string) => bodiesOf({ [key]: mostly([1, '1'], [-1, 2_147_483_648, 'x']) })

const entity = bodiesOf({
  Name: around(LIMITS.Name),
  OrgNr: around(LIMITS.OrgNr),
  Phones: fc.array(fc.oneof(element, fc.constant(null)), { maxLength: 2 }),
  Business: reference('Id'),
  Associate: reference('AssociateId'),
  NoMailing: mostly([true, 0, 1, 'true'], [2]),
  Source: mostly([32_767, '7'], [32_768, 'x']),
  Domains: fc.array(around(LIMITS.Domain), { maxLength: 2 }),
  CustomFields: fc.dictionary(fc.constantFrom('a', 'b'), mostly(['x', 1, true, null], [{}])),
  // Of an item without an id, nothing else is looked at.
  Interests: fc.array(
    fc.record({ Id: mostly([1, '2'], ['x', 1.5]), Selected: mostly([true, false], [5, 'x']) }),
    { maxLength: 2 },
  ),
  Unknown: fc.constant({}),
})

test('companies are what their schema says', () => {
  agree(
    ContactInput,
    (text) => readEntity(JSON.parse(text) as Json, WHEN_ABSENT),
    entity,
    (fault) =>
      // Words that are no yes or no, dates and numbers that are too large, in texts.
      fault.is('body-invalid') && TEXTS.includes(String(fault.facts.violations[0]?.params['expected'])),
  )
})

const TEXTS = ['Boolean', 'DateTime', 'Int32', 'Int16', 'Double']
