import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { TestContext } from 'node:test'
import type { Store } from '../../core/store.ts'
import { openSqlite } from '../sqlite/index.ts'

/** An empty store in a file, and another connection to it that reads; both are gone after the test. */
export function openBeside(context: TestContext): { readonly store: Store; readonly database: DatabaseSync } {
  const folder = mkdtempSync(join(tmpdir(), 'polydex-'))
  const file = join(folder, 'beside.db')
  const store = openSqlite(file, true)
  const database = new DatabaseSync(file, { readOnly: true })
  context.after(async () => {
    database.close()
    await store.close()
    rmSync(folder, { recursive: true })
  })
  return { store, database }
}
