import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Person } from '../../core/person.ts'
import { dossier, person, putContext, viewContext } from '../../core/testing/records.ts'
import { contacts } from './lens/contacts.ts'
import type { ContactsInput } from './wire.ts'

const ANN = { first_name: 'Ann', last_name: 'Peeters', email: 'ann@voorbeeld.example' }
const EMAILS = [{ id: '1-1', address: ANN.email }]

test('one person in both roles: an update of one shows in both', () => {
  const { view, people } = put(inBothRoles(), { technical_contact: { ...ANN, job_title: 'Directeur' } })
  assert.equal(people.length, 1)
  assert.equal(view.organization_contact?.job_title, 'Directeur')
  assert.equal(view.technical_contact?.job_title, 'Directeur')
})

test('one person in both roles: the same contents for both stay one person', () => {
  const fields = { ...ANN, job_title: 'Directeur' }
  assert.equal(
    put(inBothRoles(), { organization_contact: fields, technical_contact: fields }).people.length,
    1,
  )
})

test('one person in both roles: different contents make a new technical contact', () => {
  const sent = { organization_contact: ANN, technical_contact: { ...ANN, job_title: 'Systeembeheer' } }
  const { view, people } = put(inBothRoles(), sent)
  assert.equal(people.length, 2)
  assert.deepEqual(view.organization_contact, { id: 1, ...ANN })
  assert.deepEqual(view.technical_contact, { id: 0, ...ANN, job_title: 'Systeembeheer' })
})

test('one person in both roles: the technical contact goes without the organization contact', () => {
  const { view } = put(inBothRoles(), { technical_contact: 'removed' })
  assert.deepEqual(view, { organization_contact: { id: 1, ...ANN } })
})

test('what the view clips is kept when it is written back', () => {
  const title = 'x'.repeat(65)
  const { people } = put(inRole({ title }), { organization_contact: { ...ANN, job_title: 'x'.repeat(64) } })
  assert.equal(people[0]?.title, title)
})

test('a similar telephone keeps label and kind, another one does not', () => {
  const phones = [{ id: '1-2', number: '016 00 00 10', kind: 'mobile', label: 'Thuis' }] as const
  const similar = put(inRole({ phones }), { organization_contact: { ...ANN, telephone: '+3216000010' } })
  assert.deepEqual(similar.people[0]?.phones, [{ ...phones[0], number: '+3216000010' }])
  const other = put(inRole({ phones }), { organization_contact: { ...ANN, telephone: '02 111 11 11' } })
  assert.deepEqual(
    other.people[0]?.phones.map(({ kind, label }) => [kind, label]),
    [['voice', undefined]],
  )
})

test('a telephone that does not fit is hidden, not cut, and survives', () => {
  const phones = [
    { id: '1-2', number: '1'.repeat(33), kind: 'voice' },
    { id: '1-3', number: '016 00 00 01', kind: 'fax' },
  ] as const
  const { view, people } = put(inRole({ phones }), { organization_contact: ANN })
  assert.equal(view.organization_contact?.telephone, undefined)
  assert.deepEqual(people[0]?.phones, phones)
})

test('a cleared telephone comes back into sight when another API changes it', () => {
  const phones = [
    { id: '1-2', number: '1', kind: 'voice' },
    { id: '1-3', number: '2', kind: 'voice' },
  ] as const
  const { people } = put(inRole({ phones }), { organization_contact: ANN })
  const [ann] = people as readonly [Person]
  const changed = inRole({ ...ann, phones: [{ id: '1-3', number: '3', kind: 'voice' }] })
  assert.equal(contacts.get(changed, viewContext()).organization_contact?.telephone, '3')
})

test('an extension that does not fit survives a request without one', () => {
  const phones = [{ id: '1-2', number: '1', kind: 'voice', extension: 'x'.repeat(17) }] as const
  const { view, people } = put(inRole({ phones }), { organization_contact: { ...ANN, telephone: '1' } })
  assert.equal(view.organization_contact?.telephone_extension, undefined)
  assert.deepEqual(people[0]?.phones, phones)
})

test('English is a language like any other, other ids are kept beside the language', () => {
  const english = put(inRole({}), { organization_contact: { ...ANN, language_id: 1 } })
  assert.equal(english.people[0]?.language, 'en')
  const other = put(inRole({ language: 'nl' }), { organization_contact: { ...ANN, language_id: 1 } })
  assert.equal(other.people[0]?.language, 'nl')
  assert.equal(other.view.organization_contact?.language_id, 1)
})

test('a language that another API sets later wins over an id', () => {
  const { people } = put(inRole({ language: 'nl' }), { organization_contact: { ...ANN, language_id: 7 } })
  const [ann] = people as readonly [Person]
  const changed = inRole({ ...ann, language: 'en-GB' })
  assert.equal(contacts.get(changed, viewContext()).organization_contact?.language_id, 1)
})

test('a prefix survives an update in place', () => {
  const name = { full: 'Dr. Ann Peeters', given: 'Ann', family: 'Peeters', prefix: 'Dr.' }
  const { people } = put(inRole({ name }), { organization_contact: { ...ANN, job_title: 'x' } })
  assert.deepEqual(people[0]?.name, name)
})

test('the first e-mail that fits the form is the one that counts', () => {
  const emails = [{ id: '1-4', address: 'no address' }, ...EMAILS]
  const { people } = put(inRole({ emails }), { organization_contact: ANN })
  assert.equal(people.length, 1)
})

test('a role whose holder may not be seen is not taken away', () => {
  const hidden = dossier({ roles: { 'technical-contact': 'somebody' } })
  assert.equal(contacts.put(hidden, { technical_contact: 'removed' }, putContext()), hidden)
})

function put(before: ReturnType<typeof dossier>, sent: ContactsInput) {
  const after = contacts.put(before, sent, putContext())
  return { view: contacts.get(after, viewContext()), people: after.people }
}

function inRole(parts: Partial<Person>) {
  const ann = person({ emails: EMAILS, ...parts })
  return dossier({ roles: { 'organization-contact': ann.id } }, [ann])
}

function inBothRoles() {
  const ann = person({ emails: EMAILS })
  return dossier({ roles: { 'organization-contact': ann.id, 'technical-contact': ann.id } }, [ann])
}
