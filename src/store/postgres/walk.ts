import type { Position, Stretch, WalkOrder, WalkQuery } from '../../core/store.ts'
import type { Sql } from '../shared/search-conditions.ts'
import { isNarrowing, joined, whereOf } from '../shared/search-conditions.ts'
import type { Connection } from './connections.ts'
import { SPELLING } from './spelling.ts'

/** So few that they are all found and sorted, rather than met along the order. */
const FEW = 2_500

/** Organizations that are looked at along the order at first, and at most in one stretch: most of them in vain. */
const FIRST_LOOK = 250
const LOOKED_AT = 2_500

/** Where the organizations of a stretch are, in order, and where to go on. */
interface Walked extends Pick<Stretch, 'next' | 'total'> {
  readonly met: readonly { readonly key: unknown; readonly place: Position }[]
}

/** Finds all where an index leads to few, by the engine's own statistics; else goes along the order until the stretch is full. */
export async function walk(connection: Connection, query: WalkQuery): Promise<Walked> {
  const { where, among, ...rest } = query
  const { isEach: _, ...PAGE } = EACH
  const each = { ...rest, ...(where !== undefined && { where }), ...PAGE }
  const matching = whereOf(each)
  if (query.isCounted) {
    const found = joined([{ text: 'true as holds', values: [] }, from(query, matching)], ' ')
    const stretch = stretchOf(await looked(connection, query, found, query.limit + 1), query.limit, Infinity)
    return { ...stretch, total: await countOf(connection, whereOf({ ...each, isPage: false })) }
  }
  if (where !== undefined && isNarrowing(where) && (await areFew(connection, matching))) {
    const found = joined([{ text: 'true as holds', values: [] }, from(query, matching)], ' ')
    return stretchOf(await looked(connection, query, found, query.limit + 1), query.limit, Infinity)
  }
  const holds = whereOf({ ...each, ...EACH })
  // The others are passed over where they are: how many there are is told by nothing.
  const all = whereOf({ tenant: query.tenant, ...(among && { where: among }), ...EACH })
  const test: Sql = {
    text: `coalesce((${holds.text.replace('where ', '')}), false) as holds`,
    values: holds.values,
  }
  const met = joined([test, from(query, all)], ' ')
  for (const most of [FIRST_LOOK, LOOKED_AT]) {
    const stretch = stretchOf(await looked(connection, query, met, most), query.limit, most)
    if (stretch.met.length === query.limit || stretch.next === undefined || most === LOOKED_AT) return stretch
  }
  return { met: [] }
}

const EACH = { spelling: SPELLING, isNarrow: true, isPage: true, isEach: true } as const

async function countOf(connection: Connection, { text, values }: Sql): Promise<number> {
  const { rows } = await connection.ask(`select count(*) as count from organizations ${text}`, values)
  return Number(rows[0]?.['count'])
}

async function areFew(connection: Connection, { text, values }: Sql): Promise<boolean> {
  const { rows } = await connection.ask(
    `select count(*) as count from (select 1 from organizations ${text} limit ?) counted`,
    [...values, FEW + 1],
  )
  return Number(rows[0]?.['count']) <= FEW
}

interface Row {
  readonly key: unknown
  readonly number: number
  readonly sort_key: string
  readonly holds: boolean
}

async function looked(
  connection: Connection,
  { along, after }: WalkQuery,
  rest: Sql,
  most: number,
): Promise<readonly Row[]> {
  const key = SORT_KEYS[along.by]
  const { text, values } = joined(
    [
      { text: `select organizations.key, number, ${key} as sort_key,`, values: [] },
      rest,
      placeOf(along, after, key),
      { text: `order by ${orderOf(along, key)} limit ?`, values: [most] },
    ],
    ' ',
  )
  const { rows } = await connection.ask(text, values)
  return rows.map((row) => ({
    key: row['key'],
    number: Number(row['number']),
    sort_key: String(row['sort_key']),
    holds: row['holds'] === true,
  }))
}

/** Where each order finds its key. */
const SORT_KEYS: Readonly<Record<WalkOrder['by'], string>> = {
  name: 'walked.search_key',
  number: "''",
  createdAt: 'created_at',
  shownAt: 'shown_at',
}

/** Every organization has one name to be sorted by. */
function from({ along }: WalkQuery, where: Sql): Sql {
  const names =
    along.by === 'name'
      ? "join index_rows walked on walked.tenant = organizations.tenant and walked.organization = organizations.id and walked.kind = 'name'"
      : ''
  return { text: `from organizations ${names} ${where.text} and`, values: where.values }
}

function placeOf({ by, descending }: WalkOrder, after: Position | undefined, key: string): Sql {
  if (after === undefined) return { text: 'true', values: [] }
  const sign = descending ? '<' : '>'
  if (by === 'number') return { text: `number ${sign} ?`, values: [after.number] }
  const value = by === 'shownAt' ? Number(after.key) : after.key
  return { text: `(${key}, number) ${sign} (?, ?)`, values: [value, after.number] }
}

function orderOf({ by, descending }: WalkOrder, key: string): string {
  const direction = descending ? ' desc' : ''
  return by === 'number' ? `number${direction}` : `${key}${direction}, number${direction}`
}

function stretchOf(rows: readonly Row[], limit: number, most: number): Walked {
  const met: { key: unknown; place: Position }[] = []
  let last: Position | undefined
  let count = 0
  for (const { key, number, sort_key, holds } of rows) {
    if (holds && met.length === limit) return { met, ...(last !== undefined && { next: last }) }
    // What did not match need not be looked at again.
    last = { key: sort_key, number }
    if (holds) met.push({ key, place: last })
    count += 1
    if (count >= most) return { met, next: last }
  }
  return { met }
}
