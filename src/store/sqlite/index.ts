import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { problem } from '../../core/problem.ts'
import type { Store } from '../../core/store.ts'
import { createCheckpoints, LOG_PAGES } from './checkpoints.ts'
import { asProblem } from './faults.ts'
import type { Beside } from './group-commit.ts'
import { createGroupCommit } from './group-commit.ts'
import { createKinds } from './kinds.ts'
import { createLatest } from './latest.ts'
import { makeUpAll, makeUpSome, oweAll } from './making-up.ts'
import { migrate, requireOurs } from './migrations.ts'
import { createDeferral, createOwed } from './owed.ts'
import { createPace } from './pace.ts'
import { makePrivateFile } from './private-file.ts'
import { makePrivateFolder, removePrivateFolder } from './private-folder.ts'
import { purge } from './purging.ts'
import { createReader } from './reader.ts'
import { createRecent } from './recent.ts'
import { createRowWriting } from './row-writing.ts'
import { createTransactor } from './transactor.ts'
import { createWatch } from './watch.ts'

/** How long a statement waits for another process that writes. */
const BUSY_TIMEOUT_MS = 5_000

/** Where much is written at once: pages that many organizations share are written once for all of them. */
const BULK = { cacheKib: 128_000, logPages: 50_000 }

/** What a load of many records is told besides. */
export interface Bulk {
  /** Kinds of index rows that are never left for later: writes are refused because of them. */
  readonly kindsAtOnce: readonly string[]
}

/**
 * Opens the embedded engine: one connection writes, another reads; write-ahead log, every commit flushed to the disk.
 * @param path of the file, or `:memory:` for a private file in a temporary folder that `close` removes
 * @param mayCreate whether a directory is made where there is none; without it, opening one throws
 * @param bulk where much is written at once: long transactions, a larger log, and rows by key of new organizations left for `makeUp`
 */
export function openSqlite(path: string, mayCreate: boolean, bulk?: Bulk): Store {
  const folder = path === ':memory:' ? makePrivateFolder() : undefined
  const file = folder === undefined ? path : join(folder, 'polydex.db')
  if (mayCreate) {
    mkdirSync(dirname(file), { recursive: true })
    makePrivateFile(file)
  }
  const writing = connect(mayCreate ? file : `${pathToFileURL(file).href}?mode=rw`)
  requireOurs(writing, mayCreate)
  writing.exec('pragma journal_mode = wal; pragma synchronous = full; pragma journal_size_limit = 67108864')
  writing.exec(`pragma wal_autocheckpoint = ${bulk === undefined ? LOG_PAGES : BULK.logPages}`)
  if (bulk !== undefined) writing.exec(`pragma cache_size = ${-BULK.cacheKib}`)
  migrate(writing)
  const reading = connect(file, true)

  const recent = createRecent(reading)
  const reader = createReader(reading, recent)
  const kinds = createKinds(writing)
  const self = randomUUID()
  const owed = createOwed(writing, self, bulk !== undefined)
  const deferral = bulk && createDeferral(owed, self, bulk.kindsAtOnce)
  const latest = createLatest(writing)
  const transactor = createTransactor(writing, createRowWriting(writing, kinds, deferral), latest)
  const watch = createWatch(recent.state)
  const pace = bulk && createPace(writing)
  const checkpoints = bulk === undefined ? createCheckpoints(file) : undefined
  const beside: Beside = {
    began: latest.begin,
    committed: (commands) => checkpoints?.committed(commands),
    forget() {
      kinds.forget()
      latest.forget()
    },
  }
  const group = createGroupCommit(writing, beside, pace)
  let isOpen = true
  const requireOpen = () => {
    if (!isOpen) throw problem('store-unavailable', { reason: 'closed' })
  }

  return {
    async read(work) {
      requireOpen()
      try {
        return await work(reader)
      } catch (error) {
        throw asProblem(error)
      }
    },
    async transact(work) {
      requireOpen()
      try {
        return await group.run(() => work(transactor))
      } finally {
        recent.expire()
        watch.tell()
      }
    },
    watch: watch.listen,
    async makeUp() {
      requireOpen()
      try {
        if (pace === undefined) {
          if (reading.prepare('select 1 from index_owed').get() === undefined)
            return { state: 'done', looked: 0 }
          return await group.run(async () => makeUpSome(writing, owed, self))
        }
        await group.idle()
        return await makeUpAll(writing, owed, self, pace)
      } catch (error) {
        throw asProblem(error)
      } finally {
        recent.expire()
      }
    },
    async oweAll() {
      requireOpen()
      await group.idle()
      oweAll(writing, owed)
    },
    async purge() {
      requireOpen()
      await group.idle()
      return purge(writing)
    },
    async close() {
      if (!isOpen) return
      isOpen = false
      watch.close()
      await group.idle()
      await checkpoints?.close()
      reading.close()
      writing.close()
      if (folder !== undefined) removePrivateFolder(folder)
    },
  }
}

function connect(location: string, readOnly = false): DatabaseSync {
  const database = new DatabaseSync(location, { readOnly, timeout: BUSY_TIMEOUT_MS })
  database.exec('pragma foreign_keys = off; pragma temp_store = memory; pragma cache_size = -16000')
  return database
}
