import { deepEqual, equal, ok } from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { Json } from './apis.ts'
import type { DemoServers } from './demo-server.ts'
import { prepareDemoServers } from './demo-server.ts'
import type { Seen } from './feed-readers.ts'
import { readBatches, readStreams } from './feed-readers.ts'

const RUNS = 6
const WRITES = 12

const NATIVE = { authorization: 'Bearer demo-api-key' }

/** Writes through one API, each different from the last. */
type Write = (url: string, at: number) => Promise<Response>

const put = (path: string, headers: Record<string, string>, bodyOf: (at: number) => Json): Write => {
  return (url, at) =>
    fetch(url + path, {
      method: path.startsWith('/v1') ? 'PATCH' : 'PUT',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(bodyOf(at)),
    })
}

const ORGANIZER = '/organizers/00000000-0000-4000-8000-000000000001'
const CONTACT = { first_name: 'Ann', last_name: 'Peeters', email: 'ann@voorbeeld.example' }

const WRITERS: readonly Write[] = [
  put(`${ORGANIZER}/contact-point`, { authorization: 'Bearer demo-token' }, (at) => ({ phone: [`0${at}`] })),
  put('/services/v2/organization/1/contact', { 'x-dc-devkey': 'demo-api-key' }, (at) => ({
    contacts: [
      { ...CONTACT, contact_type: 'organization_contact', job_title: `Titel ${at}`, telephone: '1' },
    ],
  })),
  put('/v1/organizations/2', { ...NATIVE, 'content-type': 'application/merge-patch+json' }, (at) => ({
    'polydex:note': `Nota ${at}`,
  })),
]

describe('the change feed', () => {
  let servers: DemoServers
  before(async () => {
    servers = await prepareDemoServers()
  })
  after(() => servers.remove())

  test('shows every event once and in order to readers that are cut off, while every API writes', async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(sizes, sizes, sizes, async (first, second, third) => {
        const app = await servers.start()
        try {
          let end = ''
          const seen: Seen[] = [[], [], []]
          const [one = [], two = [], three = []] = seen
          const reading = Promise.all([
            readStreams(app.url, one, first, () => end),
            readStreams(app.url, two, second, () => end),
            readBatches(app.url, three, third, () => end !== ''),
          ])
          const statuses = await Promise.all(WRITERS.map((write) => writeAll(write, app.url)))
          ok(
            statuses.flat().every((status) => status < 300),
            JSON.stringify(statuses),
          )
          end = await endOf(app.url)
          await reading
          const all = (await (
            await fetch(`${app.url}/v1/changes?limit=1000`, { headers: NATIVE })
          ).json()) as Seen
          const ids = all.map(({ id }) => id)
          equal(new Set(ids).size, ids.length)
          equal(new Set(all.map(({ data }) => data.via)).size, 4)
          deepEqual(
            all.map(({ sequence }) => sequence).toSorted(),
            all.map(({ sequence }) => sequence),
          )
          for (const events of seen) deepEqual(events, all)
        } finally {
          await app.close()
        }
      }),
      { numRuns: RUNS },
    )
  })

  test('a stream ends when the server closes, and closing does not wait for it', async () => {
    const app = await servers.start()
    const headers = { ...NATIVE, accept: 'text/event-stream' }
    const reply = await fetch(`${app.url}/v1/changes`, { headers })
    const waiting = fetch(`${app.url}/v1/changes?after=latest&wait=60`, { headers: NATIVE })
    await new Promise((resolve) => setTimeout(resolve, 50))
    const at = Date.now()
    await app.close()
    equal(await reply.text(), `retry: 3000\nid: ${await nothingIn(await waiting)}\n\n`)
    ok(Date.now() - at < 3_000)
  })
})

async function writeAll(write: Write, url: string): Promise<readonly number[]> {
  const statuses: number[] = []
  for (let at = 0; at < WRITES; at += 1) statuses.push((await write(url, at)).status)
  return statuses
}

/** Id of the last event. */
async function endOf(url: string): Promise<string> {
  return nothingIn(await fetch(`${url}/v1/changes?after=latest`, { headers: NATIVE }))
}

async function nothingIn(reply: Response): Promise<string> {
  deepEqual(await reply.json(), [])
  return /after=(\d+)/.exec(reply.headers.get('link') ?? '')?.[1] ?? ''
}
