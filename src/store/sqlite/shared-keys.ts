import type { SharedKeys, SharedQuery } from '../../core/store.ts'
import type { Sql } from '../shared/search-conditions.ts'
import { hiddenFrom, joined } from '../shared/search-conditions.ts'
import { SPELLING } from './spelling.ts'
import type { statementsOf } from './statements.ts'

/** Index rows of a kind that one look goes through, where few or none are shared. */
const LOOKED_AT = 50_000

type Statement = ReturnType<typeof statementsOf>

/** Goes through the rows of the kind in the order of their keys, as far as one look may. */
export function sharedKeys(statement: Statement, query: SharedQuery): SharedKeys {
  const { tenant, kind, after = '', limit } = query
  const behind: Sql = { text: 'search_key > ?', values: [after] }
  const rows = joined([SPELLING.rowsOf(tenant, kind), behind], ' and ')
  const end = statement(
    `select search_key from index_rows where ${rows.text} order by search_key limit 1 offset ?`,
  ).get(...rows.values, LOOKED_AT)
  const until = end === undefined ? undefined : String(end['search_key'])
  const bound: Sql[] = until === undefined ? [] : [{ text: 'search_key <= ?', values: [until] }]
  const { text, values } = joined([rows, ...bound, ...hiddenFrom(query)], ' and ')
  const keys = statement(
    `select search_key from index_rows where ${text} group by search_key having count(*) > 1 order by search_key limit ?`,
  )
    .all(...values, limit)
    .map(({ search_key: key }) => String(key))
  const next = keys.length === limit ? keys.at(-1) : until
  return next === undefined ? { keys } : { keys, next }
}

export function holdersOf(
  statement: Statement,
  tenant: string,
  kind: string,
  key: string,
  limit: number,
): readonly string[] {
  const { text, values } = SPELLING.rowsOf(tenant, kind)
  return statement(
    `select id from (select organization from index_rows where ${text} and search_key = ?) cross join organizations on organizations.key = organization where state in ('active', 'inactive') limit ?`,
  )
    .all(...values, key, limit)
    .map(({ id }) => String(id))
}
