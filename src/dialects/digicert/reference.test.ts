import { test } from 'node:test'
import fc from 'fast-check'
import { agree, around, bodiesOf, mostly } from '../kit/testing/agreement.ts'
import { readContacts, readOrganization } from './bodies.ts'
import { reference } from './reference.ts'
import { readValidations } from './validation-bodies.ts'
import { LIMITS } from './wire.ts'

const { ContactsInput = {}, OrganizationInput = {}, ValidationsInput = {} } = reference.schemas

const email = mostly(['a@b.example'], ['a b@c', 'a@b@c', '@', `${'x'.repeat(250)}@b.example`])
const phone = mostly(['016 00 00 00', 3216], ['x'.repeat(LIMITS.telephone), 'x'.repeat(33), 1.5, -3])

const contact = {
  first_name: around(LIMITS.first_name),
  last_name: around(LIMITS.last_name),
  email,
  job_title: around(LIMITS.job_title),
  telephone: phone,
  telephone_extension: mostly([10, '', 'x'.repeat(LIMITS.telephone_extension)], ['x'.repeat(17)]),
  language_id: mostly([1, '1', '01', null, ''], ['0', 0, 'x']),
  unknown: fc.constant(1),
}

const typed = bodiesOf({
  contact_type: mostly(['organization_contact', 'technical_contact'], ['other']),
  ...contact,
})
const bare = bodiesOf({ contact_type: fc.constantFrom('organization_contact', 'technical_contact') })

test('contacts are what their schema says', () => {
  const elements = fc.array(fc.oneof(typed, typed, bare), { minLength: 1, maxLength: 2 })
  agree(ContactsInput, readContacts, bodiesOf({ contacts: elements }), (fault) => fault.is('refused'))
})

test('validations are what their schema says', () => {
  const user = fc.oneof(bodiesOf({ id: mostly([7, '7', 1], ['x']) }), bodiesOf(contact))
  const validation = bodiesOf({
    type: mostly(['ov', 'ds', 'smime', 'ev'], ['xx']),
    verified_users: fc.array(user, { minLength: 1, maxLength: 2 }),
  })
  agree(
    ValidationsInput,
    readValidations,
    bodiesOf({ validations: fc.array(validation, { minLength: 1, maxLength: 2 }) }),
    // Two of one type; an id of 0 or none, beside which all five members count.
    (fault) =>
      fault.is('body-invalid') && fault.facts.violations.some(({ keyword }) => keyword === 'duplicate'),
  )
})

test('organizations are what their schema says', () => {
  const body = bodiesOf({
    name: around(LIMITS.name),
    address: around(LIMITS.address),
    city: around(LIMITS.city),
    state: around(LIMITS.state),
    zip: mostly(['3000', 3000], ['x'.repeat(41)]),
    country: mostly(['be', 'BE'], ['bel', 'b']),
    telephone: phone,
    organization_contact: bodiesOf(contact),
    technical_contact: bodiesOf(contact),
    assumed_name: mostly(['', null], ['x', 'x'.repeat(65)]),
    address2: around(LIMITS.address2),
    container: mostly([{ id: 1 }, { id: 0 }, null], [{ id: 2 }]),
    skip_duplicate_org_check: fc.boolean(),
  })
  // Both names together, and which container is the own one.
  const isElsewhere = ['name', 'container']
  agree(
    OrganizationInput,
    (text) => readOrganization(text, 1),
    body,
    (fault) =>
      fault.is('body-invalid') &&
      fault.facts.violations.every(
        ({ path, keyword }) => isElsewhere.includes(String(path[0])) && keyword !== 'missing',
      ),
  )
})
