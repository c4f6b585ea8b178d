import { deepEqual, equal } from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { pino } from 'pino'
import { startApp } from '../src/app.ts'
import { verifyDatabase } from '../src/maintenance.ts'

const folder = mkdtempSync(join(tmpdir(), 'polydex-import-crash-'))
const running = new Set<ChildProcess>()
after(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const path = join(folder, 'a.db')
const database = { engine: 'sqlite', path } as const
const serve = () =>
  startApp(
    { port: 0, host: '127.0.0.1', database, demo: true, logLevel: 'silent' },
    undefined,
    pino({ level: 'silent' }),
  )

const LINES = 1_600

/** Lines that an import makes before it is killed: those of its first transaction. */
const MADE = 1_000

const idOf = (at: number) => `20000000-0000-4000-8000-${String(at).padStart(12, '0')}`

const lineOf = (at: number) =>
  JSON.stringify({
    organization: {
      uid: idOf(at),
      name: { full: `Zeldzaam${at}` },
      links: { w: { uri: `https://z${at}.example`, 'polydex:website': true } },
    },
    people: [{ name: { full: `Mens${at} Janssens` } }],
  })

function importing(): ChildProcess {
  const args = ['src/main.ts', 'import', '-', '--user', 'demo', '--database', `sqlite:${path}`]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  running.add(child)
  return child
}

function ask(sql: string): number {
  const file = new DatabaseSync(path, { timeout: 5_000 })
  const row = file.prepare(sql).get()
  file.close()
  return Number(row?.['n'])
}

function alter(sql: string): void {
  const file = new DatabaseSync(path, { timeout: 5_000 })
  file.exec(sql)
  file.close()
}

const headers = { authorization: 'Bearer demo-api-key', 'content-type': 'application/merge-patch+json' }
const get = async (url: string) => (await fetch(url, { headers })).json() as Promise<Record<string, unknown>>
const idsFound = async (url: string, words: string) =>
  ((await get(`${url}/v1/organizations?q=${words}`))['items'] as { uid: string }[]).map(({ uid }) =>
    uid.replace('urn:uuid:', ''),
  )

test('an import that is killed in the middle: a server makes its index, an import again makes the rest, all is found', async (context) => {
  await (await serve()).close()
  const killed = importing()
  for (let at = 0; at < LINES; at += 1) killed.stdin?.write(`${lineOf(at)}\n`)
  while (ask('select count(*) as n from organizations') < MADE) await setTimeout(50)
  killed.kill('SIGKILL')
  await once(killed, 'exit')

  const verified = await verifyDatabase(database)
  deepEqual([verified.contradictions, verified.owed], [[], MADE])

  // Nobody waits a minute for the one that was killed.
  alter('update index_owed set until = unixepoch()')
  const app = await serve()
  context.after(() => app.close())
  const health = async () => (await get(`${app.url}/health/ready`))['index']
  equal(await health(), 'being made')
  const patched = await fetch(`${app.url}/v1/organizations/${idOf(MADE - 1)}`, {
    method: 'PATCH',
    headers,
    body: JSON.stringify({ name: { full: 'Anders' } }),
  })
  equal(patched.status, 200)
  deepEqual(await idsFound(app.url, 'Anders'), [idOf(MADE - 1)])
  while ((await health()) !== 'complete') await setTimeout(50)
  deepEqual(await idsFound(app.url, `Zeldzaam${MADE - 1}`), [])
  deepEqual(await idsFound(app.url, 'Zeldzaam997'), [idOf(997)])
  deepEqual(await idsFound(app.url, 'Mens998'), [idOf(998)])
  await app.close()
  deepEqual((await verifyDatabase(database)).contradictions, [])

  const again = importing()
  const told = once(again, 'exit')
  let faults = ''
  again.stderr?.on('data', (text: Buffer) => {
    faults += text.toString()
  })
  for (let at = 0; at < LINES; at += 1) again.stdin?.write(`${lineOf(at)}\n`)
  again.stdin?.end()
  deepEqual(await told, [1, null])
  equal(faults.trim().split('\n').length, MADE)
  const { contradictions, owed } = await verifyDatabase(database)
  deepEqual([contradictions, owed], [[], 0])
  equal(ask("select count(*) as n from organizations where id like '20000000-%'"), LINES)
})
