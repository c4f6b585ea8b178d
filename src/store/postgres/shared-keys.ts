import type { SharedKeys, SharedQuery } from '../../core/store.ts'
import type { Sql } from '../shared/search-conditions.ts'
import { hiddenFrom, joined } from '../shared/search-conditions.ts'
import type { Connection } from './connections.ts'
import { storedKey } from './index-keys.ts'

/** Index rows of a kind that one look goes through, where few or none are shared. */
const LOOKED_AT = 50_000

/** Goes through the rows of the kind in the order of their keys, as far as one look may. */
export async function sharedKeys({ ask }: Connection, query: SharedQuery): Promise<SharedKeys> {
  const { tenant, kind, after = '', limit } = query
  const rows: Sql = {
    text: 'tenant = ? and kind = ? and search_key > ?',
    values: [tenant, kind, storedKey(after).head],
  }
  const { rows: ends } = await ask(
    `select search_key from index_rows where ${rows.text} order by search_key limit 1 offset ?`,
    [...rows.values, LOOKED_AT],
  )
  const until = ends[0] === undefined ? undefined : String(ends[0]['search_key'])
  const bound: Sql[] = until === undefined ? [] : [{ text: 'search_key <= ?', values: [until] }]
  const { text, values } = joined([rows, ...bound, ...hiddenFrom(query)], ' and ')
  const { rows: found } = await ask(
    `select coalesce(max(whole_key), search_key) as shared_key from index_rows where ${text} group by search_key, digest having count(*) > 1 order by search_key limit ?`,
    [...values, limit],
  )
  const keys = found.map((row) => String(row['shared_key']))
  const next = keys.length === limit ? keys.at(-1) : until
  return next === undefined ? { keys } : { keys, next }
}

/** Ids of those that have the key and are not deleted. */
export async function holdersOf(
  { run }: Connection,
  tenant: string,
  kind: string,
  key: string,
  limit: number,
): Promise<readonly string[]> {
  const { head, digest } = storedKey(key)
  const { rows } = await run(
    "select o.id from index_rows i join organizations o on o.tenant = i.tenant and o.id = i.organization where i.tenant = $1 and i.kind = $2 and i.search_key = $3 and i.digest = $4 and o.state in ('active', 'inactive') limit $5",
    [tenant, kind, head, digest, limit],
  )
  return rows.map(({ id }) => String(id))
}
