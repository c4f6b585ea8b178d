import { deepEqual, equal, ok } from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import fc from 'fast-check'
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

test('keeps the order of what is about one organization, by whatever name', async () => {
  const uid = randomUUID()
  const { body } = await send('POST', '/organizations', { uid: `urn:uuid:${uid}`, name: { full: 'Namen' } })
  const names = [`/organizations/${uid.toUpperCase()}`, `/organizations/${body['polydex:number']}`]
  const edits = Array.from({ length: 100 }, (_, at) => ({
    method: 'PATCH',
    path: names[at % 2],
    body: { 'polydex:note': `${at}` },
  }))
  const answer = await batch(edits)
  deepEqual(
    answer.body.outcomes.map(({ body: card }: Json) => card['polydex:note']),
    edits.map((_, at) => `${at}`),
  )
})

test('a person whose id an operation chose is written after that', async () => {
  const uid = randomUUID()
  const answer = await batch([
    { method: 'POST', path: '/organizations/2/people', body: { uid, name: { full: 'An' } } },
    { method: 'PATCH', path: `/people/${uid}`, body: { name: { full: 'Anna' } } },
    { method: 'PATCH', path: `/people/${uid}`, ifMatch: '"1-1"', body: { name: { full: 'Te laat' } } },
  ])
  deepEqual(statuses(answer), [201, 200, 412])
})

for (const atomic of [true, false]) {
  test(`later operations name what earlier ones made, ${atomic ? 'in one' : 'each on its own'}`, async () => {
    const relation = { $steun: { relation: { 'polydex:support': true } } }
    const answer = await batch(
      [
        { ...create('Genoemd'), as: 'club' },
        {
          method: 'POST',
          path: '/organizations/$club/people',
          as: 'steun',
          body: { name: { full: 'Steun' } },
        },
        { method: 'PATCH', path: '/organizations/$club', body: { relatedTo: relation } },
        {
          method: 'PATCH',
          path: '/organizations/$club',
          mediaType: 'application/json-patch+json',
          body: [{ op: 'add', path: '/relatedTo/$steun/relation/polydex:technical-contact', value: true }],
        },
        { method: 'PATCH', path: '/people/$steun', body: { name: { full: '$club en $niets' } } },
      ],
      { atomic },
    )
    deepEqual(statuses(answer), [201, 201, 200, 200, 200])
    const [, person, , organization, renamed] = answer.body.outcomes
    const roles = { 'polydex:support': true, 'polydex:technical-contact': true }
    deepEqual(organization.body.relatedTo, { [person.body.uid]: { relation: roles } })
    equal(renamed.body.name.full, '$club en $niets')
  })
}

test('what builds on an operation that failed is not done', async () => {
  const answer = await batch([
    { ...create(' '), as: 'club' },
    { method: 'POST', path: '/organizations/$club/people', body: { name: { full: 'Niemand' } } },
    { method: 'PATCH', path: '/organizations/2', body: { 'polydex:note': '$club' } },
  ])
  deepEqual(statuses(answer), [422, 424, 424])
  deepEqual(answer.body.outcomes[1].body.names, ['club'])
})

test('names that stand for nothing, or for two, are refused with their places', async () => {
  const { status, body } = await batch([
    { method: 'PATCH', path: '/organizations/$later', body: {} },
    { ...create('Een'), as: 'later' },
    { ...create('Twee'), as: 'later' },
    { method: 'DELETE', path: '/organizations/2', as: 'gone' },
  ])
  equal(status, 422)
  deepEqual(
    body.errors.map(({ pointer, code }: Json) => [pointer, code]),
    [
      ['#/operations/0/path', 'unnamed'],
      ['#/operations/2/as', 'again'],
      ['#/operations/3/as', 'makes-nothing'],
    ],
  )
})

test('a batch of anything is answered, and breaks nothing', async () => {
  const values = fc.oneof(fc.string(), fc.integer(), fc.jsonValue())
  const paths = fc.constantFrom(
    ...['/organizations', '/organizations/1', '/people/1', '/organizations/$a', '/organizations/1/people'],
  )
  const operation = fc.oneof(
    fc.dictionary(fc.constantFrom('method', 'path', 'as', 'ifMatch', 'base', 'body', 'x'), values),
    fc.record({
      method: fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE'),
      path: fc.oneof(
        paths,
        fc.string().map((text) => `/people/${text}`),
      ),
      body: fc.oneof(
        values,
        fc.constant({ name: { full: '$a' } }),
        fc.constant([{ op: 'remove', path: '/$a' }]),
      ),
    }),
    fc.constant({ ...create('A'), as: 'a' }),
  )
  const operations = fc.array(operation, { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.constant(undefined), operations), fc.boolean(), async (all, atomic) => {
      const answer = await batch(all as never, { atomic })
      ok(answer.status < 500)
      ok((answer.body.outcomes ?? []).every(({ status }: Json) => status < 500))
    }),
    { numRuns: 200 },
  )
})

test('a short batch is not answered with one large Card a thousand times', async () => {
  const size = 3_000_000
  const { body } = await send('POST', '/organizations', {
    name: { full: 'Groot' },
    'example.com:x': 'x'.repeat(size),
  })
  const path = `/organizations/${body['polydex:number']}`
  const edits = Array.from({ length: 8 }, () => ({ method: 'PATCH', path, body: {} }))
  const failing = { method: 'PATCH', path, ifMatch: '"stale"', body: {} }
  for (const more of [{}, { atomic: true }]) {
    const operations = 'atomic' in more ? edits : [...edits, failing]
    const { body: answer } = await batch(operations, more)
    const lengths = answer.outcomes.map((one: Json) => one.body?.['example.com:x']?.length)
    deepEqual(lengths.slice(0, 8), [size, size, size, size, size, undefined, undefined, undefined])
    ok(answer.outcomes.slice(0, 8).every(({ status, etag }: Json) => status === 200 && etag === '"1-1"'))
    // Short answers stay.
    if (operations.length > 8) equal(answer.outcomes[8].body.status, 412)
  }
})

test('no operation brings a Card that would be too large alone', async () => {
  const large = create('Te groot', { 'example.com:x': 'x'.repeat(4 * 1_048_576) })
  const answer = await batch([large, create('Klein', {})])
  deepEqual(statuses(answer), [413, 201])
  equal(answer.body.outcomes[0].body.limit, 4 * 1_048_576)
})
