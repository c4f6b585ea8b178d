import type { Organization } from '../../core/organization.ts'
import type { RowStamps, StampsFrom } from '../../core/store.ts'
import type { Statement } from './walk.ts'

const COLUMNS = "key, number, created_at, json_extract(document, '$.changed') as changed"

const BEHIND = `select ${COLUMNS} from organizations where key > ? order by key limit ?`

const EVENTS = '(select seq, tenant, record from events where seq > ? order by seq limit ?)'

const SINCE = `select ${COLUMNS} from (select distinct tenant, record from ${EVENTS}) happened
  cross join organizations on organizations.tenant = happened.tenant and id = record`

interface Row {
  readonly key: number
  readonly number: number
  readonly created_at: string
  readonly changed: string
}

/** When organizations changed: the whole documents are not parsed here. */
export function stampsFrom(statement: Statement, from: StampsFrom, limit: number) {
  if ('row' in from) {
    const items = statement(BEHIND).all(from.row, limit).map(stampsOf)
    return { items, end: items.at(-1)?.row ?? from.row, isEnd: items.length < limit }
  }
  // The end first: what happens in between is looked at again.
  const { end, count } = statement(`select max(seq) as end, count(*) as count from ${EVENTS}`).get(
    from.seq,
    limit,
  ) as Record<'end' | 'count', number | null>
  const items = count === 0 ? [] : statement(SINCE).all(from.seq, limit).map(stampsOf)
  return { items, end: Number(end ?? from.seq), isEnd: Number(count) < limit }
}

function stampsOf(row: object): RowStamps {
  const { key, number, created_at: created, changed } = row as Row
  return { row: key, number, created, changed: JSON.parse(changed) as Organization['changed'] }
}
