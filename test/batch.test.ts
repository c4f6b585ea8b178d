import { deepEqual, equal, ok } from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import type { Json } from './apis.ts'
import { prepareDemoServers } from './demo-server.ts'

const servers = await prepareDemoServers()
const app = await servers.start()
after(async () => {
  await app.close()
  await servers.remove()
})

async function send(method: string, path: string, body?: unknown, more: object = {}): Promise<Json> {
  const reply = await fetch(`${app.url}/v1${path}`, {
    method,
    headers: { authorization: 'Bearer demo-api-key', 'content-type': 'application/json', ...more },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await reply.text()
  return { status: reply.status, body: text === '' ? undefined : JSON.parse(text) }
}

const batch = (operations: readonly Json[], more: object = {}, headers: object = {}) =>
  send('POST', '/organizations:batch', { operations, ...more }, headers)

const statuses = ({ body }: Json) => body.outcomes.map(({ status }: Json) => status)
const create = (full: string, more: object = {}) => ({
  method: 'POST',
  path: '/organizations',
  body: { name: { full }, ...more },
})

test('each operation has its own outcome, as if it had been sent alone', async () => {
  const answer = await batch([
    create('Een'),
    create(''),
    { method: 'PATCH', path: '/organizations/1', body: { 'polydex:note': 'uit de stapel' } },
    { method: 'PATCH', path: '/organizations/1', ifMatch: '"stale"', body: { 'polydex:note': 'te laat' } },
    { method: 'DELETE', path: '/organizations/999' },
    { method: 'POST', path: '/organizations/2/people', body: { name: { full: 'Nieuw Mens' } } },
  ])
  equal(answer.status, 200)
  deepEqual(statuses(answer), [201, 422, 200, 412, 404, 201])
  const [created, blank] = answer.body.outcomes
  equal(
    (await fetch(`${app.url}${created.location}`, { headers: { authorization: 'Bearer demo-api-key' } }))
      .status,
    200,
  )
  equal(blank.body.errors[0].pointer, '#/name/full')
})

test('operations on one record are done in their order, whatever their number', async () => {
  const uid = randomUUID()
  const edits = Array.from({ length: 200 }, (_, at) => ({
    method: 'PATCH',
    path: `/organizations/${uid}`,
    body: { 'polydex:note': `${at}` },
  }))
  const answer = await batch([create('Op volgorde', { uid }), ...edits], {}, { prefer: 'return=minimal' })
  deepEqual(statuses(answer), [201, ...edits.map(() => 204)])
  const { body } = await send('GET', `/organizations/${uid}`)
  deepEqual([body['polydex:note'], body['polydex:version']], ['199', 201])
})

test('an atomic batch with one mistake does nothing, and tells which', async () => {
  const uid = randomUUID()
  const answer = await batch(
    [create('Nooit', { uid }), { method: 'DELETE', path: '/organizations/998' }, create('Ook niet')],
    { atomic: true },
  )
  deepEqual([answer.status, answer.body.operation, answer.body.type], [404, 1, '/docs/problems/not-found'])
  equal((await send('GET', `/organizations/${uid}`)).status, 404)
})

test('an atomic batch may build on itself', async () => {
  const [uid, person] = [randomUUID(), randomUUID()]
  const relation = { [`urn:uuid:${person}`]: { relation: { 'polydex:support': true } } }
  const answer = await batch(
    [
      create('Samen', { uid }),
      {
        method: 'POST',
        path: `/organizations/${uid}/people`,
        body: { uid: person, name: { full: 'Steun' } },
      },
      { method: 'PATCH', path: `/organizations/${uid}`, body: { relatedTo: relation } },
    ],
    { atomic: true },
  )
  deepEqual(statuses(answer), [201, 201, 200])
  deepEqual((await send('GET', `/organizations/${uid}`)).body.relatedTo, relation)
})

for (const atomic of [true, false]) {
  test(`a batch that is sent again ${atomic ? 'as a whole' : 'piece by piece'} makes nothing twice`, async () => {
    const operations = [create('Eenmaal'), create('Andermaal')]
    const again = () => batch(operations, { atomic }, { 'idempotency-key': `batch-${atomic}` })
    const first = await again()
    deepEqual(statuses(first), [201, 201])
    deepEqual(await again(), first)
  })
}

test('a thousand operations are taken, and one more is refused', async () => {
  const operations = Array.from({ length: 1_000 }, (_, at) => create(`Organisatie ${at}`))
  const answer = await batch(operations, {}, { prefer: 'return=minimal' })
  ok(statuses(answer).every((status: number) => status === 201))
  const refused = await batch([...operations, create('te veel')])
  deepEqual([refused.status, refused.body.errors[0].pointer], [422, '#/operations'])
})

test('what no operation is is refused, with its place', async () => {
  const operations = [
    { method: 'GET', path: '/organizations/1' },
    { method: 'POST', path: '/organizations/1:merge', body: {} },
    { method: 'POST', path: '/organizations', boddy: {} },
  ]
  const { status, body } = await batch(operations)
  equal(status, 422)
  deepEqual(
    body.errors.map(({ pointer }: Json) => pointer),
    ['#/operations/0/method', '#/operations/1/path', '#/operations/2/boddy'],
  )
})
