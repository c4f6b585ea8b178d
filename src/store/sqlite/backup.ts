import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { requireOurs } from './migrations.ts'
import { makePrivateFile } from './private-file.ts'

/**
 * Copies a database as it is at one moment, whoever writes to it meanwhile: a reader's view of the write-ahead log. The file
 * appears when it is whole and on the disk.
 * @throws Error when the database cannot be read or is no directory, or the file is there
 */
export function backupSqlite(path: string, file: string): void {
  if (existsSync(file)) throw new Error(`${file} exists`)
  mkdirSync(dirname(file), { recursive: true })
  const unfinished = `${file}.unfinished`
  rmSync(unfinished, { force: true })
  makePrivateFile(unfinished)
  const database = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS })
  try {
    requireOurs(database, false)
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

/**
 * What SQLite finds wrong with the pages, keys and types of a file, and where rows by key are others than those beside their
 * organizations; nothing when it is whole.
 * @see https://sqlite.org/pragma.html#pragma_integrity_check
 */
export function integrityOfSqlite(path: string): readonly string[] {
  const database = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS })
  try {
    // As it is at one moment.
    database.exec('begin')
    const found = database.prepare('pragma integrity_check').all()
    const damage = found.map((row) => String(row['integrity_check'])).filter((line) => line !== 'ok')
    return damage.length > 0
      ? damage
      : [...contradictionsOfCounts(database), ...contradictionsOfRows(database)]
  } finally {
    database.close()
  }
}

function contradictionsOfCounts(database: DatabaseSync): readonly string[] {
  const found = database
    .prepare(
      `select tenant, state from (
        select tenant, state, count from organization_counts where count <> 0
        union all select tenant, state, count(*) from organizations group by tenant, state)
       group by tenant, state, count having count(*) <> 2 order by tenant, state`,
    )
    .all()
  const names = new Set(
    found.map(({ tenant, state }) => `counts: there are not so many ${state} in ${tenant}`),
  )
  return [...names]
}

/** Rows by key may be missing where they are owed; there are none that do not also stand beside their organization. */
function contradictionsOfRows(database: DatabaseSync): readonly string[] {
  const row = database
    .prepare(
      `select sum(organization <= owed_after) as lost, count(*) as missing from (
        select organization, coalesce((select after from index_owed), 9e18) as owed_after from organization_rows o
        where not exists (
          select 1 from index_rows i
          where i.kind = o.kind and i.search_key = o.search_key and i.organization = o.organization and i.part = o.part))`,
    )
    .get()
  const count = (table: string) =>
    Number(database.prepare(`select count(*) as count from ${table}`).get()?.['count'])
  const [lost, missing] = [Number(row?.['lost'] ?? 0), Number(row?.['missing'])]
  // Those that were removed while something was owed go at its end.
  const outlived = Number(
    database
      .prepare(
        `select count(*) as count from index_rows_removed r
         where exists (
           select 1 from index_rows i
           where i.kind = r.kind and i.search_key = r.search_key and i.organization = r.organization)
         and not exists (
           select 1 from organization_rows o
           where o.kind = r.kind and o.search_key = r.search_key and o.organization = r.organization)`,
      )
      .get()?.['count'],
  )
  const added = count('index_rows') - (count('organization_rows') - missing) - outlived
  return [
    ...(lost > 0 ? [`index: ${lost} rows by key are missing`] : []),
    ...(added > 0 ? [`index: ${added} rows by key are nobody's`] : []),
  ]
}

function flush(path: string): void {
  const opened = openSync(path, 'r')
  try {
    fsyncSync(opened)
  } finally {
    closeSync(opened)
  }
}
