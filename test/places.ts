import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { DatabaseUrl } from '../src/config.ts'
import { TENANT, uuid } from '../src/core/testing/records.ts'
import { openFiles } from '../src/files/index.ts'
import { keyOf, TABLE_NAMES } from '../src/store/copy/tables.ts'
import { openSource, openStore, openStoredFiles } from '../src/store/index.ts'
import { numbered, personNumbered, saving } from '../src/store/testing/changes.ts'
import { newSchema } from '../src/store/testing/open-store.ts'
import type { PostgresServer } from '../src/store/testing/postgres-server.ts'
import { postgresIsMissing, query, startPostgres } from '../src/store/testing/postgres-server.ts'
import type { Fill } from '../src/store/testing/random-directory.ts'

export type Engine = DatabaseUrl['engine']

export const ENGINES: readonly Engine[] = ['sqlite', 'postgres']

/** Why a test of these engines is skipped. */
export const skipOf = (...engines: readonly Engine[]): string | false =>
  engines.includes('postgres') ? (postgresIsMissing() ?? false) : false

const folder = mkdtempSync(join(tmpdir(), 'polydex-copy-'))
let server: PostgresServer | undefined
let made = 0

/** To be called before any place of PostgreSQL is asked for. */
export async function startPlaces(): Promise<void> {
  if (postgresIsMissing() === undefined) server = await startPostgres()
}

export async function removePlaces(): Promise<void> {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** A place where nothing is yet. */
export async function place(engine: Engine): Promise<DatabaseUrl> {
  made += 1
  if (engine === 'sqlite') return { engine, path: join(folder, String(made), 'polydex.db') }
  return { engine, url: await newSchema(server?.url ?? '') }
}

/** A directory with that in it, and its files. */
export async function filled(engine: Engine, fill: Fill): Promise<DatabaseUrl> {
  const database = await place(engine)
  await withStore(database, true, async (store) => {
    const { files, close } =
      database.engine === 'postgres' ? openStoredFiles(database.url) : openFiles(database)
    await fill(store, files)
    close()
  })
  return database
}

export async function withStore<T>(
  database: DatabaseUrl,
  mayCreate: boolean,
  work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>,
): Promise<T> {
  const store = await openStore(database, { mayCreate })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Everything in a directory; engines order rows with long keys differently. */
export async function contentOf(database: DatabaseUrl): Promise<Readonly<Record<string, readonly string[]>>> {
  const source = await openSource(database)
  const content: Record<string, readonly string[]> = {}
  for (const table of TABLE_NAMES) {
    const found: string[] = []
    for (let rows = await source.rows(table, undefined); rows.length > 0; ) {
      found.push(...rows.map((row) => JSON.stringify(row)))
      rows = await source.rows(table, keyOf(table, rows.at(-1) ?? []))
    }
    content[table] = found.toSorted()
  }
  const files = source.files ?? openFiles(database as { path: string }).files
  const kept: string[] = []
  for (const id of await files.ids('', 1000)) kept.push(`${id} ${(await files.get(id))?.join()}`)
  await source.close()
  return { ...content, files: kept }
}

/** Organizations and people 1 to `count`, each with a note; two files. */
export const some =
  (count: number): Fill =>
  async (store, files) => {
    for (let number = 1; number <= count; number += 1) {
      const organization = numbered(number, { note: `note ${number}` })
      const person = personNumbered(number, { organization: organization.id })
      await store.transact(async (transactor) => {
        await transactor.nextNumber(TENANT.id, 'organization')
        await transactor.save(saving([organization, person]))
      })
    }
    await files.put(uuid(1), new Uint8Array([1, 2, 3]))
    await files.put(uuid(2), new Uint8Array(0))
  }

/** Tells a database, of whichever engine, what no store would. */
export async function execute(database: DatabaseUrl, postgres: string, sqlite: string): Promise<void> {
  if (database.engine === 'postgres') {
    await query(database.url, postgres)
    return
  }
  const opened = new DatabaseSync(database.path)
  opened.exec(sqlite)
  opened.close()
}

/** Columns of each table. */
export async function columnsIn(database: DatabaseUrl): Promise<Readonly<Record<string, readonly string[]>>> {
  const rows = await (async () => {
    if (database.engine === 'postgres') {
      return query(
        database.url,
        'select table_name as name, column_name as column from information_schema.columns where table_schema = current_schema()',
      )
    }
    const opened = new DatabaseSync(database.path)
    const found = opened
      .prepare(
        "select m.name as name, c.name as column from sqlite_schema m, pragma_table_info(m.name) c where m.type = 'table'",
      )
      .all()
    opened.close()
    return found
  })()
  return Object.fromEntries(
    Object.entries(Object.groupBy(rows, ({ name }) => String(name))).map(([name, columns = []]) => [
      name,
      columns.map(({ column }) => String(column)),
    ]),
  )
}
