import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Move, Source, Target } from '../copy/port.ts'
import { BUSY, OCCUPIED } from '../copy/port.ts'
import type { Cells } from '../copy/tables.ts'
import { columnsOf } from '../copy/tables.ts'
import { insertOf, rowsOf } from './copied-rows.ts'
import { openSqlite } from './index.ts'
import { FINISH_COPY, isBeingCopiedTo, migrateForCopy } from './migrations.ts'
import { makePrivateFile } from './private-file.ts'

const BUSY_TIMEOUT_MS = 5_000

/** What a copy keeps of a file in memory. */
const CACHE_KIB = 128_000

/** A file as it is now; older schemas are brought up to date first, and what is owed of the index is made up. @throws Error */
export async function openSqliteSource(path: string): Promise<Source> {
  if (path === ':memory:') throw new Error('a private database cannot be copied')
  await requireIndexed(path)
  const database = connect(path, true)
  // The snapshot is taken by the first thing that is read.
  database.exec('begin; select count(*) from settings_version')
  return {
    ...rowsOf(database),
    async lastEvent() {
      const row = database
        .prepare(`select ${columnsOf('events').join(', ')} from events order by seq desc limit 1`)
        .get()
      return row === undefined ? undefined : (Object.values(row) as Cells)
    },
    async close() {
      database.close()
    },
  }
}

/** @throws Error while a load of many records goes on */
async function requireIndexed(path: string): Promise<void> {
  const store = openSqlite(path, false, { kindsAtOnce: [] })
  try {
    const { state } = await store.makeUp()
    if (state !== 'done') throw new Error('an import into it goes on: copy it when that has ended')
  } finally {
    await store.close()
  }
}

/** A file that is not there yet, or that a copy has begun. @throws Error */
export function openSqliteTarget(path: string): Target {
  if (path === ':memory:') throw new Error('a private database would be gone with the copy')
  mkdirSync(dirname(path), { recursive: true })
  const isNew = !existsSync(path)
  if (isNew) makePrivateFile(path)
  const database = connect(path, false)
  try {
    if (isNew) database.exec('pragma journal_mode = wal')
    else requireFree(database)
  } catch (error) {
    database.close()
    throw error
  }
  // A commit that the machine forgets when it falls is copied again; the last one is flushed with all before it.
  database.exec(`pragma synchronous = normal; pragma journal_size_limit = 67108864`)

  function inTransaction({ before, after }: Move, work: () => void): void {
    database.exec('begin immediate')
    try {
      if (!isBeingCopiedTo(database)) throw new Error(BUSY)
      const { changes } = database.prepare('update copying set mark = ? where mark = ?').run(after, before)
      if (changes !== 1) throw new Error(BUSY)
      work()
      database.exec('commit')
    } catch (error) {
      database.exec('rollback')
      throw error
    }
  }

  return {
    ...rowsOf(database),
    async mark() {
      if (!isBeingCopiedTo(database)) return undefined
      return String(database.prepare('select mark from copying').get()?.['mark'])
    },
    async begin(mark) {
      migrateForCopy(database, mark)
    },
    async put(table, rows, move) {
      inTransaction(move, () => {
        const insert = insertOf(database, table)
        for (const row of rows) insert(row)
      })
    },
    async move(move) {
      inTransaction(move, () => {})
    },
    async seal(mark) {
      database.exec('pragma synchronous = full')
      inTransaction({ before: mark, after: mark }, () => database.exec(FINISH_COPY))
      database.exec('pragma wal_checkpoint(truncate)')
    },
    async close() {
      database.close()
    },
  }
}

/** @throws Error unless a copy has begun it, or there is nothing in it */
function requireFree(database: DatabaseSync): void {
  if (isBeingCopiedTo(database)) return
  const { count } = database.prepare('select count(*) as count from sqlite_schema').get() as { count: number }
  if (count > 0) throw new Error(OCCUPIED)
  database.exec('pragma journal_mode = wal')
}

function connect(path: string, readOnly: boolean): DatabaseSync {
  const database = new DatabaseSync(path, { readOnly, timeout: BUSY_TIMEOUT_MS })
  database.exec(`pragma foreign_keys = off; pragma cache_size = -${CACHE_KIB}`)
  return database
}
