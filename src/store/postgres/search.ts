import type { Organization } from '../../core/organization.ts'
import type { OrganizationQuery, Page } from '../../core/store.ts'
import { searchSql } from '../shared/search.ts'
import type { Sql } from '../shared/search-conditions.ts'
import type { Spelling } from '../shared/spelling.ts'
import type { Connection, Row } from './connections.ts'

const SPELLING: Spelling = {
  contains: 'strpos(search_key, ?) > 0',
  endsWith: (end, length) => ({ text: 'right(search_key, ?) = ?', values: [length, end] }),
  like: 'ilike',
  joinFromLeft: 'join',
  unlimited: null,
}

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
      const { rows } = await run(
        'select key, document, people_count, people_at, people_shown_at from organizations where key = any($1::bigint[])',
        [keys],
      )
      const found = new Map(rows.map((row) => [row['key'], row]))
      return keys.map((key) => organizationOf(found.get(key) as Row))
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
