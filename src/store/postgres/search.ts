import type { Organization } from '../../core/organization.ts'
import type { OrganizationQuery, Page, Position, Stretch, WalkQuery } from '../../core/store.ts'
import { STRETCH_LENGTH } from '../shared/limits.ts'
import { searchSql } from '../shared/search.ts'
import type { Sql } from '../shared/search-conditions.ts'
import type { Connection, Row } from './connections.ts'
import { SPELLING } from './spelling.ts'
import { walk } from './walk.ts'

/** Documents that are fetched at once. */
const AT_ONCE = 50

/** A page of a search, and how many there are. */
export function pageOf(
  connection: Connection,
  query: OrganizationQuery,
  organizationOf: (row: Row) => Organization,
): Promise<Page<Organization>> {
  const { count, probe, page } = searchSql(query, SPELLING)
  return connection.snapshot(async ({ ask, run }) => {
    const totalOf = async ({ text, values }: Sql) => Number((await ask(text, values)).rows[0]?.['total'])
    const itemsOf = async ({ text, values }: Sql) => {
      const keys = (await ask(text, values)).rows.map(({ key }) => key)
      return (await rowsWith({ run }, keys)).map(organizationOf)
    }
    if (query.isUncounted) {
      const items = await itemsOf(page(probe === undefined ? undefined : await totalOf(probe)))
      return { items: items.slice(0, query.limit), total: query.offset + items.length }
    }
    const total = await totalOf(count)
    if (query.limit <= 0 || query.offset >= total) return { items: [], total }
    return { items: await itemsOf(page(total)), total }
  })
}

/** A stretch of an order, in one snapshot. */
export function stretchOf(
  connection: Connection,
  query: WalkQuery,
  organizationOf: (row: Row) => Organization,
): Promise<Stretch> {
  return connection.snapshot(async (snapshot) => {
    const { met, next, total } = await walk(snapshot, query)
    const counted = total === undefined ? {} : { total }
    const items: Organization[] = []
    let length = 0
    for (let from = 0; from < met.length; from += AT_ONCE) {
      const piece = met.slice(from, from + AT_ONCE)
      const rows = await rowsWith(
        snapshot,
        piece.map(({ key }) => key),
      )
      for (const [at, row] of rows.entries()) {
        items.push(organizationOf(row))
        length += String(row['document']).length
        if (length > STRETCH_LENGTH) return { items, next: piece[at]?.place as Position, ...counted }
      }
    }
    return next === undefined ? { items, ...counted } : { items, next, ...counted }
  })
}

/** Of the organizations with these keys, in their order. */
export async function rowsWith(
  { run }: Pick<Connection, 'run'>,
  keys: readonly unknown[],
): Promise<readonly Row[]> {
  const { rows } = await run(
    'select key, document, people_count, people_at, people_shown_at from organizations where key = any($1::bigint[])',
    [keys],
  )
  const found = new Map(rows.map((row) => [row['key'], row]))
  return keys.map((key) => found.get(key) as Row)
}
