import type { Condition, PartLimits, RowCondition, RowTest } from '../../core/query.ts'
import type { WalkOrder, WalkQuery } from '../../core/store.ts'
import type { Sql } from '../shared/search-conditions.ts'
import {
  COLUMNS,
  columnValue,
  isLookedForInVain,
  isRare,
  joined,
  limitsOf,
  memberOf,
  numbersIn,
  rangeOf,
  testOf,
} from '../shared/search-conditions.ts'
import type { List } from './kept-lists.ts'
import { allOf } from './kept-lists.ts'
import { SPELLING } from './spelling.ts'

/** A list of organizations that an index leads to, with all that can match. */
export interface Source {
  readonly sql: Sql
  /** Rows of the list, as far as they were counted. */
  readonly count: number
  /** Lists that it is made of. */
  readonly united: number
}

/** Engines take no more than 500 queries in one. */
const UNITED = 250

/** How many rows a list has, as far as that matters. */
type Count = (sql: Sql) => number

/** The lists that the conditions lead to, the likely shortest first. */
export function* sourcesIn(query: WalkQuery, count: Count): Generator<Source> {
  const conditions = conjunctsOf(query.where).toSorted((left, right) => lengthOf(right) - lengthOf(left))
  for (const condition of conditions) {
    const source = sourceOf(condition, query, count)
    if (source !== undefined) yield source
  }
}

/** All of which must hold. */
export function conjunctsOf(condition: Condition | undefined): readonly Condition[] {
  if (condition === undefined) return []
  return 'all' in condition ? condition.all.flatMap(conjunctsOf) : [condition]
}

/** Whether a condition is where an order begins or ends. */
export function isBound(condition: Condition, by: WalkOrder['by']): boolean {
  return 'range' in condition && condition.column === by
}

/** Undefined where no index leads there. */
function sourceOf(condition: Condition, query: WalkQuery, count: Count): Source | undefined {
  if ('not' in condition) return undefined
  if ('any' in condition) {
    const sources = condition.any.map((one) => sourceOf(one, query, count))
    if (sources.length === 0 || !sources.every((one) => one !== undefined)) return undefined
    const united = sources.reduce((sum, one) => sum + one.united, 0)
    if (united > UNITED) return undefined
    const sql = joined(
      sources.map((one) => one.sql),
      ' union all ',
    )
    return { sql, united, count: sources.reduce((sum, one) => sum + one.count, 0) }
  }
  if ('all' in condition) {
    const sources = condition.all.flatMap((one) => sourceOf(one, query, count) ?? [])
    return sources.toSorted((left, right) => left.count - right.count)[0]
  }
  if ('kind' in condition && isLookedForInVain(condition, query)) return NOTHING
  const list = 'kind' in condition ? rowsOf(condition, query) : recordsOf(condition, query)
  if (list === undefined) return undefined
  const sql = allOf(list)
  return { sql, count: count(sql), united: 1 }
}

/** All that a condition alone finds, whether or not an index leads there; undefined where that is nobody. */
export function listOf(
  condition: Extract<Condition, { readonly kind: string } | { readonly column: string }>,
  query: PartLimits & Pick<WalkQuery, 'tenant'>,
): List | undefined {
  if (!('kind' in condition)) return recordsOf(condition, query)
  return isLookedForInVain(condition, query) ? undefined : anyRowsOf(condition, query)
}

/** A list that costs nothing. */
const NOTHING: Source = { sql: { text: 'select null where false', values: [] }, count: 0, united: 1 }

function recordsOf(
  condition: Extract<Condition, { readonly column: string }>,
  { tenant }: Pick<WalkQuery, 'tenant'>,
): List | undefined {
  const { column } = condition
  if (column === 'state') return undefined
  const name = COLUMNS[column] ?? ''
  const test =
    'range' in condition
      ? rangeOf(name, condition.range, columnValue(column))
      : memberOf(name, column === 'number' ? numbersIn(condition.in) : condition.in)
  const where = joined([{ text: 'tenant = ?', values: [tenant] }, test], ' and ')
  return { from: 'organizations', where }
}

function rowsOf(condition: RowCondition, query: WalkQuery): List | undefined {
  return isRare(condition.test) ? anyRowsOf(condition, query) : undefined
}

function anyRowsOf(condition: RowCondition, query: PartLimits & Pick<WalkQuery, 'tenant'>): List {
  const { kind, test } = condition
  const tests = test === undefined ? [] : [testOf(test, SPELLING)]
  const rows = SPELLING.rowsOf(query.tenant, kind)
  return { from: 'index_rows', where: joined([rows, ...tests, ...limitsOf(condition, query)], ' and ') }
}

/** How much of a key is asked for: the more, the fewer have it. */
function lengthOf(condition: Condition): number {
  if ('not' in condition) return 0
  if ('all' in condition) return Math.max(0, ...condition.all.map(lengthOf))
  if ('any' in condition) return condition.any.length === 0 ? 0 : Math.min(...condition.any.map(lengthOf))
  if (!('kind' in condition)) return 'in' in condition && condition.column !== 'state' ? 100 : 0
  return condition.test === undefined ? 0 : textLength(condition.test)
}

function textLength(test: RowTest): number {
  if ('is' in test) return test.is.length + 1
  if ('startsWith' in test) return test.startsWith.length
  if ('all' in test) return Math.max(0, ...test.all.map(textLength))
  if ('any' in test) return test.any.length === 0 ? 0 : Math.min(...test.any.map(textLength))
  if ('like' in test) return test.like.search(/[*?\\]|$/)
  return 'in' in test ? 1 : 0
}
