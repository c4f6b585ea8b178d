import type { Position, Stretch, WalkOrder, WalkQuery } from '../../core/store.ts'
import type { Sql } from '../shared/search-conditions.ts'
import { joined, whereOf } from '../shared/search-conditions.ts'
import { SPELLING } from './spelling.ts'
import type { statementsOf } from './statements.ts'
import { walkAmong } from './walk-among.ts'
import { listedWalk } from './walk-listed.ts'
import type { Source } from './walk-sources.ts'
import { conjunctsOf, isBound, sourcesIn } from './walk-sources.ts'

/** So few that they are all looked at and sorted, rather than met along the order. */
const FEW = 2_500

/** So few that no set is made of them. */
const VERY_FEW = 300

/** So few that lists of them are compared with one another. */
const SEVERAL = 12_000

/** So few that nothing else need be counted. */
const RARE = 100

/** Organizations that one stretch looks at along the order, most of them in vain. */
const LOOKED_AT = 2_500

/** By key, without a look at the documents. */
export const LOOKED_UP = 'indexed by organizations_looked_at'

/** Where the organizations of a stretch are, in order, and where to go on. */
export interface Walked extends Pick<Stretch, 'next' | 'looks' | 'total'> {
  readonly met: readonly { readonly key: number; readonly place: Position }[]
}

export type Statement = ReturnType<typeof statementsOf>

/**
 * Starts from what leads to the fewest; where all lead to many, goes along the order until the stretch is full.
 * @param inSet the same by the set of all that match, where that is quicker than many looks in vain
 */
export function walk(
  statement: Statement,
  query: WalkQuery,
  inSet: (query: WalkQuery) => Walked | undefined = () => undefined,
): Walked {
  const { among, ...asked } = query
  if (among !== undefined) {
    const found = query.looks === undefined ? inSet(asked) : undefined
    return found ?? walkAmong(statement, asked, among)
  }
  const listed = query.isThorough ? listedWalk(statement, query) : undefined
  if (listed !== undefined) {
    const rows = statement(listed.text).iterate(...listed.values) as Iterable<Row>
    return stretchOf(rows, query.limit, Infinity)
  }
  const sources = shortSources(statement, query)
  const [rarest] = sources
  if (rarest !== undefined && rarest.count <= VERY_FEW) return gathered(statement, query, rarest.sql)
  const found = isWhole(query) ? undefined : inSet(query)
  if (found !== undefined) return found
  const source = rarestOf(statement, sources)
  return source === undefined ? walked(statement, query) : gathered(statement, query, source)
}

/** Whether an order comes by nothing but what is asked for. */
function isWhole({ where, along }: WalkQuery): boolean {
  return conjunctsOf(where).every((one) => isBound(one, along.by))
}

/** Lists of few organizations that lead to all that match, the shortest first. */
function shortSources(statement: Statement, query: WalkQuery): readonly Source[] {
  const count = ({ text, values }: Sql) =>
    Number(
      statement(`select count(*) as count from (${text} limit ?)`).get(...values, SEVERAL + 1)?.['count'],
    )
  const listed: Source[] = []
  for (const source of sourcesIn(query, count)) {
    // Counted in vain, it need not be gone through again.
    if (source.count === 0) return [{ ...source, sql: NOBODY }]
    if (source.count <= SEVERAL) listed.push(source)
    if (source.count <= RARE) break
  }
  return listed.toSorted((left, right) => left.count - right.count)
}

/** What leads to few organizations, all that match among them: what one condition allows, or several together. */
function rarestOf(statement: Statement, [rarest, ...others]: readonly Source[]): Sql | undefined {
  if (rarest === undefined || rarest.count <= FEW) return rarest?.sql
  return commonSource(
    statement,
    [rarest, ...others].map(({ sql }) => sql),
  )
}

/** A list of nobody. */
export const NOBODY: Sql = { text: 'select null where false', values: [] }

/** The organizations that all of several lists have, if they are few. */
function commonSource(statement: Statement, sources: readonly Sql[]): Sql | undefined {
  const [first, ...others] = sources
  if (first === undefined || others.length === 0) return undefined
  const all = joined(
    others.map(({ text, values }) => ({ text: `candidate in (${text})`, values })),
    ' and ',
  )
  const ids = statement(
    `with listed (candidate) as (${first.text}) select distinct candidate from listed where ${all.text} limit ?`,
  ).all(...first.values, ...all.values, FEW + 1)
  if (ids.length > FEW) return undefined
  const list = JSON.stringify(ids.map(({ candidate }) => candidate))
  return { text: 'select value from json_each(?)', values: [list] }
}

export function gathered(statement: Statement, query: WalkQuery, source: Sql): Walked {
  const { along, after, limit } = query
  const where = whereOf({ ...query, spelling: SPELLING, isNarrow: true, isPage: true, isEach: true })
  const sortKey = sortKeyOf(query)
  const { text, values } = joined(
    [
      { text: `with candidates (candidate) as materialized (${source.text})`, values: source.values },
      { text: `, found as (select key, number, ${sortKey.text} as sort_key`, values: sortKey.values },
      {
        text: `from (select distinct candidate from candidates) cross join organizations ${LOOKED_UP} on key = candidate`,
        values: [],
      },
      { text: `${where.text})`, values: where.values },
      { text: 'select key, number, sort_key from found where', values: [] },
      placeOf(along, after, 'sort_key'),
      { text: `order by ${orderOf(along, 'sort_key')} limit ?`, values: [limit + 1] },
    ],
    ' ',
  )
  return stretchOf(statement(text).iterate(...values) as Iterable<Row>, limit, Infinity)
}

function walked(statement: Statement, query: WalkQuery): Walked {
  const { tenant, along, after, limit } = query
  const { by } = along
  const conjuncts = conjunctsOf(query.where)
  const bounds = conjuncts.filter((one) => isBound(one, by))
  const rest = { all: conjuncts.filter((one) => !bounds.includes(one)) }
  const holds = whereOf({
    ...query,
    where: rest,
    spelling: SPELLING,
    isNarrow: true,
    isPage: true,
    isEach: true,
  })
  const within = whereOf({
    tenant,
    where: { all: bounds },
    spelling: SPELLING,
    isNarrow: true,
    isPage: true,
    isEach: true,
  })
  const key = by === 'name' ? 'walked.search_key' : KEY_COLUMNS[by]
  const { text, values } = joined(
    [
      { text: `select key, number, ${key} as sort_key,`, values: [] },
      { text: `(${holds.text.replace('where ', '')}) as holds`, values: holds.values },
      by === 'name' ? namesFrom(query) : { text: 'from organizations', values: [] },
      { text: `${within.text} and`, values: within.values },
      placeOf(along, after, key),
      { text: `order by ${orderOf(along, key)}`, values: [] },
    ],
    ' ',
  )
  return stretchOf(statement(text).iterate(...values) as Iterable<Row>, limit, LOOKED_AT)
}

/** Where an order finds its key. */
function sortKeyOf({ tenant, along: { by } }: WalkQuery): Sql {
  if (by !== 'name') return { text: KEY_COLUMNS[by], values: [] }
  const { text, values } = SPELLING.ownRows(tenant, 'name')
  return { text: `(select min(search_key) from ${SPELLING.ownTable} i where ${text})`, values }
}

export const KEY_COLUMNS: Readonly<Record<Exclude<WalkOrder['by'], 'name'>, string>> = {
  number: "''",
  createdAt: 'created_at',
  shownAt: 'shown_at',
}

/** Every organization has one name to be sorted by. */
export function namesFrom({ tenant, along, after }: WalkQuery): Sql {
  const names = SPELLING.rowsOf(tenant, 'name')
  const from: Sql =
    after === undefined
      ? { text: '', values: [] }
      : { text: ` and search_key ${along.descending ? '<=' : '>='} ?`, values: [after.key] }
  return {
    // A cross join is made in the order that it is written in.
    text: `from (select search_key, organization from index_rows where ${names.text}${from.text}) walked cross join organizations ${LOOKED_UP} on key = walked.organization`,
    values: [...names.values, ...from.values],
  }
}

export function placeOf({ by, descending }: WalkOrder, after: Position | undefined, key: string): Sql {
  if (after === undefined) return { text: '1', values: [] }
  const sign = descending ? '<' : '>'
  if (by === 'number') return { text: `number ${sign} ?`, values: [after.number] }
  const value = by === 'shownAt' ? Number(after.key) : after.key
  return { text: `(${key}, number) ${sign} (?, ?)`, values: [value, after.number] }
}

export function orderOf({ by, descending }: WalkOrder, key: string): string {
  const direction = descending ? ' desc' : ''
  return by === 'number' ? `number${direction}` : `${key}${direction}, number${direction}`
}

interface Row {
  readonly key: number
  readonly number: number
  readonly sort_key: string | number
  /** Of rows that were only looked at. */
  readonly holds?: number
}

function stretchOf(rows: Iterable<Row>, limit: number, most: number): Walked {
  const met: { key: number; place: Position }[] = []
  let last: Position | undefined
  let count = 0
  for (const { key, number, sort_key, holds = 1 } of rows) {
    if (holds === 1 && met.length === limit) return { met, ...(last !== undefined && { next: last }) }
    // What did not match need not be looked at again.
    last = { key: String(sort_key), number: Number(number) }
    if (holds === 1) met.push({ key: Number(key), place: last })
    count += 1
    if (count >= most) return { met, next: last }
  }
  return { met }
}
