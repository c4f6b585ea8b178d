import type { PoolClient } from 'pg'
import type { Move, Rows, Source, Target } from '../copy/port.ts'
import { BUSY, LENGTH_AT_ONCE, OCCUPIED, ROWS_AT_ONCE } from '../copy/port.ts'
import type { CellKind, Cells, TableName } from '../copy/tables.ts'
import { columnsOf, tableOf } from '../copy/tables.ts'
import { on, openPool } from './connections.ts'
import { filesOver } from './files.ts'
import { openPostgres } from './index.ts'
import { storedKey } from './index-keys.ts'
import { FINISH_COPY, isBeingCopiedTo, migrateForCopy } from './migrations.ts'

/** Longest that one statement of a copy may take: some look at a whole table. */
const STATEMENT_WITHIN_MS = 3_600_000

/** A database as it is now; older schemas are brought up to date first. @throws Error */
export async function openPostgresSource(url: string): Promise<Source> {
  await (await openPostgres(url, false)).close()
  const { client, close } = await connect(url)
  // The snapshot is taken by the first thing that is read.
  await ask(client, 'begin isolation level repeatable read, read only')
  await ask(client, 'set local idle_in_transaction_session_timeout = 0')
  await ask(client, 'set local statement_timeout = 0')
  await ask(client, 'select version from settings_version')
  return {
    ...rowsOf(client),
    files: filesOver(on(client, () => {})),
    async lastEvent() {
      const [row] = await ask(
        client,
        `select ${columnsOf('events').join(', ')} from events order by seq desc limit 1`,
      )
      return row === undefined ? undefined : cellsOf('events', row)
    },
    close,
  }
}

/** A schema without our tables, or one that a copy has begun. @throws Error */
export async function openPostgresTarget(url: string): Promise<Target> {
  const { client, close } = await connect(url)

  async function inTransaction({ before, after }: Move, ...statements: Statement[]): Promise<void> {
    await ask(client, 'begin isolation level read committed')
    try {
      if (!(await isBeingCopiedTo(client))) throw new Error(BUSY)
      const text = 'update copying set mark = $1 where mark = $2 returning 1'
      if ((await ask(client, text, [after, before])).length !== 1) throw new Error(BUSY)
      for (const { text, values } of statements) await ask(client, text, values)
      await ask(client, 'commit')
    } catch (error) {
      await ask(client, 'rollback').catch(() => {})
      // The other one was done while this one waited for the mark.
      if ((error as { code?: unknown }).code === UNDEFINED_TABLE) throw new Error(BUSY, { cause: error })
      throw error
    }
  }
  // A commit that the server forgets when it falls is copied again; the last one is flushed with all before it.
  const forgettable = { text: 'set local synchronous_commit = off', values: [] }

  return {
    ...rowsOf(client),
    files: filesOver(on(client, () => {})),
    async mark() {
      if (await isBeingCopiedTo(client)) {
        const [row] = await ask(client, 'select mark from copying')
        return row === undefined ? undefined : String(row[0])
      }
      const [row] = await ask(client, "select to_regclass('schema_version') is null")
      if (row?.[0] !== true) throw new Error(OCCUPIED)
      return undefined
    },
    begin: (mark) => migrateForCopy(client, mark),
    put: (table, rows, move) => inTransaction(move, forgettable, insertOf(table, rows)),
    move: (move) => inTransaction(move, forgettable),
    async seal(mark) {
      await ask(client, 'analyze organizations, people, index_rows, objects, events')
      await inTransaction(
        { before: mark, after: mark },
        { text: 'set local synchronous_commit = on', values: [] },
        { text: CONTINUE_LOG, values: [] },
        ...FINISH_COPY.split('; ').map((text) => ({ text, values: [] })),
      )
    },
    close,
  }
}

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UNDEFINED_TABLE = '42P01'

/** New events get the next numbers. */
const CONTINUE_LOG =
  "select setval(pg_get_serial_sequence('events', 'seq'), max(seq)) from events having max(seq) is not null"

interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/** How the rows of a table are kept here. */
interface Kept {
  readonly columns: readonly string[]
  readonly kept: (row: Cells) => Cells
  /** What gives a row as it is anywhere. */
  readonly given: readonly string[]
  /** What rows are ordered by, and the values of one that stands there. */
  readonly order: readonly string[]
  readonly place: (key: Cells) => Cells
}

function keptRows(table: TableName): Kept {
  const columns = columnsOf(table)
  if (table !== 'index_rows') {
    const same = (cells: Cells) => cells
    return { columns, kept: same, given: columns, order: tableOf(table).key, place: same }
  }
  return {
    columns: ['tenant', 'kind', 'search_key', 'digest', 'whole_key', 'organization', 'part'],
    kept([tenant = '', kind = '', key, organization = '', part = '']) {
      const { head, digest, whole } = storedKey(String(key))
      return [tenant, kind, head, digest, whole, organization, part]
    },
    given: columns.map((column) => (column === 'search_key' ? 'coalesce(whole_key, search_key)' : column)),
    order: ['tenant', 'kind', 'search_key', 'digest', 'organization'],
    place([tenant = '', kind = '', key, organization = '']) {
      const { head, digest } = storedKey(String(key))
      return [tenant, kind, head, digest, organization]
    },
  }
}

function insertOf(table: TableName, rows: readonly Cells[]): Statement {
  const { columns, kept } = keptRows(table)
  const kinds: Readonly<Record<string, CellKind>> = tableOf(table).columns
  const lists = columns.map((column, at) => `$${at + 1}::${kinds[column] === 'number' ? 'bigint' : 'text'}[]`)
  const stored = rows.map(kept)
  return {
    text: `insert into ${table} (${columns.join(', ')}) overriding system value select * from unnest(${lists.join(', ')})`,
    values: columns.map((_, at) => stored.map((row) => row[at])),
  }
}

function rowsOf(client: PoolClient): Rows {
  return {
    async count(table) {
      const [row] = await ask(client, `select count(*) from ${table}`)
      return Number(row?.[0])
    },
    async rows(table, after) {
      const { columns, given, order, place } = keptRows(table)
      const by = order.join(', ')
      const behind = order.map((_, at) => `$${at + 1}`).join(', ')
      const where = after === undefined ? '' : `where (${by}) > (${behind})`
      // Documents are as long as they like: of those that come next, as many as fit.
      const length = columns.includes('document') ? 'octet_length(document)' : '0'
      const text = `select ${given.join(', ')} from (
          select ${columns.join(', ')},
            sum(${length}) over (order by ${by} rows between unbounded preceding and 1 preceding) as length_before
          from ${table} ${where} order by ${by} limit ${ROWS_AT_ONCE}) as next
        where coalesce(length_before, 0) < ${LENGTH_AT_ONCE} order by ${by}`
      const found = await ask(client, text, after === undefined ? [] : place(after))
      return found.map((row) => cellsOf(table, row))
    },
  }
}

/** Numbers come as text, which they are in no other place. */
function cellsOf(table: TableName, row: readonly unknown[]): Cells {
  const kinds = Object.values(tableOf(table).columns)
  return row.map((cell, at) => (kinds[at] === 'number' ? Number(cell) : (cell as string | null)))
}

async function ask(
  client: PoolClient,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly (readonly unknown[])[]> {
  const query = { text, values: [...values], rowMode: 'array' as const, query_timeout: STATEMENT_WITHIN_MS }
  return (await client.query<unknown[]>(query)).rows
}

async function connect(url: string): Promise<{ readonly client: PoolClient; close(): Promise<void> }> {
  const pool = openPool(url, 1)
  const client = await pool.connect().catch(async (error: unknown) => {
    await pool.end()
    throw error
  })
  return {
    client,
    async close() {
      client.release(true)
      await pool.end()
    },
  }
}
