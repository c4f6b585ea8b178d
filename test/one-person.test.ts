import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { Json, Send } from './apis.ts'
import { APIS, clientOf } from './apis.ts'
import type { DemoServers } from './demo-server.ts'
import { prepareDemoServers } from './demo-server.ts'
import type { ContactType, Known, Register, Triple } from './register-of-people.ts'
import {
  DEMO_REGISTER,
  holderOf,
  isForKare,
  known,
  renamed,
  telephoneOf,
  tripleOf,
  withEmail,
  withKnown,
  without,
  withPhones,
  withTelephone,
} from './register-of-people.ts'

/** Random walks, each on a server of its own. */
const RUNS = 15
const LONGEST = 14

const CONTACT = '/api/v1/Contact/1'
const ORGANIZATION = '/services/v2/organization/1'
const COMPANY = '/companies/v2/rs/1'

type ApiName = 'superoffice' | 'digicert' | 'kare'
type Clients = Readonly<Record<ApiName, Send>>

/** What a client does, and what is true then. @param touched ids of those whom it may have changed */
interface Step {
  readonly does: string
  readonly run: (clients: Clients, register: Register, touched: Set<number>) => Promise<Register>
}

const TRIPLES: readonly Triple[] = [
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
const certificateDesk: fc.Arbitrary<Step> = fc
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

const steps = fc.array(
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

describe('one person in every API', { concurrency: 2 }, () => {
  let servers: DemoServers
  before(async () => {
    servers = await prepareDemoServers()
  })
  after(() => servers.remove())

  const walk = async (chosen: readonly Step[]): Promise<void> => {
    const app = await servers.start()
    try {
      const clients = await clientsOf(app.url)
      let register = DEMO_REGISTER
      let listed = await assertShown(clients, register, 'the start')
      for (const { does, run } of chosen) {
        const touched = new Set<number>()
        register = await run(clients, register, touched)
        const now = await assertShown(clients, register, does)
        for (const [id, contact] of now) {
          const earlier = listed.get(id)
          if (earlier !== undefined && !touched.has(id))
            assert.deepEqual(contact, earlier, `${id} after ${does}`)
        }
        listed = now
      }
    } finally {
      await app.close()
    }
  }

  test('is the same person, whoever writes', async () => {
    await fc.assert(fc.asyncProperty(steps, walk), { numRuns: RUNS })
  })

  test('keeps the id while DigiCert names them, and leaves the role, not the directory, when it names another', () => {
    const desk = (triple: Triple | undefined): Step =>
      fc.sample(certificateDesk, 1_000).find(({ does }) => does.includes(inWords(triple))) as Step
    return walk([desk(undefined), desk(TRIPLES[1]), desk(undefined), desk(TRIPLES[0]), desk(TRIPLES[1])])
  })
})

const inWords = (triple: Triple | undefined) => `organization_contact ${JSON.stringify(triple ?? 'in place')}`

async function clientsOf(url: string): Promise<Clients> {
  const named = APIS.map(async (api) => [api.name, clientOf(url, await api.headers(url))] as const)
  return Object.fromEntries(await Promise.all(named)) as unknown as Clients
}

/** Every API shows exactly who is there, as far as it can. Gives what Kare shows, by id. */
async function assertShown({ superoffice, digicert, kare }: Clients, register: Register, since: string) {
  const [contact, organization, { data }] = await Promise.all([
    superoffice('GET', CONTACT),
    digicert('GET', ORGANIZATION),
    kare('GET', `${COMPANY}/contacts`),
  ])
  const { people } = register
  assert.deepEqual(data.map(kareExcerpt), people.map(shownByKare), `Kare after ${since}`)
  assert.deepEqual(
    contact.Persons.map(superofficeExcerpt),
    people.map(shownBySuperoffice),
    `SuperOffice after ${since}`,
  )
  for (const type of ['organization_contact', 'technical_contact'] as const) {
    const holder = holderOf(register, type)
    const { language_id: _, telephone_extension: __, ...shown } = organization[type] ?? {}
    assert.deepEqual(shown, holder === undefined ? {} : shownByDigicert(holder), `${type} after ${since}`)
  }
  return new Map<number, Json>(data.map((one: Json) => [one.id, one]))
}

const kareExcerpt = ({ id, name, email, phones, comment }: Json) => ({ id, name, email, phones, comment })

const shownByKare = ({ id, name, emails, phones, comment }: Known) => ({
  id,
  name,
  email: emails.find(isForKare) ?? null,
  phones,
  comment,
})

const superofficeExcerpt = ({
  PersonId,
  FullName,
  Firstname,
  Lastname,
  Email,
  DirectPhone,
  Title,
  Description,
}: Json) => [PersonId, FullName, Firstname, Lastname, Email, DirectPhone, Title, Description]

/** Where DigiCert has a dash for no first name, SuperOffice has nothing. */
const shownBySuperoffice = (person: Known) => {
  const { first_name, last_name, email } = tripleOf(person)
  const names = [first_name, last_name].map((name) => (name === '-' ? '' : name))
  return [person.id, person.name, ...names, email, person.phones[0] ?? '', person.title, person.comment ?? '']
}

const shownByDigicert = (person: Known) => {
  const telephone = telephoneOf(person)
  return {
    id: person.id,
    ...tripleOf(person),
    ...(person.title !== '' && { job_title: person.title }),
    ...(telephone !== undefined && { telephone }),
  }
}

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
