import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Copies a database as it is at one moment, whoever writes to it meanwhile: a reader's view of the write-ahead log. The file
 * appears when it is whole and on the disk. @throws Error when the database cannot be read, or the file is there
 */
export function backupSqlite(path: string, file: string): void {
  if (existsSync(file)) throw new Error(`${file} exists`)
  mkdirSync(dirname(file), { recursive: true })
  const unfinished = `${file}.unfinished`
  rmSync(unfinished, { force: true })
  const database = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS })
  try {
    database.prepare('vacuum into ?').run(unfinished)
    flush(unfinished)
    renameSync(unfinished, file)
    flush(dirname(file))
  } finally {
    database.close()
    rmSync(unfinished, { force: true })
  }
}

const BUSY_TIMEOUT_MS = 5_000

/** What SQLite finds wrong with the pages, keys and types of a file; nothing when it is whole. @see https://sqlite.org/pragma.html#pragma_integrity_check */
export function integrityOfSqlite(path: string): readonly string[] {
  const database = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS })
  try {
    const found = database.prepare('pragma integrity_check').all()
    return found.map((row) => String(row['integrity_check'])).filter((line) => line !== 'ok')
  } finally {
    database.close()
  }
}

function flush(path: string): void {
  const opened = openSync(path, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
