import type { WalkQuery } from '../../core/store.ts'
import type { Sql } from '../shared/search-conditions.ts'
import { joined, whereOf } from '../shared/search-conditions.ts'
import { SPELLING } from './spelling.ts'
import type { Statement } from './walk.ts'
import { KEY_COLUMNS, orderOf, placeOf } from './walk.ts'
import { sourcesIn } from './walk-sources.ts'

/** Rows of a list that is kept beside the way: some 20 ms. */
const LISTED = 80_000

/** Indexes that hold an order and nothing more: a way along one of them costs little where a list tells what to pass over. */
const INDEXES: Readonly<Record<'number' | 'createdAt' | 'shownAt', string>> = {
  number: 'organizations_by_number',
  createdAt: 'organizations_by_created_at',
  shownAt: 'organizations_by_shown_at',
}

/**
 * All that match, along the whole of an order: asked of those alone that are in a list that leads to them, and that list
 * is made once. Undefined where no list is short enough, or the order is that of names.
 */
export function listedWalk(statement: Statement, query: WalkQuery): Sql | undefined {
  const { tenant, along, after, limit } = query
  const { by } = along
  if (by === 'name') return undefined
  const source = shortestSource(statement, query)
  if (source === undefined) return undefined
  const key = KEY_COLUMNS[by]
  const each = whereOf({ ...query, spelling: SPELLING, isNarrow: true, isPage: true, isEach: true })
  return joined(
    [
      {
        text: `select key, number, ${key} as sort_key from organizations indexed by ${INDEXES[by]}`,
        values: [],
      },
      { text: 'where tenant = ? and', values: [tenant] },
      { text: `key in (${source.text}) and`, values: source.values },
      placeOf(along, after, key),
      { text: each.text.replace('where ', 'and '), values: each.values },
      { text: `order by ${orderOf(along, key)} limit ?`, values: [limit + 1] },
    ],
    ' ',
  )
}

/** Counts each list no further than the shortest so far. */
function shortestSource(statement: Statement, query: WalkQuery): Sql | undefined {
  let shortest: Sql | undefined
  let most = LISTED
  const count = ({ text, values }: Sql) =>
    Number(statement(`select count(*) as count from (${text} limit ?)`).get(...values, most + 1)?.['count'])
  for (const source of sourcesIn(query, count)) {
    if (source.count > most) continue
    shortest = source.sql
    most = source.count
  }
  return shortest
}
