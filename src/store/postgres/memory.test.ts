import { after, before, describe, test } from 'node:test'
import { requireTrueMemory } from '../testing/memory-contract.ts'
import { newSchema } from '../testing/open-store.ts'
import type { PostgresServer } from '../testing/postgres-server.ts'
import { postgresIsMissing, startPostgres } from '../testing/postgres-server.ts'
import { openPostgres } from './index.ts'

describe('what a node on PostgreSQL remembers', { skip: postgresIsMissing() ?? false }, () => {
  let server: PostgresServer
  before(async () => {
    server = await startPostgres()
  })
  after(() => server.stop())

  test('is what the database holds, whoever writes in whichever order, and whatever fails', () =>
    requireTrueMemory(async () => {
      const url = await newSchema(server.url)
      return [await openPostgres(url, true), await openPostgres(url, true)]
    }))
})
