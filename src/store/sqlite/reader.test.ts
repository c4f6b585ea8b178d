import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { walkContract } from '../testing/walk-contract.ts'
import { openSqlite } from './index.ts'
import { createReader } from './reader.ts'

walkContract('SQLite, where there are very many', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'polydex-test-'))
  const file = join(folder, 'a.db')
  const store = openSqlite(file, true)
  const database = new DatabaseSync(file, { readOnly: true })
  const reader = createReader(database, undefined, 0)
  const close = async () => {
    database.close()
    await store.close()
    rmSync(folder, { recursive: true })
  }
  return { ...store, read: async (work) => work(reader), close }
})
