import type { RowSet } from '../../core/row-set.ts'
import { NO_ROWS, rowSetOf, together, withoutRows } from '../../core/row-set.ts'
import type { Sql } from '../shared/search-conditions.ts'
import { joined } from '../shared/search-conditions.ts'
import { INDEX_CHANGES } from './index-changes.ts'
import type { Statement } from './walk.ts'

/** Organizations that an index leads to, or that an index tells of some of them. */
export interface List {
  readonly from: 'index_rows' | 'organizations' | 'organizations indexed by organizations_by_state'
  readonly where: Sql
}

/** Long lists of rows, made once and brought up to date by the log. */
export interface KeptLists {
  /** To be called in the transaction that uses them. */
  begin(): void
  setOf(list: List): RowSet
}

/** Bytes of all that is kept: of a hundred thousand organizations a list has 12 kB, of a million 125. */
const KEPT_BYTES = 4_000_000

/** UTF-16 units of a list that is worth keeping: shorter ones are made in a millisecond. */
const LONG = 6_000

/** Events behind which lists are made anew rather than brought up to date. */
const MOST_EVENTS = 1_000

interface Kept {
  set: RowSet
  /** How many of the changes since the beginning it knows of. */
  known: number
}

/**
 * Lists as they are now, whatever process committed: who changed since a list was made stands in the log, and only those
 * are asked again.
 * @param statement prepared on a connection that only reads
 * @see https://www.sqlite.org/pragma.html#pragma_data_version
 */
export function createKeptLists(
  statement: Statement,
  { long, most }: { long: number; most: number } = { long: LONG, most: MOST_EVENTS },
): KeptLists {
  const kept = new Map<string, Kept>()
  let bytes = 0
  /** Rows of organizations in the order in which they changed. */
  let changes: number[] = []
  let version: unknown
  let state: State | undefined

  function forget(): void {
    kept.clear()
    bytes = 0
    changes = []
  }

  function drop(name: string): void {
    bytes -= kept.get(name)?.set.byteLength ?? 0
    kept.delete(name)
  }

  /** Lists that nobody asked for lately are not brought up to date any more. */
  function cut(): void {
    changes = changes.slice(most)
    for (const [name, list] of kept) {
      if (list.known < most) drop(name)
      else list.known -= most
    }
  }

  function keep(name: string, set: RowSet): void {
    kept.set(name, { set, known: changes.length })
    bytes += set.byteLength
    for (const oldest of kept.keys()) {
      if (bytes <= KEPT_BYTES) break
      drop(oldest)
    }
  }

  /** Rows that are made later, or made anew, stand in no log. */
  function isTold(before: State, now: State): boolean {
    return !now.isOwed && now.index === before.index && now.seq - before.seq <= most
  }

  return {
    begin() {
      const now = statement('pragma data_version').get()?.['data_version']
      if (now === version) return
      const before = state
      state = stateOf(statement)
      if (before !== undefined && isTold(before, state)) changes.push(...changedBehind(statement, before.seq))
      else forget()
      if (changes.length > most * 2) cut()
      version = now
    },
    setOf(list) {
      const name = JSON.stringify(list)
      const found = kept.get(name)
      if (found !== undefined) {
        drop(name)
        const changed = [...new Set(changes.slice(found.known))]
        const set = changed.length === 0 ? found.set : renewed(statement, list, found.set, changed)
        keep(name, set)
        return set
      }
      const text = textOf(statement, allOf(list))
      const set = rowSetOf(text)
      if (text.length >= long && state?.isOwed === false) keep(name, set)
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

interface State {
  readonly seq: number
  readonly index: unknown
  readonly isOwed: boolean
}

function stateOf(statement: Statement): State {
  const row = statement(
    `select (select max(seq) from events) as seq, exists (select 1 from index_owed) as is_owed,
      ${INDEX_CHANGES} as "index"`,
  ).get()
  return { seq: Number(row?.['seq']), index: row?.['index'], isOwed: row?.['is_owed'] === 1 }
}

/** The organizations that somebody changed, or whose people, or from which people went. */
function changedBehind(statement: Statement, seq: number): readonly number[] {
  return statement(CHANGED)
    .all(seq)
    .map(({ key }) => Number(key))
}

const CHANGED = `
  with happened as materialized (select seq, tenant, record from events where seq > ?),
  moving as materialized (
    select seq, tenant, organization from happened join people using (tenant) where people.id = record),
  those (tenant, id) as (
    select tenant, record from happened
    union select tenant, organization from moving
    union select tenant, json_extract(document, '$.parts.organization[0]') from moving join events using (seq, tenant))
  select key from those join organizations using (tenant, id)`
