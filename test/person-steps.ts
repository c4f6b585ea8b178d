import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Json, Send } from './apis.ts'
import type { ContactType, Known, Register, Triple } from './register-of-people.ts'
import {
  holderOf,
  known,
  renamed,
  tripleOf,
  withEmail,
  withKnown,
  without,
  withPhones,
  withTelephone,
} from './register-of-people.ts'

const LONGEST = 14

const CONTACT = '/api/v1/Contact/1'
const ORGANIZATION = '/services/v2/organization/1'
const COMPANY = '/companies/v2/rs/1'

type ApiName = 'superoffice' | 'digicert' | 'kare'
export type Clients = Readonly<Record<ApiName, Send>>

/** What a client does, and what is true then. @param touched ids of those whom it may have changed */
export interface Step {
  readonly does: string
  readonly run: (clients: Clients, register: Register, touched: Set<number>) => Promise<Register>
}

export const TRIPLES: readonly Triple[] = [
  { first_name: 'Ann', last_name: 'Peeters', email: 'ann@voorbeeld.example' },
  { first_name: 'Ann', last_name: 'Peeters', email: 'ann@elders.example' },
  { first_name: 'Eva', last_name: 'Maes', email: 'bureau!@huis.example' },
  { first_name: '-', last_name: 'Prins', email: 'prins@hof.example' },
]
const NAMES = [
  'Ann Peeters',
  'Peeters Ann',
  'Dr Ann Maes Peeters',
  'Ann Maes',
  'Prins',
  'Bram',
  '',
  'Eva De Smet',
]
const EMAILS = ['ann@elders.example', 'Eva@Huis.example', 'x@y.example', null]
const PHONES = ['016 11 11 11', '02 222 22 22', '+32 473 33 33 33', '4'.repeat(33), 'na 18 uur 55 55 55', '']

const types = fc.constantFrom<ContactType>('organization_contact', 'technical_contact')

/** A PUT of one contact: who is there already when `triple` is theirs or undefined; else somebody new. */
export const certificateDesk: fc.Arbitrary<Step> = fc
  .record({
    type: types,
    triple: fc.option(fc.constantFrom(...TRIPLES), { nil: undefined }),
    telephone: fc.option(fc.constantFrom('016 11 11 11', '02 222 22 22', '016 00 00 12'), { nil: undefined }),
    title: fc.constantFrom('', 'Voorzitter'),
  })
  .map(({ type, triple, telephone, title }) => ({
    does: `DigiCert puts ${type} ${JSON.stringify(triple ?? 'in place')}, ${telephone ?? 'no telephone'}, ${title}`,
    run: async ({ digicert }, register, touched) => {
      const holder = holderOf(register, type)
      const shown = holder === undefined ? undefined : tripleOf(holder)
      // Whoever has no e-mail cannot be named.
      const sent = triple ?? (shown === undefined || shown.email === '' ? TRIPLES[0] : shown)
      if (sent === undefined) return register
      const contact = { contact_type: type, ...sent, telephone, ...(title !== '' && { job_title: title }) }
      await digicert('PUT', `${ORGANIZATION}/contact`, { contacts: [contact] })
      const isSame = shown !== undefined && JSON.stringify(shown) === JSON.stringify(ordered(sent))
      const person = isSame && holder !== undefined ? holder : newcomer(register, sent)
      touched.add(person.id)
      const roles = { ...register.roles, [type]: person.id }
      return { ...withKnown(register, withTelephone({ ...person, title }, telephone)), roles }
    },
  }))

const removal: fc.Arbitrary<Step> = fc.constant({
  does: 'DigiCert removes the technical contact',
  run: async ({ digicert }, register) => {
    await digicert('PUT', `${ORGANIZATION}/contact`, { contacts: [{ contact_type: 'technical_contact' }] })
    const { technical_contact: _, ...roles } = register.roles
    return { ...register, roles }
  },
})

const patch: fc.Arbitrary<Step> = fc
  .tuple(
    fc.nat(7),
    fc.record(
      {
        notify: fc.boolean(),
        name: fc.constantFrom(...NAMES),
        email: fc.constantFrom(...EMAILS),
        phones: fc.shuffledSubarray(PHONES, { maxLength: 5 }),
        comment: fc.constantFrom('Belt graag', '', null),
      },
      { requiredKeys: ['notify'] },
    ),
  )
  .map(([choice, body]) => ({
    does: `Kare patches person ${choice} with ${JSON.stringify(body)}`,
    run: async ({ kare }, register, touched) => {
      const person = register.people[choice % Math.max(register.people.length, 1)]
      if (person === undefined) return register
      touched.add(person.id)
      const answered = await kare('PATCH', `${COMPANY}/contacts/${person.id}`, body)
      assert.equal(answered.id, person.id)
      return withKnown(register, patched(person, body))
    },
  }))

const companyPatch: fc.Arbitrary<Step> = fc
  .record({
    email: fc.constantFrom('x@y.example', 'ann@elders.example'),
    phones: fc.subarray(PHONES, { maxLength: 5 }),
  })
  .map((body) => ({
    does: `Kare patches the company with ${JSON.stringify(body)}`,
    run: async ({ kare }, register, touched) => {
      await kare('PATCH', COMPANY, body)
      const primary = holderOf(register, 'primary')
      if (primary === undefined) return register
      touched.add(primary.id)
      return withKnown(register, patched(primary, body))
    },
  }))

const addition: fc.Arbitrary<Step> = fc
  .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...EMAILS))
  .map(([name, email]) => ({
    does: `Kare adds ${name} ${email}`,
    run: async ({ kare }, register) => {
      await kare('POST', `${COMPANY}/contacts`, [{ notify: false, name, email }])
      return withKnown(register, withEmail(known(register.lastId + 1, name), email))
    },
  }))

const deletion: fc.Arbitrary<Step> = fc.nat(7).map((choice) => ({
  does: `Kare deletes person ${choice}`,
  run: async ({ kare }, register) => {
    const person = register.people[choice % Math.max(register.people.length, 1)]
    if (person === undefined) return register
    await kare('DELETE', `${COMPANY}/contacts/${person.id}`)
    return without(register, person.id)
  },
}))

/** People are read-only in a contact of SuperOffice: whatever its client sends of them changes nobody. */
const wholeContact: fc.Arbitrary<Step> = fc.constant({
  does: 'SuperOffice puts the contact with other people in it',
  run: async ({ superoffice }, register) => {
    const contact = await superoffice('GET', CONTACT)
    const Persons = contact.Persons.slice(1).map((person: Json) => ({
      ...person,
      Firstname: 'x',
      Email: 'x@x.xx',
    }))
    await superoffice('PUT', CONTACT, { ...contact, Persons })
    return register
  },
})

/** What clients do one after the other. */
export const steps = fc.array(
  fc.oneof(
    { arbitrary: certificateDesk, weight: 5 },
    { arbitrary: patch, weight: 5 },
    { arbitrary: companyPatch, weight: 1 },
    { arbitrary: addition, weight: 1 },
    { arbitrary: deletion, weight: 1 },
    { arbitrary: removal, weight: 1 },
    { arbitrary: wholeContact, weight: 1 },
  ),
  { minLength: 4, maxLength: LONGEST, size: 'max' },
)

const ordered = ({ first_name, last_name, email }: Triple): Triple => ({ first_name, last_name, email })

function newcomer({ lastId }: Register, { first_name, last_name, email }: Triple): Known {
  const id = lastId + 1
  if (first_name === '-') return known(id, last_name, { emails: [email] })
  return known(id, `${first_name} ${last_name}`, { given: first_name, family: last_name, emails: [email] })
}

interface Patch {
  readonly name?: string
  readonly email?: string | null
  readonly phones?: readonly string[]
  readonly comment?: string | null
}

function patched(person: Known, { name, email, phones, comment }: Patch): Known {
  let after = name === undefined ? person : renamed(person, name)
  if (email !== undefined) after = withEmail(after, email)
  if (phones !== undefined) after = withPhones(after, phones)
  return comment === undefined ? after : { ...after, comment }
}
