import type { RowSet } from '../../core/row-set.ts'
import { common, eachRow, hasRow, NO_ROWS, rowSetOf, rowsIn, sizeOfSet } from '../../core/row-set.ts'
import type { WalkQuery } from '../../core/store.ts'
import type { Sql } from '../shared/search-conditions.ts'
import { joined, rangeOf } from '../shared/search-conditions.ts'
import { countIn } from './counts.ts'
import type { KeptNames } from './kept-names.ts'
import { SPELLING } from './spelling.ts'
import type { Statement, Walked } from './walk.ts'
import { gathered, KEY_COLUMNS, orderOf, placeOf } from './walk.ts'

/** So few that all of them may be sorted. */
const FEW = 2_500

/** Rows of an order that are looked at in the time that sorting one takes: in an index, and where the order is kept. */
const LOOKS = 16
const KEPT_LOOKS = 1_000

/** How many times as many rows are looked at first as a page likely takes; then four times that, and then all that are left. */
const ENOUGH = 2

/** A stretch of those in a set, which is full unless it is the last: the order is gone along by what indexes alone tell. */
export function walkIn(statement: Statement, set: RowSet, query: WalkQuery, names?: KeptNames): Walked {
  const { tenant, along, limit, after } = query
  const size = sizeOfSet(set)
  const all = countIn(statement, tenant, () => true)
  const looks = Math.min(all, Math.ceil(ENOUGH * (limit + 1) * (all / Math.max(1, size))))
  const few = Math.min(FEW, looks / (names !== undefined && along.by === 'name' ? KEPT_LOOKS : LOOKS))
  const rows = size <= few ? rowsIn(set) : firstOf(statement, set, query, looks, names)
  const list: Sql = { text: 'select value from json_each(?)', values: [`[${rows.join(',')}]`] }
  return gathered(statement, { tenant, along, limit, ...(after !== undefined && { after }) }, list)
}

/** The first of the set behind the place, one more than are asked for, and maybe some more. */
function firstOf(
  statement: Statement,
  set: RowSet,
  query: WalkQuery,
  looks: number,
  names?: KeptNames,
): readonly number[] {
  const { along, after, limit } = query
  const { by, descending } = along
  if (by !== 'name') return met(statement, set, stepsOf(query), looks, limit + 1)
  // Of equal names, numbers tell which comes first: rows of the index do not.
  const same = (name: string) => rowsIn(namedIn(statement, set, query, name))
  const bound = descending ? { to: after?.key ?? '' } : { from: after?.key ?? '' }
  const range = after === undefined ? {} : { ...bound, excludes: 'both' as const }
  const first =
    names?.first(query.tenant, set, { descending, after: after?.key }, limit + 1) ??
    met(statement, set, namesOf(query, range), looks, limit + 1)
  const last = first.at(-1)
  const lastName = last === undefined ? undefined : nameOf(statement, query, last)
  const equals = new Set([after?.key, lastName].filter((name) => name !== undefined))
  return [...new Set([...first, ...[...equals].flatMap(same)])]
}

/**
 * Those of a set that are met first.
 * @param looks after which enough are likely met
 * @param most of them, unless there are fewer
 */
function met(statement: Statement, set: RowSet, steps: Sql, looks: number, most: number): readonly number[] {
  const found: number[] = []
  for (const [limit, offset] of [
    [looks, 0],
    [looks * 4, looks],
    [-1, looks * 5],
  ] as const) {
    const list = statement(`select group_concat(step) as list from (${steps.text} limit ? offset ?)`).get(
      ...steps.values,
      limit,
      offset,
    )?.['list']
    if (typeof list !== 'string') break
    eachRow(list, (row) => {
      if (hasRow(set, row)) found.push(row)
      return found.length < most
    })
    if (found.length >= most) break
  }
  return found
}

function stepsOf({ tenant, along, after }: WalkQuery): Sql {
  const key = along.by === 'name' ? '' : KEY_COLUMNS[along.by]
  return joined(
    [
      { text: 'select key as step from organizations where tenant = ? and', values: [tenant] },
      placeOf(along, after, key),
      { text: `order by ${orderOf(along, key)}`, values: [] },
    ],
    ' ',
  )
}

function namesOf({ tenant, along }: WalkQuery, range: Parameters<typeof rangeOf>[1]): Sql {
  const { text, values } = joined(
    [SPELLING.rowsOf(tenant, 'name'), rangeOf('search_key', range, (name) => name)],
    ' and ',
  )
  const order = `order by search_key${along.descending ? ' desc' : ''}`
  return { text: `select organization as step from index_rows where ${text} ${order}`, values }
}

function namedIn(statement: Statement, set: RowSet, query: WalkQuery, name: string): RowSet {
  const { text, values } = namesOf(query, { from: name, to: name })
  const list = statement(`select group_concat(step) as list from (${text})`).get(...values)?.['list']
  return typeof list === 'string' ? common(set, rowSetOf(list)) : NO_ROWS
}

function nameOf(statement: Statement, { tenant }: WalkQuery, row: number): string | undefined {
  const { text, values } = SPELLING.rowsOf(tenant, 'name')
  const found = statement(
    `select min(search_key) as name from organization_rows where organization = ? and ${text}`,
  ).get(row, ...values)
  return found?.['name'] === null ? undefined : String(found?.['name'])
}
