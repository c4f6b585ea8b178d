import { deepEqual, equal, ok } from 'node:assert/strict'
import { after, test } from 'node:test'
import { prepareDemoServers } from './demo-server.ts'

const servers = await prepareDemoServers()
const app = await servers.start()
after(async () => {
  await app.close()
  await servers.remove()
})

/** As many as a client with a broken retry loop sends. */
const RETRIES = 10_000

/** How many of them are on their way at once. */
const AT_ONCE = 500

const headers = { authorization: 'Bearer demo-api-key', 'content-type': 'application/json' }

interface Answer {
  readonly status: number
  readonly etag: string | null
  readonly text: string
}

async function send(method: string, path: string, body: unknown, more: object = {}): Promise<Answer> {
  const reply = await fetch(`${app.url}/v1${path}`, {
    method,
    headers: { ...headers, ...more },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: reply.status, etag: reply.headers.get('etag'), text: await reply.text() }
}

const patch = (path: string, body: unknown, more: object = {}) =>
  send('PATCH', path, body, { 'content-type': 'application/merge-patch+json', ...more })

const lastNumber = async (): Promise<number> => {
  const { text } = await send('POST', '/organizations', { name: { full: 'Teller' } })
  return JSON.parse(text)['polydex:number']
}

test(`${RETRIES} retries of one create make one organization, and are answered alike`, async () => {
  const before = await lastNumber()
  const create = () =>
    send('POST', '/organizations', { name: { full: 'Eens' } }, { 'idempotency-key': 'one-and-only' })
  const answers: Answer[] = []
  let sent = 0
  const client = async () => {
    while (sent < RETRIES) {
      sent += 1
      answers.push(await create())
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, client))
  const created = answers.filter(({ status }) => status === 201)
  const inFlight = answers.filter(({ status }) => status === 409)
  equal(created.length + inFlight.length, RETRIES)
  ok(created.length > RETRIES / 2, `${created.length} were answered`)
  equal(new Set(created.map(({ text }) => text)).size, 1)
  equal(await lastNumber(), before + 2)
})

test('of many who change the same version, one does', async () => {
  const { text } = await send('POST', '/organizations', { name: { full: 'Gewild' } })
  const path = `/organizations/${JSON.parse(text)['polydex:number']}`
  for (let round = 1; round <= 20; round += 1) {
    const tag = (await send('GET', path, undefined)).etag ?? ''
    const rivals = Array.from({ length: 20 }, (_, at) =>
      patch(path, { 'polydex:note': `${round} ${at}` }, { 'if-match': tag }),
    )
    const answers = await Promise.all(rivals)
    const winners = answers.flatMap(({ status }, at) => (status === 200 ? [`${round} ${at}`] : []))
    equal(winners.length, 1)
    equal(answers.filter(({ status }) => status === 412).length, 19)
    deepEqual(JSON.parse((await send('GET', path, undefined)).text)['polydex:note'], winners[0])
  }
})

test('two who know the same version change different parts, and both are kept', async () => {
  const { text } = await send('POST', '/organizations', { name: { full: 'Gedeeld' } })
  const path = `/organizations/${JSON.parse(text)['polydex:number']}`
  const answers = await Promise.all([
    patch(`${path}?base=1`, { 'polydex:note': 'van de een' }),
    patch(`${path}?base=1`, { keywords: { 'van de ander': true } }),
    patch(`${path}?base=1`, { emails: { a: { address: 'a@gedeeld.example' } } }),
  ])
  deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200],
  )
  const late = await patch(`${path}?base=1`, { emails: { b: { address: 'b@gedeeld.example' } } })
  equal(late.status, 412)
  const [conflict] = JSON.parse(late.text).conflicts
  deepEqual([conflict.part, conflict.current.length, conflict.yours.length], ['emails', 1, 2])
  const card = JSON.parse((await send('GET', path, undefined)).text)
  deepEqual(
    [card['polydex:note'], card.keywords, Object.keys(card.emails)],
    ['van de een', { 'van de ander': true }, ['a']],
  )
})
