import { deepEqual, equal } from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { pino } from 'pino'
import { startApp } from '../src/app.ts'
import { reindexDatabase, verifyDatabase } from '../src/maintenance.ts'

const folder = mkdtempSync(join(tmpdir(), 'polydex-reindexing-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const database = { engine: 'sqlite', path: join(folder, 'a.db') } as const
const settings = { port: 0, host: '127.0.0.1', database, demo: true, logLevel: 'silent' } as const
const serve = () => startApp(settings, undefined, pino({ level: 'silent' }))
const now = () => new Date().toISOString()

/** Does to the file what only another release would have done. */
function alter(sql: string): void {
  const file = new DatabaseSync(database.path)
  file.exec(sql)
  file.close()
}

const NATIVE = "kind in (select id from index_kinds where name like 'native.%')"
const LOSE_ROWS = `delete from index_rows where ${NATIVE}; delete from organization_rows where ${NATIVE};`

async function found(url: string): Promise<number> {
  const headers = { authorization: 'Bearer demo-api-key' }
  const answer = await fetch(`${url}/v1/organizations?q=brug`, { headers })
  return ((await answer.json()) as { items: unknown[] }).items.length
}

test('what an earlier release indexed otherwise is found again, and health tells when all of it is', async () => {
  await (await serve()).close()
  alter(`${LOSE_ROWS} delete from objects where kind = 'index';`)
  const app = await serve()
  const health = async () => (await (await fetch(`${app.url}/health/ready`)).json()) as { index: string }
  while ((await health()).index !== 'complete') await setTimeout(20)
  equal(await found(app.url), 1)
  await app.close()
  deepEqual((await verifyDatabase(database)).contradictions, [])
})

test('rows that were lost are made anew on request', async () => {
  alter(LOSE_ROWS)
  equal((await verifyDatabase(database)).contradictions.length, 3)
  deepEqual(await reindexDatabase(database, now), { looked: 3, changed: 3 })
  deepEqual((await verifyDatabase(database)).contradictions, [])
  deepEqual(await reindexDatabase(database, now), { looked: 3, changed: 0 })
})

test('rows by key that do not stand beside their organization, and those that lack there, and counts, are set right on request', async () => {
  alter(`delete from index_rows where ${NATIVE}; insert into index_rows values (1, 'nobody', 1, 'name');
    update organization_counts set count = count + 1 where state = 'active'`)
  const { contradictions } = await verifyDatabase(database)
  deepEqual(
    contradictions.map((one) => one.replace(/\d+/, 'N')),
    [
      'counts: there are not so many active in default',
      'index: N rows by key are missing',
      "index: N rows by key are nobody's",
    ],
  )
  deepEqual(await reindexDatabase(database, now), { looked: 3, changed: 0 })
  deepEqual((await verifyDatabase(database)).contradictions, [])
})
