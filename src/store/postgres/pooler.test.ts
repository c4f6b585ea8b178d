import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { commandContract } from '../testing/command-contract.ts'
import { poolerIsMissing, startPooler } from '../testing/pooler.ts'
import type { PostgresServer } from '../testing/postgres-server.ts'
import { postgresIsMissing, query, startPostgres } from '../testing/postgres-server.ts'
import { storeContract } from '../testing/store-contract.ts'
import { openPostgres } from './index.ts'

const missing = postgresIsMissing() ?? poolerIsMissing()
if (missing !== undefined) test('PostgreSQL behind PgBouncer', { skip: missing })
else {
  let server: PostgresServer
  let pooler: PostgresServer
  before(async () => {
    server = await startPostgres()
    pooler = await startPooler(server)
  })
  after(async () => {
    await pooler.stop()
    await server.stop()
  })

  /** A database of its own: what a client asks of its session, such as a schema, does not pass the pooler. */
  const open = async () => {
    const name = `d${randomUUID().replaceAll('-', '')}`
    await query(server.url, `create database ${name}`)
    const url = new URL(pooler.url)
    url.pathname = `/${name}`
    return openPostgres(url.href, true)
  }
  // The whole contract takes half a minute here.
  const contract = process.env['POLYDEX_TEST_ENGINE'] === 'postgres' ? storeContract : commandContract
  contract('PostgreSQL behind PgBouncer', open)
}
