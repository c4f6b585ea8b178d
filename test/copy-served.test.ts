import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pino } from 'pino'
import type { App } from '../src/app.ts'
import { startApp } from '../src/app.ts'
import type { DatabaseUrl } from '../src/config.ts'
import { copyDirectory } from '../src/copying.ts'
import { uuid } from '../src/core/testing/records.ts'
import { numbered, personNumbered, saving } from '../src/store/testing/changes.ts'
import type { Fill } from '../src/store/testing/random-directory.ts'
import type { Json } from './apis.ts'
import { readExchanges } from './exchange-file.ts'
import { contentOf, filled, place, removePlaces, skipOf, startPlaces } from './places.ts'

before(startPlaces)
after(removePlaces)

const ROOT = join(import.meta.dirname, '..')
const ORGANIZER = '/organizers/00000000-0000-4000-8000-000000000001'
const JSON_BODY = { 'content-type': 'application/json' }
const DEMO = { authorization: 'Bearer demo-token', ...JSON_BODY }
const KEY = { authorization: 'Bearer demo-api-key', ...JSON_BODY }

function serve(database: DatabaseUrl): Promise<App> {
  const publicUrl = 'http://directory.example'
  const settings = {
    port: 0,
    host: '127.0.0.1',
    database,
    publicUrl,
    demo: true,
    logLevel: 'silent',
  } as const
  return startApp(settings, undefined, pino({ level: 'silent' }))
}

interface Ask {
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
}

/** Every read of the exchanges of every API that needs nothing from an earlier reply. */
const asks: readonly Ask[] = globSync('src/dialects/*/exchanges/*.http', { cwd: ROOT })
  .flatMap((file) => readExchanges(file, readFileSync(join(ROOT, file), 'utf8')))
  .filter(
    ({ method, target, headers }) => method === 'GET' && !JSON.stringify([target, headers]).includes('{{'),
  )
  .map(({ target, headers }) => ({
    target,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
  }))
  .filter((ask, at, all) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(ask)) === at)
  .filter(({ headers }) => !/event-stream/.test(JSON.stringify(headers)))

async function answersOf({ url }: App, all: readonly Ask[]): Promise<readonly unknown[]> {
  const answers: unknown[] = []
  for (const { target, headers } of all) {
    const reply = await fetch(`${url}${target}`, { headers, redirect: 'manual' })
    const told = [...reply.headers].filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name))
    const bytes = Buffer.from(await reply.arrayBuffer()).toString('latin1')
    answers.push([target, headers, reply.status, told, bytes])
  }
  return answers
}

async function sent(app: App, method: string, path: string, headers: object, body: unknown): Promise<Json> {
  const reply = await fetch(`${app.url}${path}`, {
    method,
    headers: { ...headers },
    body: body instanceof FormData ? body : JSON.stringify(body),
  })
  assert.ok(reply.ok, `${method} ${path}: ${reply.status}`)
  const text = await reply.text()
  return text === '' ? {} : JSON.parse(text)
}

/** Writes through every API. Gives what else is to be asked, with credentials that were made here. */
async function write(app: App): Promise<readonly Ask[]> {
  const form = new FormData()
  form.set('file', new Blob(['GIF89a, no more than its beginning'], { type: 'image/gif' }), 'zaal.gif')
  for (const [name, value] of [
    ['description', 'De zaal'],
    ['copyrightHolder', 'Voorbeeld vzw'],
    ['language', 'nl'],
  ]) {
    form.set(String(name), String(value))
  }
  const image = await sent(app, 'POST', '/images', { authorization: 'Bearer demo-token' }, form)
  const organizer = { mainLanguage: 'nl', name: { nl: 'Nieuw vzw' }, url: 'https://nieuw.example' }
  const created = await sent(app, 'POST', '/organizers', DEMO, { ...organizer, images: [{ id: image.id }] })
  await sent(app, 'PUT', `${ORGANIZER}/contact-point`, DEMO, {
    phone: ['013/445566'],
    email: ['a@b.example'],
  })
  await sent(app, 'PUT', '/api/v1/Contact/2', DEMO, { Department: 'Zaal “é” 😀' })
  await sent(app, 'DELETE', '/api/v1/Contact/3', DEMO, undefined)
  const login = { email: 'demo@example.org', password: 'demo1234' }
  const { data } = await sent(app, 'POST', '/auth/v1/rs/login/credentials', JSON_BODY, login)
  const kare = { authorization: `Bearer ${data.accessToken}`, 'x-session-token': data.sessionToken }
  await sent(
    app,
    'PATCH',
    '/companies/v2/rs/1/contacts/3',
    { ...kare, ...JSON_BODY },
    { notify: false, comment: 'x' },
  )
  const reader = { id: 'reader', kind: 'client', name: 'Reader', superuser: true }
  await sent(app, 'POST', '/v1/access/principals', KEY, reader)
  const key = await sent(app, 'POST', '/v1/access/principals/reader/keys', KEY, { name: 'main' })
  const own = { authorization: `Bearer ${key.key}` }
  return [
    { target: `/organizers/${created.id}`, headers: {} },
    { target: `/images/${image.id}.gif`, headers: {} },
    { target: '/companies/v2/rs/1/contacts', headers: kare },
    { target: '/v1/organizations', headers: own },
    { target: '/v1/access/principals', headers: own },
    { target: '/v1/organizations/1/history', headers: own },
    { target: '/v1/organizations/3/history', headers: own },
    { target: '/v1/events?limit=100', headers: own },
  ]
}

describe('a server on a copy', { skip: skipOf('postgres') }, () => {
  test('answers exactly as the one on the source, byte for byte, and goes on with the same numbers', async () => {
    const source = await place('sqlite')
    const first = await serve(source)
    const all = [...asks, ...(await write(first))]
    const expected = await answersOf(first, all)
    assert.ok(expected.length > 300, String(expected.length))
    await first.close()

    const [there, back] = [await place('postgres'), await place('sqlite')]
    await copyDirectory(source, there, () => {})
    await copyDirectory(there, back, () => {})
    for (const copy of [there, back]) {
      const app = await serve(copy)
      const found = await answersOf(app, all)
      for (const [at, answer] of found.entries()) assert.deepEqual(answer, expected[at])
      const organizer = { mainLanguage: 'nl', name: { nl: 'Later vzw' }, url: 'https://later.example' }
      await sent(app, 'POST', '/organizers', DEMO, organizer)
      const events = await fetch(`${app.url}/v1/events?limit=100`, { headers: KEY })
      const listed = await fetch(`${app.url}/v1/organizations?limit=100`, { headers: KEY })
      const { items } = (await listed.json()) as Json
      assert.equal(Math.max(...items.map((item: Json) => item['polydex:number'])), 5)
      assert.ok((await events.text()).length > 0)
      await app.close()
    }
  })
})

/** Enough that a copy takes a while. */
const many: Fill = (store, files) =>
  store
    .transact(async (transactor) => {
      for (let number = 1; number <= 6_000; number += 1) {
        const organization = numbered(number, { note: `note ${number}` })
        const person = personNumbered(number, { id: uuid(10_000 + number), organization: organization.id })
        await transactor.save(saving([organization, person]))
      }
    })
    .then(() => files.put('00000000-0000-4000-8000-000000000009', new Uint8Array(1_000_000)))

const urlOf = (database: DatabaseUrl): string =>
  database.engine === 'postgres' ? database.url : `sqlite:${database.path}`

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs `polydex copy`. @param killAfterMs kills it after so many milliseconds */
function runCopy(args: readonly string[], killAfterMs?: number): Promise<Ran> {
  const child = spawn(process.execPath, ['src/main.ts', 'copy', ...args], { cwd: ROOT })
  let [out, err] = ['', '']
  child.stdout.on('data', (text) => {
    out += String(text)
  })
  child.stderr.on('data', (text) => {
    err += String(text)
  })
  if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs).unref()
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })))
}

for (const engine of ['sqlite', 'postgres'] as const) {
  test(`a copy to ${engine} that is killed again and again gets there`, {
    skip: skipOf(engine),
  }, async () => {
    const [source, there] = [await filled('sqlite', many), await place(engine)]
    const args = ['--from', urlOf(source), '--to', urlOf(there)]
    let killed = 0
    for (let ran: Ran | undefined; ran?.code !== 0; ) {
      ran = await runCopy(args, killed < 5 ? 400 + killed * 150 : undefined)
      if (ran.code === null) killed += 1
      else assert.equal(ran.code, 0, ran.err)
      if (ran.code === 0)
        assert.match(ran.out, /^copied 6000 organizations, 6000 people, 12000 events, 1 files: /)
    }
    assert.ok(killed > 0)
    assert.deepEqual(await contentOf(there), await contentOf(source))
  })
}

test('what is wrong with a copy is told as every command tells it', async () => {
  const none = await runCopy([])
  assert.deepEqual([none.code, none.err], [2, 'copy needs --from URL\ncopy needs --to URL\n'])
  const wrong = await runCopy(['--from', 'mysql://ann:secret@host/x', '--to', 'sqlite:x', '--port', '1'])
  assert.deepEqual(
    [wrong.code, wrong.err],
    [
      2,
      'unknown option --port\ndatabase must be sqlite:PATH, sqlite::memory: or postgres://…, found mysql:…\n',
    ],
  )
  const there = urlOf(await filled('sqlite', async () => {}))
  const occupied = await runCopy(['--from', there, '--to', there])
  assert.equal(occupied.code, 1)
  assert.match(
    occupied.err,
    /^database sqlite:\S+: there is something in it already: a copy needs an empty place\n$/,
  )
})
