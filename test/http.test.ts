import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { once } from 'node:events'
import type { OutgoingHttpHeaders } from 'node:http'
import { request } from 'node:http'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { prepareDemoServers } from './demo-server.ts'

const servers = await prepareDemoServers()
const app = await servers.start()
after(async () => {
  await app.close()
  await servers.remove()
})

const ORGANIZER = '/organizers/00000000-0000-4000-8000-000000000001'
const UITDATABANK = { authorization: 'Bearer demo-token' }
const SUPEROFFICE = { authorization: 'Bearer demo-api-key' }
const DIGICERT = { 'x-dc-devkey': 'demo-api-key' }

const BODY = '{"phone":["1 2 3"]}'

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

/** Sends a path as it is: `fetch` would tidy it. */
async function send(
  method: string,
  path: string,
  headers: OutgoingHttpHeaders = {},
  body = '',
): Promise<Answer> {
  const sending = request(app.url, { method, path, headers, agent: false })
  sending.end(body)
  const [reply] = await once(sending, 'response')
  let text = ''
  for await (const chunk of reply) text += chunk
  return { status: reply.statusCode, headers: reply.headers, body: text }
}

/** Begins a write and leaves it unfinished. */
async function begin(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const head = [`PUT ${ORGANIZER}/contact-point HTTP/1.1`, 'Host: x', 'Authorization: Bearer demo-token']
  socket.write(`${head.join('\r\n')}\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY.slice(0, 5)}`)
  await new Promise((resolve) => setTimeout(resolve, 100))
  return socket
}

async function sendRaw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1')
  socket.end(bytes)
  let text = ''
  for await (const chunk of socket) text += chunk
  return text
}

test('a path that is needlessly encoded is the path that it means', async () => {
  const plain = await send('GET', '/services/v2/organization/1', DIGICERT)
  const encoded = await send('GET', '/%73ervices/v2/organi%7Aation/%31', DIGICERT)
  deepEqual([encoded.status, encoded.body], [plain.status, plain.body])
})

test('faults of a needlessly encoded path are told in the form of its API', async () => {
  const { status, body } = await send('GET', '/%73ervices/v2/organization')
  equal(status, 401)
  match(body, /access_denied\|missing_key/)
})

test('a path in absolute form is answered by its API', async () => {
  const found = await send('GET', `http://directory.example${ORGANIZER}`)
  const missing = await send('GET', 'http://directory.example/api/v1/nothing', SUPEROFFICE)
  deepEqual([found.status, found.headers['allow'], missing.status], [200, 'GET,POST,PUT,PATCH,DELETE', 404])
  match(missing.body, /"Message":/)
})

/** SuperOffice takes a body that does not say what it is for JSON. */
const SAYS_NOTHING = ['', ';']

for (const mediaType of [
  ...SAYS_NOTHING,
  'json',
  'application/',
  '/json',
  'a b/json',
  '"',
  'application/jsön',
]) {
  test(`a media type that is ${JSON.stringify(mediaType)} is judged by the API`, async () => {
    const headers = { 'content-type': mediaType }
    const statuses = await Promise.all([
      send('PUT', `${ORGANIZER}/contact-point`, { ...UITDATABANK, ...headers }, BODY),
      send('PUT', '/services/v2/organization/1/contact', { ...DIGICERT, ...headers }, '{}'),
      send('PUT', '/api/v1/Contact/1', { ...SUPEROFFICE, ...headers }, '{}'),
      send('POST', '/auth/v1/rs/login/credentials', headers, '{}'),
    ])
    const superoffice = SAYS_NOTHING.includes(mediaType) ? 200 : 415
    deepEqual(
      statuses.map(({ status }) => status),
      [204, 415, superoffice, 415],
    )
  })
}

test('an unknown path is not found, whatever its body', async () => {
  const tooLarge = 'x'.repeat(1_048_577)
  const unreadable = await send('POST', '/organizers/1/nothing', { 'content-type': ';' }, '{}')
  const large = await send('POST', '/organizers/1/nothing', {}, tooLarge)
  deepEqual([unreadable.status, large.status], [404, 404])
})

test('what is no HTTP is told as a problem document', async () => {
  const replies = await Promise.all([
    sendRaw('NONSENSE\r\n\r\n'),
    sendRaw(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`),
  ])
  match(replies[0], /^HTTP\/1\.1 400 Bad Request\r\n.*application\/problem\+json.*"status":400\}$/s)
  match(replies[1], /^HTTP\/1\.1 431 .*"status":431\}$/s)
})

test('closing finishes what has begun, ends its connection, and waits for no silent one', async () => {
  const own = await servers.start()
  const silent = connect(Number(new URL(own.url).port), '127.0.0.1')
  const begun = await begin(own.url)
  const at = Date.now()
  const closed = own.close()
  await once(silent, 'close')
  begun.write(BODY.slice(5))
  let reply = ''
  for await (const chunk of begun) reply += chunk
  await closed
  match(reply, /^HTTP\/1\.1 204 No Content\r\n(.*\r\n)?connection: close\r\n/is)
  ok(Date.now() - at < 2_000)
})
