import type { RowSet } from '../../core/row-set.ts'
import { NO_ROWS, rowSetOf, together, withoutRows } from '../../core/row-set.ts'
import type { Sql } from '../shared/search-conditions.ts'
import { joined } from '../shared/search-conditions.ts'
import type { Journal } from './journal.ts'
import type { Statement } from './walk.ts'

/** Organizations that an index leads to, or that an index tells of some of them. */
export interface List {
  readonly from: 'index_rows' | 'organizations' | 'organizations indexed by organizations_by_state'
  readonly where: Sql
}

/** Long lists of rows, made once and brought up to date. */
export interface KeptLists {
  /** The list as it is in the transaction in which the journal was followed. */
  setOf(list: List): RowSet
}

/** Bytes of all that is kept: of a hundred thousand organizations a list has 12 kB, of a million 125. */
const KEPT_BYTES = 4_000_000

/**
 * Lists as they are now: only organizations that changed since one was made are asked again.
 * @param long UTF-16 units of a list that is worth keeping
 */
export function createKeptLists(statement: Statement, journal: Journal, long: number): KeptLists {
  const kept = new Map<string, { readonly set: RowSet; readonly mark: number }>()
  let bytes = 0

  function drop(name: string): void {
    bytes -= kept.get(name)?.set.byteLength ?? 0
    kept.delete(name)
  }

  function keep(name: string, set: RowSet): void {
    const mark = journal.mark()
    if (mark === undefined) return
    kept.set(name, { set, mark })
    bytes += set.byteLength
    for (const oldest of kept.keys()) {
      if (bytes <= KEPT_BYTES) break
      drop(oldest)
    }
  }

  return {
    setOf(list) {
      const name = JSON.stringify(list)
      const found = kept.get(name)
      drop(name)
      const changed = found && journal.since(found.mark)
      if (found !== undefined && changed !== undefined) {
        const set = changed.length === 0 ? found.set : renewed(statement, list, found.set, changed)
        keep(name, set)
        return set
      }
      const text = textOf(statement, allOf(list))
      const set = rowSetOf(text)
      if (text.length >= long) keep(name, set)
      return set
    },
  }
}

/** All of a list. */
export function listedIn(statement: Statement, sql: Sql): RowSet {
  const text = textOf(statement, sql)
  return text === '' ? NO_ROWS : rowSetOf(text)
}

function textOf(statement: Statement, { text, values }: Sql): string {
  const list = statement(
    `with listed (candidate) as (${text}) select group_concat(candidate) as list from listed`,
  ).get(...values)?.['list']
  return typeof list === 'string' ? list : ''
}

export function allOf({ from, where }: List): Sql {
  const row = from === 'index_rows' ? 'organization' : 'key'
  return { text: `select ${row} from ${from} where ${where.text}`, values: where.values }
}

/** Those of the list that are among some. */
function amongOf({ from, where }: List, rows: readonly number[]): Sql {
  const [row, table] =
    from === 'index_rows' ? ['organization', 'organization_rows'] : ['key', 'organizations']
  const among: Sql = {
    text: `select ${row} from ${table} where ${row} in (select value from json_each(?))`,
    values: [JSON.stringify(rows)],
  }
  return joined([among, where], ' and ')
}

function renewed(statement: Statement, list: List, set: RowSet, changed: readonly number[]): RowSet {
  return together(withoutRows(set, changed), listedIn(statement, amongOf(list, changed)))
}
