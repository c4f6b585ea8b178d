import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { dialects } from '../src/dialects/index.ts'
import type { Api, Json, Send } from './apis.ts'
import { APIS, clientOf } from './apis.ts'
import type { DemoServers } from './demo-server.ts'
import { prepareDemoServers } from './demo-server.ts'
import type { Facts, PersonFacts } from './facts.ts'
import { DEMO_FACTS } from './facts.ts'
import type { Update } from './update.ts'
import { UPDATES } from './updates.ts'

/** Random clients: sequences of updates, each on a server of its own. */
const RUNS = 20
const LONGEST = 10

const ORGANIZER = '/organizers/00000000-0000-4000-8000-000000000001'

/** A running demo with a client of every API. */
interface Town {
  readonly clients: readonly (readonly [api: Api, send: Send])[]
  close(): Promise<void>
}

async function openTown(servers: DemoServers): Promise<Town> {
  const app = await servers.start()
  const clients = await Promise.all(
    APIS.map(async (api) => [api, clientOf(app.url, await api.headers(app.url))] as const),
  )
  return { clients, close: app.close }
}

function run(town: Town, update: Update, facts: Facts, choice: number): Promise<Facts> {
  const [, send] = clientNamed(town, update.api)
  return update.run(send, facts, choice)
}

/** Every API shows exactly what the facts say. */
async function assertShown({ clients }: Town, facts: Facts, since: string): Promise<void> {
  for (const [api, send] of clients) {
    assert.deepEqual(api.excerptOf(await api.read(send)), api.shown(facts), `${api.name} after ${since}`)
  }
}

async function viewsOf({ clients }: Town): Promise<Json> {
  return Promise.all(clients.map(async ([api, send]) => [api.name, await api.read(send)]))
}

function clientNamed({ clients }: Town, name: string): readonly [api: Api, send: Send] {
  const found = clients.find(([api]) => api.name === name)
  if (found === undefined) throw new Error(`no client of ${name}`)
  return found
}

describe('one directory in every API', { concurrency: 4 }, () => {
  let servers: DemoServers
  before(async () => {
    servers = await prepareDemoServers()
  })
  after(() => servers.remove())

  const inTown = async (work: (town: Town) => Promise<void>): Promise<void> => {
    const town = await openTown(servers)
    try {
      await work(town)
    } finally {
      await town.close()
    }
  }

  test('every API shows the sample data', () => inTown((town) => assertShown(town, DEMO_FACTS, 'the start')))

  const [ann, ...others] = DEMO_FACTS.people
  const otherwise: Readonly<Record<string, Partial<Facts>>> = {
    'another name': { name: 'x' },
    'another French name': { frenchName: 'x' },
    'another note': { note: 'x' },
    'a label that is lost': { phones: DEMO_FACTS.phones.map((phone) => ({ ...phone, label: '' })) },
    'a fax that is lost': { faxes: [] },
    'another order of addresses': { emails: DEMO_FACTS.emails.toReversed() },
    'a comment that is lost': { people: DEMO_FACTS.people.map((person) => ({ ...person, comment: '' })) },
    'another role': { officer: 2 },
    'a person who is lost': { people: others },
    'an extension that is lost': {
      people: [{ ...(ann as PersonFacts), phones: [{ value: '016 00 00 10', extension: '' }] }, ...others],
    },
  }
  for (const [title, parts] of Object.entries(otherwise)) {
    test(`${title} would be noticed`, () =>
      inTown((town) =>
        assert.rejects(assertShown(town, { ...DEMO_FACTS, ...parts }, 'the start'), /after the start/),
      ))
  }

  for (const update of UPDATES) {
    test(`${update.api} ${update.does}: every API shows that, and nothing else changes`, () =>
      inTown(async (town) => {
        let facts = DEMO_FACTS
        for (const choice of [0, 1, 6]) {
          facts = await run(town, update, facts, choice)
          await assertShown(town, facts, update.does)
        }
      }))
  }

  test('updates through random APIs leave every API with the same facts', async () => {
    const steps = fc.array(fc.tuple(fc.nat(UPDATES.length - 1), fc.nat(63)), {
      minLength: 2,
      maxLength: LONGEST,
    })
    const property = fc.asyncProperty(steps, (chosen) =>
      inTown(async (town) => {
        let facts = DEMO_FACTS
        for (const [at, choice] of chosen) {
          const update = UPDATES[at] as Update
          facts = await run(town, update, facts, choice)
          await assertShown(town, facts, `${update.api} ${update.does} (${choice})`)
        }
      }),
    )
    await fc.assert(property, { numRuns: RUNS })
  })

  for (const { name } of APIS) {
    test(`writing back what ${name} shows changes no version and no time anywhere`, () =>
      inTown(async (town) => {
        let facts = DEMO_FACTS
        for (const update of UPDATES) facts = await run(town, update, facts, 2)
        const before = await viewsOf(town)
        const [api, send] = clientNamed(town, name)
        await api.echo(send, await api.read(send))
        assert.deepEqual(await viewsOf(town), before)
      }))
  }

  test('a label that SuperOffice gave a phone survives a contact point of UiTdatabank, and so does the fax', () =>
    inTown(async (town) => {
      const [, superoffice] = clientNamed(town, 'superoffice')
      const [, uitdatabank] = clientNamed(town, 'uitdatabank')
      await uitdatabank('PUT', `${ORGANIZER}/contact-point`, { phone: ['112', '016 00 00 00'] })
      const { Phones, Faxes } = await superoffice('GET', '/api/v1/Contact/1')
      assert.deepEqual(
        Phones.map(({ Value, Description }: Json) => [Value, Description]),
        [
          ['112', ''],
          ['016 00 00 00', 'Onthaal'],
        ],
      )
      assert.deepEqual(
        Faxes.map(({ Value }: Json) => Value),
        ['016 00 00 01'],
      )
    }))

  test('a French name survives a PUT of SuperOffice', () =>
    inTown(async (town) => {
      const [, superoffice] = clientNamed(town, 'superoffice')
      const [, uitdatabank] = clientNamed(town, 'uitdatabank')
      await superoffice('PUT', '/api/v1/Contact/1', {
        ...(await superoffice('GET', '/api/v1/Contact/1')),
        Name: 'Anders',
      })
      assert.deepEqual((await uitdatabank('GET', ORGANIZER)).name, { nl: 'Anders', fr: 'Exemple asbl' })
    }))

  test('an organization that SuperOffice deletes is deleted in every API, in the words of each', () =>
    inTown(async (town) => {
      const [, superoffice] = clientNamed(town, 'superoffice')
      await superoffice('DELETE', '/api/v1/Contact/1')
      const [, uitdatabank] = clientNamed(town, 'uitdatabank')
      assert.equal((await uitdatabank('GET', ORGANIZER)).workflowStatus, 'DELETED')
      for (const name of ['superoffice', 'digicert', 'kare']) {
        const [api, send] = clientNamed(town, name)
        await assert.rejects(api.read(send), /gave 404/)
      }
    }))

  test('a comment of Kare survives an update of DigiCert in place', () =>
    inTown(async (town) => {
      const [, kare] = clientNamed(town, 'kare')
      const [digicert, write] = clientNamed(town, 'digicert')
      await kare('PATCH', '/companies/v2/rs/1/contacts/1', { notify: false, comment: 'Belt graag' })
      const view = await digicert.read(write)
      await digicert.echo(write, {
        ...view,
        organization_contact: { ...view.organization_contact, job_title: 'Voorzitter' },
      })
      const { data } = await kare('GET', '/companies/v2/rs/1/contacts')
      assert.equal(data[0].comment, 'Belt graag')
      assert.equal((await digicert.read(write)).organization_contact.job_title, 'Voorzitter')
    }))
})

test('every dialect takes part, with updates of its own', () => {
  const names = dialects.map(({ name }) => name).toSorted()
  assert.deepEqual(APIS.map(({ name }) => name).toSorted(), names)
  assert.deepEqual([...new Set(UPDATES.map(({ api }) => api))].toSorted(), names)
})
