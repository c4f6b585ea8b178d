import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as passed } from 'node:timers/promises'
import { TENANT } from '../../core/testing/records.ts'
import { numbered, saving } from '../testing/changes.ts'
import { poolerIsMissing, startPooler } from '../testing/pooler.ts'
import type { PostgresServer } from '../testing/postgres-server.ts'
import { postgresIsMissing, query, startPostgres } from '../testing/postgres-server.ts'
import { openPostgres } from './index.ts'

const missing = postgresIsMissing() ?? poolerIsMissing()

let server: PostgresServer
let pooler: PostgresServer
before(async () => {
  if (missing !== undefined) return
  server = await startPostgres()
  pooler = await startPooler(server)
})
after(async () => {
  await pooler?.stop()
  await server?.stop()
})

// In a process of its own: what it finds out, it knows for good.
test('a pooler that forgets what was prepared is found out, and nobody notices', {
  skip: missing ?? false,
}, async (context) => {
  const name = `d${randomUUID().replaceAll('-', '')}`
  await query(server.url, `create database ${name}`)
  const url = new URL(pooler.url)
  url.pathname = `/${name}`
  const store = await openPostgres(url.href, true)
  context.after(() => store.close())
  const key = { tenant: TENANT.id, number: 1 }
  const save = (version: number) =>
    store.transact((transactor) => transactor.save(saving([numbered(1, { version, note: String(version) })])))
  for (const version of [1, 2]) await save(version)
  await passed(50)

  // Of the connections behind the pooler all but the first are others then, on which nothing was prepared: whoever takes the
  // turn does not find out, whoever writes in it does.
  await query(
    server.url,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'
      and backend_start > (select min(backend_start) from pg_stat_activity where datname = '${name}')`,
  )
  await passed(50)
  for (const version of [3, 4]) await save(version)
  const found = await store.read((reader) => reader.dossier(key, 'all'))
  assert.equal(found?.organization.note, '4')
})
