import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Rows } from '../copy/port.ts'
import { LENGTH_AT_ONCE, ROWS_AT_ONCE } from '../copy/port.ts'
import type { Cells, TableName } from '../copy/tables.ts'
import { columnsOf, keyOf, tableOf } from '../copy/tables.ts'
import { statementsOf } from './statements.ts'

/** Reads rows in the order of their keys: each table once from beginning to end, wherever it begins. */
export function rowsOf(database: DatabaseSync): Rows {
  const statement = statementsOf(database)
  /** Rows of a table that are being read, behind that one. */
  const reading = new Map<TableName, { readonly rows: Iterator<Cells>; readonly after: string }>()

  /** Goes on where the last look ended: what sorts rows that share a key does it once. */
  function rowsBehind(table: TableName, after: Cells | undefined): Iterator<Cells> {
    const before = reading.get(table)
    if (before !== undefined && before.after === JSON.stringify(after)) return before.rows
    const asked = database.prepare(selectFrom(table, after !== undefined))
    return cellsOf(asked, after ?? [])
  }

  return {
    async count(table) {
      return Number(statement(`select count(*) as count from ${table}`).get()?.['count'])
    },
    async rows(table, after) {
      const rows = rowsBehind(table, after)
      const found: Cells[] = []
      let length = 0
      while (found.length < ROWS_AT_ONCE && length <= LENGTH_AT_ONCE) {
        const next = rows.next()
        if (next.done === true) break
        found.push(next.value)
        for (const cell of next.value) length += typeof cell === 'string' ? cell.length : 0
      }
      const last = found.at(-1)
      if (last === undefined) reading.delete(table)
      else reading.set(table, { rows, after: JSON.stringify(keyOf(table, last)) })
      return found
    },
  }
}

function* cellsOf(asked: StatementSync, values: Cells): Generator<Cells> {
  for (const row of asked.iterate(...values)) yield Object.values(row) as Cells
}

function selectFrom(table: TableName, isBehind: boolean): string {
  if (table === 'index_rows') return selectIndexRows(isBehind)
  const key = tableOf(table).key.join(', ')
  const marks = tableOf(table).key.map(() => '?')
  const where = isBehind ? ` where (${key}) > (${marks.join(', ')})` : ''
  return `select ${columnsOf(table).join(', ')} from ${table}${where} order by ${key}`
}

/** The rows with the texts that they have numbers for. Each look-up goes along an index; only rows that share a key are sorted. */
function selectIndexRows(isBehind: boolean): string {
  const where = isBehind
    ? `where (k.tenant, k.name) >= (?1, ?2)
         and i.search_key >= case when k.tenant = ?1 and k.name = ?2 then ?3 else '' end
         and (k.tenant, k.name, i.search_key, o.id) > (?1, ?2, ?3, ?4)`
    : ''
  return `select k.tenant, k.name, i.search_key, o.id, i.part
    from index_kinds k cross join index_rows i on i.kind = k.id cross join organizations o on o.key = i.organization
    ${where} order by k.tenant, k.name, i.search_key, o.id`
}

/** Writes rows as they came from any engine. */
export function insertOf(database: DatabaseSync, table: TableName): (row: Cells) => void {
  if (table === 'index_rows') return insertOfIndexRows(database)
  const columns = columnsOf(table)
  const marks = columns.map(() => '?').join(', ')
  const insert = database.prepare(`insert into ${table} (${columns.join(', ')}) values (${marks})`)
  return (row) => {
    insert.run(...row)
  }
}

function insertOfIndexRows(database: DatabaseSync): (row: Cells) => void {
  const name = database.prepare('insert into index_kinds (tenant, name) values (?, ?) on conflict do nothing')
  const insert = database.prepare(
    `insert into index_rows (kind, search_key, organization, part) values (
      (select id from index_kinds where tenant = ?1 and name = ?2), ?3,
      (select key from organizations where tenant = ?1 and id = ?4), ?5)`,
  )
  let named: Cells = []
  return (row) => {
    const [tenant = '', kind = ''] = row
    if (tenant !== named[0] || kind !== named[1]) {
      name.run(tenant, kind)
      named = [tenant, kind]
    }
    insert.run(...row)
  }
}
