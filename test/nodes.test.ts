import { deepEqual, equal, ok } from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as passed } from 'node:timers/promises'
import type { App } from '../src/app.ts'
import type { DatabaseUrl } from '../src/config.ts'
import type { Json, Send } from './apis.ts'
import { APIS, clientOf } from './apis.ts'
import type { DemoServers } from './demo-server.ts'
import { prepareDemoServers } from './demo-server.ts'
import { DEMO_FACTS } from './facts.ts'
import { contradictionsIn } from './ledger.ts'
import type { Update } from './update.ts'
import { UPDATES } from './updates.ts'

/** Two servers on one database, each of which is asked by clients of every API. */
let servers: DemoServers
let apps: readonly App[]
let database: DatabaseUrl
let clients: readonly ReadonlyMap<string, Send>[]

before(async () => {
  servers = await prepareDemoServers()
  const together = await servers.startTogether(2)
  apps = together.apps
  database = together.database
  clients = await Promise.all(
    apps.map(async ({ url }) => {
      const entries = APIS.map(async (api) => [api.name, clientOf(url, await api.headers(url))] as const)
      return new Map(await Promise.all(entries))
    }),
  )
})
after(async () => {
  for (const app of apps) await app.close()
  await servers.remove()
})

const at = (node: number, api: string): Send => clients[node % clients.length]?.get(api) as Send

/** What everybody else does meanwhile, on other organizations: each loop in an API and on a node of its own. */
function crowd(isOver: () => boolean): readonly Promise<number>[] {
  const writes: Readonly<Record<string, (send: Send, text: string) => Promise<Json>>> = {
    uitdatabank: (send, text) =>
      send('PUT', '/organizers/00000000-0000-4000-8000-000000000002/contact-point', {
        phone: [`02 ${text}`],
      }),
    superoffice: (send, text) => send('PUT', '/api/v1/Contact/2', { Department: text }),
    digicert: (send, text) =>
      send('PUT', '/services/v2/organization/2/contact', {
        contacts: [
          {
            contact_type: 'organization_contact',
            first_name: 'Ann',
            last_name: 'Peeters',
            email: 'ann@twee.example',
            telephone: '016 00 00 10',
            job_title: text,
          },
        ],
      }),
    kare: (send, text) => send('PATCH', '/companies/v2/rs/3', { comment: text }),
    native: (send, text) =>
      send('POST', '/v1/organizations', {
        name: { full: `Nieuw ${text}` },
        keywords: { [`trefwoord ${text}`]: true },
      }),
  }
  return Object.entries(writes).flatMap(([api, write]) =>
    [0, 1].map(async (node) => {
      let count = 0
      while (!isOver()) {
        await write(at(node, api), `${node} ${String(count).padStart(6, '0')}`)
        count += 1
        await passed(15)
      }
      return count
    }),
  )
}

test('what is written through one of two servers, in any API, is what both show, whatever else they do', async () => {
  let facts = DEMO_FACTS
  const follow = async (updates: readonly Update[]) => {
    for (const [step, update] of updates.entries()) {
      facts = await update.run(at(step, update.api), facts, step)
      for (const api of APIS) {
        const view = api.excerptOf(await api.read(at(step + 1, api.name)))
        deepEqual(view, api.shown(facts), `${api.name} after ${update.api} ${update.does}`)
      }
    }
  }
  // Before anybody else takes the number that the facts foresee.
  const bringsSomebody = ({ does }: Update) => /somebody new|adds somebody/.test(does)
  await follow(UPDATES.filter(bringsSomebody))
  let isOver = false
  const others = crowd(() => isOver)
  const seen: number[][] = []
  const reading = (async () => {
    while (!isOver) {
      const events = await at(seen.length, 'native')('GET', '/v1/changes?limit=1000')
      seen.push(events.map(({ sequence }: Json) => Number(sequence)))
      await passed(20)
    }
  })()
  await follow(UPDATES.filter((update, index) => !bringsSomebody(update) && index % 2 === 0))
  isOver = true
  const counts = await Promise.all(others)
  await reading
  ok(
    counts.every((count) => count > 0),
    String(counts),
  )
  for (const [before, now] of seen.map((list, index) => [seen[index - 1] ?? [], list] as const))
    deepEqual(now.slice(0, before.length), before)
  ok(seen.length > 5 && (seen.at(-1)?.length ?? 0) > (seen[0]?.length ?? 0))
  deepEqual(await contradictionsIn(database), [])
})

test('a key that one server revokes lets nobody in at the other a second later, and sessions end there, too', async () => {
  const [here, there] = apps as [App, App]
  const headers = { authorization: 'Bearer demo-api-key', 'content-type': 'application/json' }
  const asked = async (method: string, path: string, body?: unknown) => {
    const reply = await fetch(`${here.url}/v1/access${path}`, {
      method,
      headers: method === 'PATCH' ? { ...headers, 'content-type': 'application/merge-patch+json' } : headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await reply.text()
    ok(reply.ok, text)
    return text === '' ? undefined : JSON.parse(text)
  }
  const letIn = async (authorization: string) =>
    (await fetch(`${there.url}/v1/organizations/1`, { headers: { authorization } })).status
  await asked('POST', '/principals', { id: 'guest', kind: 'user', name: 'Guest', superuser: true })
  const { id, key } = await asked('POST', '/principals/guest/keys', {})
  await passed(1_000)
  equal(await letIn(`Bearer ${key}`), 200)
  await asked('DELETE', `/principals/guest/keys/${id}`)
  await passed(1_000)
  equal(await letIn(`Bearer ${key}`), 401)
  const second = await asked('POST', '/principals/guest/keys', {})
  await passed(1_000)
  equal(await letIn(`Bearer ${second.key}`), 200)
  await asked('PATCH', '/principals/guest', { superuser: false })
  await passed(1_000)
  ok([403, 404].includes(await letIn(`Bearer ${second.key}`)))
})
