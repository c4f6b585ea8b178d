import type { Organization } from '../../core/organization.ts'
import type { Condition } from '../../core/query.ts'
import type { RowSet } from '../../core/row-set.ts'
import { rowSetOf } from '../../core/row-set.ts'
import type { RowQuery, RowStamps, StampsFrom } from '../../core/store.ts'
import { isNarrowing, joined, whereOf } from '../shared/search-conditions.ts'
import type { Connection, Row } from './connections.ts'
import { SPELLING } from './spelling.ts'

/** The rows of all that match, in one statement. */
export async function matching(
  { ask }: Connection,
  query: RowQuery,
  among: readonly Condition[],
): Promise<readonly [RowSet, ...RowSet[]]> {
  const { tenant, states: _, where, ...limits } = query
  const isNarrow = where !== undefined && isNarrowing(where)
  const holding = among.map((one, at) => {
    const { text, values } = whereOf({ tenant, ...limits, where: one, ...EACH, isEach: isNarrow })
    return { text: `, string_agg(key::text, ',') filter (${text}) as found_${at + 1}`, values }
  })
  const { text, values } = joined(
    [
      { text: `select string_agg(key::text, ',') as found_0`, values: [] },
      ...holding,
      { text: 'from organizations', values: [] },
      whereOf({ ...query, spelling: SPELLING, isNarrow, isPage: false }),
    ],
    ' ',
  )
  const [row] = (await ask(text, values)).rows
  const setAt = (at: number) => rowSetOf(String(row?.[`found_${at}`] ?? ''))
  return [setAt(0), ...among.map((_one, at) => setAt(at + 1))]
}

const EACH = { spelling: SPELLING, isNarrow: false, isPage: false } as const

const COLUMNS = "o.key, o.number, o.created_at, o.document::json -> 'changed' as changed"

const BEHIND = `select ${COLUMNS} from organizations o where o.key > $1 order by o.key limit $2`

const EVENTS = '(select seq, tenant, record from events where seq > $1 order by seq limit $2) happened'

const SINCE = `select ${COLUMNS} from (select distinct tenant, record from ${EVENTS}) happened
  join organizations o on o.tenant = happened.tenant and o.id = happened.record`

/** When organizations changed: the whole documents are not sent. */
export function stampsFrom(connection: Connection, from: StampsFrom, limit: number) {
  return connection.snapshot(async ({ run }) => {
    if ('row' in from) {
      const items = (await run(BEHIND, [from.row, limit])).rows.map(stampsOf)
      return { items, end: items.at(-1)?.row ?? from.row, isEnd: items.length < limit }
    }
    const asked = [from.seq, limit]
    const [ends] = (await run(`select max(seq) as end, count(*) as count from ${EVENTS}`, asked)).rows
    const count = Number(ends?.['count'])
    const items = count === 0 ? [] : (await run(SINCE, asked)).rows.map(stampsOf)
    return { items, end: Number(ends?.['end'] ?? from.seq), isEnd: count < limit }
  })
}

function stampsOf(row: Row): RowStamps {
  return {
    row: Number(row['key']),
    number: Number(row['number']),
    created: String(row['created_at']),
    changed: row['changed'] as Organization['changed'],
  }
}
