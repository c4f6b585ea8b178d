import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { Json } from './apis.ts'
import { APIS, clientOf } from './apis.ts'
import type { DemoServers } from './demo-server.ts'
import { prepareDemoServers } from './demo-server.ts'
import type { Clients, Step } from './person-steps.ts'
import { certificateDesk, steps, TRIPLES } from './person-steps.ts'
import type { Known, Register, Triple } from './register-of-people.ts'
import { DEMO_REGISTER, holderOf, isForKare, telephoneOf, tripleOf } from './register-of-people.ts'

/** Random walks, each on a server of its own. */
const RUNS = 15

const CONTACT = '/api/v1/Contact/1'
const ORGANIZATION = '/services/v2/organization/1'
const COMPANY = '/companies/v2/rs/1'

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
