import { EVERYTHING } from '../../core/query.ts'
import type { OrganizationQuery, RowQuery } from '../../core/store.ts'
import type { Sql } from './search-conditions.ts'
import { isLedByRows, isNarrowing, searchCondition, whereOf } from './search-conditions.ts'
import { orderOf, walkOf } from './search-order.ts'
import type { Spelling } from './spelling.ts'

/** The statements of a search: how many there are, and which are on the page. */
export interface SearchSql {
  readonly count: Sql
  /** Counts only so far as the way to the page depends on it; undefined where it does not, or all are counted. */
  readonly probe: Sql | undefined
  /**
   * Keys of the page in its order, with one more of a search that does not count.
   * @param total as counted or probed; undefined where neither was asked
   * @param all organizations of the tenant, where that is known at no cost
   */
  readonly page: (total: number | undefined, all?: number) => Sql
}

/** So few that they are sorted rather than met on the way along the numbers, or the names, of all. */
const FEW = 20_000

export function searchSql(query: OrganizationQuery, spelling: Spelling): SearchSql {
  const isNarrow = query.where !== undefined && isNarrowing(query.where)
  const count = whereOf({ ...query, spelling, isNarrow, isPage: false })
  const page = whereOf({ ...query, spelling, isNarrow, isPage: true })
  const from = `from organizations ${query.where !== undefined && isLedByRows(query.where) ? spelling.ledByRows : ''}`
  const limit = Number.isFinite(query.limit) ? query.limit + (query.isUncounted ? 1 : 0) : spelling.unlimited
  const walk = walkOf(query, spelling)
  const isProbed = query.isUncounted && isNarrow && walk !== undefined && !walk.isWithin
  return {
    count: { text: `select count(*) as total ${from} ${count.text}`, values: count.values },
    probe: isProbed
      ? {
          text: `select count(*) as total from (select 1 ${from} ${page.text} limit ${FEW + 1}) counted`,
          values: page.values,
        }
      : undefined,
    page: (total, all = Infinity) => {
      const isFew = total === undefined ? isNarrow : total <= FEW && !isSoonMet(total, all, query)
      if (walk !== undefined && (walk.isWithin || !isFew)) {
        const { text, values } = whereOf({ ...query, ...walk.rest, spelling, isNarrow, isPage: true })
        return {
          text: `select key ${walk.from.text} ${text} order by ${walk.order} limit ? offset ?`,
          values: [...walk.from.values, ...values, limit, query.offset],
        }
      }
      // The plus keeps the engine from walking along the index of numbers.
      const order = orderOf(query, isFew ? '+number' : 'number', spelling)
      return {
        text: `select key ${from} ${page.text} order by ${order.text} limit ? offset ?`,
        values: [...page.values, ...order.values, limit, query.offset],
      }
    },
  }
}

/** Whether a page is full after fewer looks along the order than there are to sort. */
function isSoonMet(total: number, all: number, { offset, limit }: OrganizationQuery): boolean {
  return (offset + limit) * all < total * total
}

/** The same without a page. */
export function rowQueryOf({
  search,
  where = EVERYTHING,
  among = EVERYTHING,
  sort: _,
  isUncounted: __,
  offset: ___,
  limit: ____,
  ...rest
}: OrganizationQuery): RowQuery {
  const named = search === undefined ? EVERYTHING : searchCondition(search)
  return { ...rest, where: { all: [where, named, among] } }
}
