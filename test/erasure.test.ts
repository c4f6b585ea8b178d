import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { DatabaseUrl } from '../src/config.ts'
import { erasePerson } from '../src/erasing.ts'
import { verifyDatabase } from '../src/maintenance.ts'
import { TABLE_NAMES } from '../src/store/copy/tables.ts'
import { openSource } from '../src/store/index.ts'
import { APIS } from './apis.ts'
import type { DemoServers } from './demo-server.ts'
import { prepareDemoServers } from './demo-server.ts'
import type { ApiName, Step, Visitor } from './erasure-steps.ts'
import { arrive, steps } from './erasure-steps.ts'

/** Random lives, each on a server of its own. */
const RUNS = 12

const now = () => new Date().toISOString()

describe('an erased person', { concurrency: 2 }, () => {
  let servers: DemoServers
  before(async () => {
    servers = await prepareDemoServers()
  })
  after(() => servers.remove())

  const live = async (chosen: readonly Step[]): Promise<void> => {
    const { apps, database } = await servers.startTogether(1)
    const { url, close } = apps[0] as NonNullable<(typeof apps)[0]>
    try {
      const visitor = await visit(url)
      for (const { run } of chosen) await run(visitor)
      const about = (text: string) => visitor.said.filter((word) => text.includes(word))
      const seqs = await logOf(database)
      const { isPurged, people } = await erasePerson(database, {
        person: `${visitor.person}`,
        user: 'demo',
        now,
      })
      assert.ok(isPurged)
      // Those who are two again are erased one by one.
      for (const twin of visitor.twins) await erasePerson(database, { person: `${twin}`, user: 'demo', now })
      const ids = people.map(({ number }) => number)
      const assertSilence = async (since: string) => {
        const found = visitor.said.filter((word) => bytesOf(database).some((bytes) => bytes.includes(word)))
        assert.deepEqual(found, [], `the file after ${since}`)
        for (const text of await textsOf(database)) assert.deepEqual(about(text), [], `${since}: ${text}`)
      }
      await assertSilence('the erasure')
      assert.deepEqual((await logOf(database)).slice(0, seqs.length), seqs)
      for (const path of PATHS) assert.deepEqual(about(await visitor.show(path)), [], path)
      for (const number of ids) {
        const history = await visitor.show(`/v1/people/${number}/history?limit=100`)
        assert.deepEqual(about(history), [])
        for (const { version } of JSON.parse(history).items) {
          assert.deepEqual(about(await visitor.show(`/v1/people/${number}/versions/${version}`)), [])
          await visitor.send('native', 'POST', `/v1/people/${number}:restore`, { version })
        }
      }
      const { items } = JSON.parse(await visitor.show('/v1/organizations/1/history?limit=100'))
      for (const { version } of items) {
        await visitor.send('native', 'POST', '/v1/organizations/1:restore', { version, parts: ['roles'] })
        await visitor.send('native', 'POST', '/v1/organizations/1:restore', { version })
      }
      while (visitor.merged.length > 0)
        await visitor.send('native', 'POST', `/v1/organizations/${visitor.merged.pop()}:unmerge`)
      for (const path of PATHS) assert.deepEqual(about(await visitor.show(path)), [], path)
      for (const number of ids)
        assert.equal((await visitor.send('native', 'GET', `/v1/people/${number}`)).status, 410)
      await assertSilence('all was restored')
      const { contradictions } = await verifyDatabase(database)
      assert.deepEqual(contradictions, [])
      const { records, events, answers } = await erasePerson(database, {
        person: `${visitor.person}`,
        user: 'demo',
        now,
      })
      assert.deepEqual({ records, events, answers }, { records: 0, events: 0, answers: 0 })
    } finally {
      await close()
    }
  }

  test('is named by number or id, in the name of a principal, by a command that says what it did', async () => {
    const { apps, database } = await servers.startTogether(1)
    await apps[0]?.close()
    const url = database.engine === 'sqlite' ? `sqlite:${database.path}` : database.url
    const erase = (...args: readonly string[]) => run('erase', '--database', url, ...args)
    assert.deepEqual(await run('erase', '--bogus'), {
      code: 2,
      out: '',
      err: 'unknown option --bogus\nerase needs --person ID: the person, by id or number\nerase needs --user ID: in whose name\n',
    })
    assert.deepEqual(await erase('--person', '1', '--user', 'nobody'), {
      code: 2,
      out: '',
      err: 'there is no principal nobody\n',
    })
    for (const person of ['99', '0', '9999999999', 'x']) {
      const err = `there is no person ${person} in default\n`
      assert.deepEqual(await erase('--person', person, '--user', 'demo'), { code: 2, out: '', err })
    }
    const done = await erase('--person', '1', '--user', 'demo')
    assert.equal(done.code, 0, done.err)
    assert.match(done.out, /^erased person 1: 2 records changed, \d+ events and 0 kept answers blanked\n/)
    assert.match(done.out, /^backups and copies that were made before still hold them$/m)
    const again = await erase('--person', '1', '--user', 'demo')
    assert.equal(again.code, 0, again.err)
    assert.match(again.out, /^nothing is left of person 1\n/)
    const folder = mkdtempSync(join(tmpdir(), 'polydex-erased-'))
    const copied = { engine: 'sqlite', path: join(folder, 'copy', 'polydex.db') } as const
    const backedUp = { engine: 'sqlite', path: join(folder, 'backup', 'polydex.db') } as const
    assert.equal((await run('copy', '--from', url, '--to', `sqlite:${copied.path}`)).code, 0)
    assert.equal((await run('backup', backedUp.path, '--database', `sqlite:${copied.path}`)).code, 0)
    for (const place of [copied, backedUp]) {
      assert.ok(bytesOf(place).every((bytes) => !bytes.includes('Ann Peeters')))
      assert.deepEqual((await verifyDatabase(place)).contradictions, [])
    }
    rmSync(folder, { recursive: true })
  })

  test('is found nowhere, whatever was done in whichever API, and nothing brings them back', async () => {
    await fc.assert(fc.asyncProperty(steps, live), { numRuns: RUNS })
  })
})

/** Runs a command to its end. */
async function run(...args: readonly string[]) {
  const child = spawn(process.execPath, ['src/main.ts', ...args])
  const told = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    told.out += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    told.err += String(chunk)
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  return { code, ...told }
}

const PATHS = [
  '/v1/organizations/1',
  '/v1/organizations/1/people',
  '/v1/organizations/1/history?limit=100',
  '/v1/organizations/2/people',
  '/v1/changes?after=0&limit=1000',
]

async function visit(
  url: string,
): Promise<Visitor & { readonly said: string[]; show(path: string): Promise<string> }> {
  const headers: Partial<Record<string, Readonly<Record<string, string>>>> = {}
  for (const api of APIS) headers[api.name] = await api.headers(url)
  const said: string[] = []
  let count = 0
  const say = (text: string): string => {
    said.push(text)
    return text
  }
  const send = async (
    api: ApiName,
    method: string,
    path: string,
    body?: unknown,
    mediaType = 'application/json',
  ) => {
    count += 1
    const reply = await fetch(url + path, {
      method,
      headers: {
        ...headers[api],
        ...(method === 'POST' && { 'Idempotency-Key': `k${count}` }),
        ...(body !== undefined && { 'Content-Type': mediaType }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await reply.text()
    assert.ok(reply.status < 500, `${method} ${path}: ${text}`)
    return {
      status: reply.status,
      body:
        text === '' || !/json/.test(reply.headers.get('content-type') ?? '') ? undefined : JSON.parse(text),
    }
  }
  const random = (digits: number) => String(Math.floor(Math.random() * 10 ** digits)).padStart(digits, '7')
  const visitor = {
    said,
    send,
    merged: [],
    twins: [],
    word: () => say(`zq${random(6)}qz`),
    digits: () => `04${say(random(12))}`,
    async show(path: string) {
      const reply = await fetch(url + path, { headers: headers['native'] ?? {} })
      assert.ok(reply.status < 500)
      return reply.text()
    },
  }
  const person = await arrive({ ...visitor, has: async () => false })
  const has = async (role: 'technical' | 'primary') => {
    const { body } = await send('native', 'GET', `/v1/people/${person}`)
    const organization = (await send('native', 'GET', '/v1/organizations/1')).body
    return organization?.relatedTo?.[body?.uid]?.relation?.[`polydex:${role}-contact`] === true
  }
  return { ...visitor, person, has }
}

/** The files of a database, where they can be had. */
function bytesOf(database: DatabaseUrl): readonly Buffer[] {
  if (database.engine === 'postgres') return []
  const paths = ['', '-wal'].map((end) => database.path + end)
  return paths.filter((path) => existsSync(path)).map((path) => readFileSync(path))
}

/** Every row of every table. */
async function textsOf(database: DatabaseUrl): Promise<readonly string[]> {
  const source = await openSource(database)
  const texts: string[] = []
  for (const table of TABLE_NAMES) {
    for (const row of await source.rows(table, undefined)) texts.push(row.join('\n'))
  }
  await source.close()
  return texts
}

/** All that events say but what they say of parts. */
async function logOf(database: DatabaseUrl): Promise<readonly unknown[]> {
  const source = await openSource(database)
  const rows = await source.rows('events', undefined)
  await source.close()
  return rows.map((row) => {
    const { parts, ...rest } = JSON.parse(String(row.at(-1)))
    return [row.slice(0, -1), rest, Object.keys(parts)]
  })
}
