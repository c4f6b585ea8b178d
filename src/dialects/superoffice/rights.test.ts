import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { FULL_GRANT, grantOn } from '../../core/policy.ts'
import { catalogue, organization, principal, viewContext } from '../../core/testing/records.ts'
import { rightsOf } from './rights.ts'
import { FIELDS } from './wire/fields.ts'

const CONTEXT = viewContext()

const contributor = () => {
  const record = organization({ contributors: ['bob@example.org'] })
  return grantOn(record, principal({ id: 'bob', email: 'bob@example.org' }), catalogue(), () => true)
}
const maskOf = (rights: ReturnType<typeof rightsOf>, field: string) =>
  rights.FieldProperties[field]?.FieldRight.Mask

describe('rights', () => {
  test('who may do everything may do everything', () => {
    assert.equal(rightsOf(FULL_GRANT, CONTEXT).TableRight.Mask, 'Select, Update, Insert, Delete')
    assert.equal(maskOf(rightsOf(FULL_GRANT, CONTEXT), 'Description'), 'Update')
  })

  test('a contributor may edit what is public, and nothing else', () => {
    const rights = rightsOf(contributor(), CONTEXT)
    assert.equal(rights.TableRight.Mask, 'Select, Update')
    assert.deepEqual(
      ['Name', 'Emails', 'Description', 'Kananame', 'SupportPerson', 'ContactId'].map((field) =>
        maskOf(rights, field),
      ),
      ['Update, UIHintMandatory', 'Update', 'None', 'None', 'None', 'Read'],
    )
  })

  test('are worked out once for all who have the same', () => {
    assert.equal(rightsOf(contributor(), CONTEXT), rightsOf(contributor(), CONTEXT))
  })

  test('every documented field is described', () => {
    assert.equal(Object.keys(rightsOf(FULL_GRANT, CONTEXT).FieldProperties).length, FIELDS.length)
  })
})
