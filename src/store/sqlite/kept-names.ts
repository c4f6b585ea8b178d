import { compareText } from '../../core/row-matching.ts'
import type { RowSet } from '../../core/row-set.ts'
import { hasRow } from '../../core/row-set.ts'
import { joined } from '../shared/search-conditions.ts'
import type { Journal } from './journal.ts'
import { SPELLING } from './spelling.ts'
import type { Statement } from './walk.ts'

/** Rows of all organizations of a tenant in the order of their names, brought up to date: 400 kB of a hundred thousand. */
export interface KeptNames {
  /**
   * The first of a set behind a name, as it is in the transaction in which the journal was followed. Of equal names, any
   * comes first.
   * @param most of them, unless there are fewer
   */
  first(
    tenant: string,
    set: RowSet,
    order: { readonly descending: boolean; readonly after?: string | undefined },
    most: number,
  ): readonly number[]
}

/** Tenants whose names are kept. */
const KEPT = 4

/** So many that all names are read anew: the place of one is found by some 17 looks. */
const MOST_MOVED = 200

export function createKeptNames(statement: Statement, journal: Journal): KeptNames {
  const kept = new Map<string, { readonly rows: Uint32Array; readonly mark: number }>()

  function rowsOf(tenant: string): Uint32Array {
    const found = kept.get(tenant)
    kept.delete(tenant)
    const changed = found && journal.since(found.mark)
    const isNear = changed !== undefined && changed.length <= MOST_MOVED
    const rows =
      found !== undefined && isNear ? moved(statement, tenant, found.rows, changed) : read(statement, tenant)
    const mark = journal.mark()
    if (mark !== undefined) kept.set(tenant, { rows, mark })
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? '')
    return rows
  }

  return {
    first(tenant, set, { descending, after }, most) {
      const rows = rowsOf(tenant)
      const found: number[] = []
      const step = descending ? -1 : 1
      let at = descending ? rows.length - 1 : 0
      if (after !== undefined) {
        const place = { name: after, row: descending ? 0 : Number.MAX_SAFE_INTEGER }
        at = placeOf(statement, tenant, rows, place) - (descending ? 1 : 0)
      }
      for (; at >= 0 && at < rows.length && found.length < most; at += step) {
        const row = rows[at] as number
        if (hasRow(set, row)) found.push(row)
      }
      return found
    },
  }
}

function read(statement: Statement, tenant: string): Uint32Array {
  const { text, values } = SPELLING.rowsOf(tenant, 'name')
  const list = statement(
    `select group_concat(organization) as list from (select organization from index_rows where ${text} order by search_key, organization)`,
  ).get(...values)?.['list']
  return typeof list === 'string' ? Uint32Array.from(list.split(','), Number) : new Uint32Array(0)
}

interface Named {
  readonly name: string
  readonly row: number
}

/** The order with those that changed in the places that they have now. */
function moved(
  statement: Statement,
  tenant: string,
  rows: Uint32Array,
  changed: readonly number[],
): Uint32Array {
  if (changed.length === 0) return rows
  const places = changed.map((row) => rows.indexOf(row)).filter((at) => at >= 0)
  places.sort((left, right) => left - right)
  const rest = new Uint32Array(rows.length - places.length)
  for (const [at, from] of [-1, ...places].entries())
    rest.set(rows.subarray(from + 1, places[at]), from + 1 - at)
  const come = namesOf(statement, tenant, changed).map((named) => ({
    ...named,
    at: placeOf(statement, tenant, rest, named),
  }))
  come.sort(compare)
  const all = new Uint32Array(rest.length + come.length)
  let from = 0
  for (const [before, { row, at }] of come.entries()) {
    all.set(rest.subarray(from, at), from + before)
    all[at + before] = row
    from = at
  }
  all.set(rest.subarray(from), from + come.length)
  return all
}

/** How many rows stand before a place. */
function placeOf(statement: Statement, tenant: string, rows: Uint32Array, place: Named): number {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const [there] = namesOf(statement, tenant, [rows[middle] as number])
    if (there !== undefined && compare(there, place) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

function compare(left: Named, right: Named): number {
  return compareText(left.name, right.name) || left.row - right.row
}

function namesOf(statement: Statement, tenant: string, rows: readonly number[]): readonly Named[] {
  const { text, values } = joined(
    [
      {
        text: 'select organization as row, search_key as name from organization_rows where organization in (select value from json_each(?))',
        values: [JSON.stringify(rows)],
      },
      SPELLING.rowsOf(tenant, 'name'),
    ],
    ' and ',
  )
  return statement(text).all(...values) as unknown as readonly Named[]
}
