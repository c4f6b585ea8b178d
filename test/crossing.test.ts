import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { dialects } from '../src/dialects/index.ts'
import type { Api, Json, Send } from './apis.ts'
import { APIS } from './apis.ts'
import type { DemoServers } from './demo-server.ts'
import { prepareDemoServers } from './demo-server.ts'
import type { Facts } from './facts.ts'
import { DEMO_FACTS } from './facts.ts'
import type { Update } from './updates.ts'
import { UPDATES } from './updates.ts'

/** Random clients: sequences of updates, each on a server of its own. */
const RUNS = 20
const LONGEST = 10

/** A running demo with a client of every API. */
interface Town {
  readonly clients: readonly (readonly [api: Api, send: Send])[]
  close(): Promise<void>
}

async function openTown(servers: DemoServers): Promise<Town> {
  const app = await servers.start()
  const clients = await Promise.all(APIS.map(async (api) => [api, clientOf(app.url, await api.headers(app.url))] as const))
  return { clients, close: app.close }
}

function clientOf(baseUrl: string, headers: Readonly<Record<string, string>>): Send {
  return async (method, path, body) => {
    const reply = await fetch(baseUrl + path, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await reply.text()
    if (!reply.ok) throw new Error(`${method} ${path} gave ${reply.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
}

async function run({ clients }: Town, { api, run: update }: Update, facts: Facts, choice = 0): Promise<Facts> {
  const [, send] = clients.find(([{ name }]) => name === api) ?? []
  if (send === undefined) throw new Error(`no client of ${api}`)
  return update(send, facts, choice)
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

const updateNamed = (does: string): Update => {
  const found = UPDATES.find((update) => update.does === does)
  if (found === undefined) throw new Error(`no update ${does}`)
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

  test('every API shows the sample data', () =>
    inTown((town) => assertShown(town, DEMO_FACTS, 'the start')))

  for (const update of UPDATES) {
    test(`${update.api} ${update.does}: every API shows what changed, and nothing else changes`, () =>
      inTown(async (town) => {
        for (const choice of [0, 1, 6]) {
          const facts = await run(town, update, choice === 0 ? DEMO_FACTS : await reset(town), choice)
          await assertShown(town, facts, update.does)
          if (choice === 0) first = facts
        }
      }))
  }

  test('updates through random APIs leave every API with the same facts', async () => {
    const steps = fc.array(fc.tuple(fc.constantFrom(...UPDATES), fc.nat(63)), { minLength: 1, maxLength: LONGEST })
    await fc.assert(
      fc.asyncProperty(steps, (chosen) =>
        inTown(async (town) => {
          let facts = DEMO_FACTS
          for (const [update, choice] of chosen) {
            facts = await run(town, update, facts, choice)
            await assertShown(town, facts, `${update.api} ${update.does} (${choice})`)
          }
        }),
      ),
      { numRuns: RUNS },
    )
  })
})
