import { deepEqual, equal, notDeepEqual } from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { Api, Json } from './apis.ts'
import { APIS, clientOf } from './apis.ts'
import { prepareDemoServers } from './demo-server.ts'

const servers = await prepareDemoServers()
const app = await servers.start()
after(async () => {
  await app.close()
  await servers.remove()
})

const NATIVE = { Authorization: 'Bearer demo-api-key' }
const native = clientOf(app.url, NATIVE)
const VIEWS = '/v1/organizations/1/views'

/** An edit of what a client of each API has read of an organization, as it would send it. */
const EDITS: Readonly<Record<string, (body: Json) => Json>> = {
  native: (card) => ({ ...card, 'polydex:note': 'gewijzigd', phones: { p: { number: '016 11 11 11' } } }),
  uitdatabank: (organizer) => ({
    ...organizer,
    name: { nl: 'Andere naam' },
    contactPoint: { phone: ['112'] },
  }),
  superoffice: (contact) => ({ ...contact, Department: 'Elders', Phones: [{ Value: '016 22 22 22' }] }),
  digicert: ({ organization_contact: contact }) => ({
    contacts: [{ ...contact, contact_type: 'organization_contact', job_title: 'CISO' }],
  }),
  kare: () => ({ name: 'Naam van Kare', comment: 'Nota van Kare' }),
}

async function eventsSince(seq: number): Promise<Json> {
  return native('GET', `/v1/changes?after=${seq}`)
}

const lastSeq = async () => Number((await eventsSince(0)).at(-1).sequence)

describe('looking through another API', () => {
  for (const { name, headers } of APIS as readonly Api[]) {
    test(`shows what a client of ${name} reads`, async () => {
      const { request, status, body } = await native('GET', `${VIEWS}/${name}`)
      const client = clientOf(app.url, await headers(app.url))
      equal(status, 200)
      deepEqual(body, await client(request.method, request.path))
    })

    test(`a rehearsed write of ${name} is what the write then does, and does nothing itself`, async () => {
      const { body } = await native('GET', `${VIEWS}/${name}`)
      const edited = EDITS[name]?.(body)
      const before = await lastSeq()
      const preview = await native('POST', `${VIEWS}/${name}:preview`, edited)
      deepEqual(await eventsSince(before), [], 'the rehearsal wrote something')

      const client = clientOf(app.url, await headers(app.url))
      const answer = await client(preview.request.method, preview.request.path, edited)
      const happened = (await eventsSince(before)).map(({ data: { parts } }: Json) => parts)
      notDeepEqual(happened, [])
      deepEqual(
        preview.changes.map(({ parts }: Json) => parts),
        happened,
      )
      equal(preview.status < 300, true)
      equal(typeof preview.body, typeof answer)
    })

    test(`a write that ${name} refuses is told in its words, and changes nothing`, async () => {
      const preview = await native('POST', `${VIEWS}/${name}:preview`, 'nonsense')
      equal(preview.status >= 400 && preview.status < 500, true, JSON.stringify(preview))
      deepEqual(preview.changes, [])
    })
  }

  test('what an API does not show of an organization is told', async () => {
    const { explanation } = await native('GET', '/v1/organizations/2/views/uitdatabank?explain')
    deepEqual([explanation.unseen.organization, explanation.hidden, explanation.clipped], [[], [], []])
    const { explanation: own } = await native('GET', '/v1/organizations/1/views/native?explain')
    deepEqual([own.unseen.organization, own.hidden, own.clipped], [[], [], []])
  })
})
