import { after, before, test } from 'node:test'
import { newSchema } from '../testing/open-store.ts'
import type { PostgresServer } from '../testing/postgres-server.ts'
import { postgresIsMissing, startPostgres } from '../testing/postgres-server.ts'
import { storeContract } from '../testing/store-contract.ts'
import { openPostgres } from './index.ts'

const missing = postgresIsMissing()
if (missing !== undefined) test('PostgreSQL', { skip: missing })
else {
  let server: PostgresServer
  before(async () => {
    server = await startPostgres()
  })
  after(() => server.stop())
  storeContract('PostgreSQL', async () => openPostgres(await newSchema(server.url), true))
}
