import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as passed } from 'node:timers/promises'
import { numbered, saving } from '../testing/changes.ts'
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

  test('a node that no notification reaches hears of another one all the same', async (context) => {
    const name = `d${randomUUID().replaceAll('-', '')}`
    await query(server.url, `create database ${name}`)
    const [here, there] = [pooler.url, server.url].map((url) => {
      const own = new URL(url)
      own.pathname = `/${name}`
      return own.href
    })
    const [deaf, other] = [await openPostgres(String(here), true), await openPostgres(String(there), true)]
    context.after(() => Promise.all([deaf.close(), other.close()]))
    for (const number of [1, 2]) {
      const heard = new Promise<void>((resolve) => {
        const stop = deaf.watch(() => {
          stop()
          resolve()
        })
      })
      await passed(600)
      await other.transact((transactor) => transactor.save(saving([numbered(number)])))
      await Promise.race([heard, passed(1_000).then(() => Promise.reject(new Error('nothing was heard')))])
    }
  })
}
