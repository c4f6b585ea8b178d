import type { Condition } from '../../core/query.ts'
import type { Position, WalkQuery } from '../../core/store.ts'
import type { Sql } from '../shared/search-conditions.ts'
import { joined, whereOf } from '../shared/search-conditions.ts'
import { SPELLING } from './spelling.ts'
import type { Statement, Walked } from './walk.ts'
import { gathered, KEY_COLUMNS, LOOKED_UP, NOBODY, namesFrom, orderOf, placeOf } from './walk.ts'
import type { Source } from './walk-sources.ts'
import { sourcesIn } from './walk-sources.ts'

/** So few that the reader may know of in a list that all of them are looked at, rather than met along the order. */
const FEW = 500

/** So few that they may know of at all: where a list holds just those, and where it holds others too. */
const FEW_KNOWN = { listed: 10_000, among: 1_000 }

/** Organizations that the reader may know of and that one stretch looks at, most of them in vain. */
const LOOKED_AT = 1_000

/** Any organizations that one stretch looks at: others wait meanwhile. */
const STEPS = 20_000

/** Rows of a list that are counted. */
const COUNTED = 12_000

/**
 * The same for a reader who may know of some organizations alone: whether all that match are gathered, and how far the
 * order is gone along, depends on how many of those each list has. What they may not know of decides only how long it takes.
 */
export function walkAmong(statement: Statement, query: WalkQuery, among: Condition): Walked {
  const source = query.looks === undefined ? fewKnown(statement, query, among) : undefined
  return source === undefined ? walkedAmong(statement, query, among) : gathered(statement, query, source)
}

/** A list that leads to all that can match, if it has few that they may know of. */
function fewKnown(statement: Statement, query: WalkQuery, among: Condition): Sql | undefined {
  const known = { ...query, where: among }
  const sources = sourcesOf(statement, query)
  const [rarest] = sources
  if (rarest?.count === 0) return NOBODY
  // Where few are known at all, most of any list are others: those are not gone through.
  const whole = sourcesOf(statement, known)[0]
  if (whole !== undefined && areFew(statement, known, among, whole)) return (rarest ?? whole).sql
  for (const { sql, count } of sources) {
    const few = count <= FEW ? sql : knownIn(statement, known, sql, FEW)
    if (few !== undefined) return few
  }
  return undefined
}

function areFew(statement: Statement, known: WalkQuery, among: Condition, { sql, count }: Source): boolean {
  if (isListed(among)) return count <= FEW_KNOWN.listed
  return knownIn(statement, known, sql, FEW_KNOWN.among) !== undefined
}

/** Whether lists that lead to what it allows lead to nothing else. */
function isListed(condition: Condition): boolean {
  if ('any' in condition) return condition.any.every(isListed)
  return !('all' in condition || 'not' in condition)
}

/** Lists that lead to all that can match, the shortest first. */
function sourcesOf(statement: Statement, query: WalkQuery): readonly Source[] {
  const count = ({ text, values }: Sql) =>
    Number(
      statement(`select count(*) as count from (${text} limit ?)`).get(...values, COUNTED + 1)?.['count'],
    )
  const listed: Source[] = []
  for (const source of sourcesIn(query, count)) {
    listed.push(source)
    if (source.count <= FEW) break
  }
  return listed.toSorted((left, right) => left.count - right.count)
}

/** Those of a list that match, if they are no more than `most`. */
function knownIn(statement: Statement, query: WalkQuery, source: Sql, most: number): Sql | undefined {
  const { text, values } = joined(
    [
      { text: `with listed (candidate) as (${source.text})`, values: source.values },
      {
        text: `select candidate from (select distinct candidate from listed) cross join organizations ${LOOKED_UP} on key = candidate`,
        values: [],
      },
      whereOf({ ...query, ...EACH }),
      { text: 'limit ?', values: [most + 1] },
    ],
    ' ',
  )
  const found = statement(text).all(...values)
  if (found.length > most) return undefined
  const list = JSON.stringify(found.map(({ candidate }) => candidate))
  return { text: 'select value from json_each(?)', values: [list] }
}

const EACH = { spelling: SPELLING, isNarrow: true, isPage: true, isEach: true } as const

function walkedAmong(statement: Statement, query: WalkQuery, among: Condition): Walked {
  const { along, limit, looks = LOOKED_AT } = query
  const holds = whereOf({ ...query, ...EACH })
  const known = whereOf({ ...query, where: among, ...EACH })
  const order = orderOf(along, 'sort_key')
  const steps = stepsOf(query, `${holds.text} ${known.text}`)
  const { text, values } = joined(
    [
      { text: 'select key, number, sort_key,', values: [] },
      { text: `(${holds.text.replace('where ', '')}) as holds from (`, values: holds.values },
      steps,
      { text: ') organizations', values: [] },
      known,
      { text: `order by ${order}`, values: [] },
    ],
    ' ',
  )
  const met: { key: number; place: Position }[] = []
  let last: Position | undefined
  let looked = 0
  for (const row of statement(text).iterate(...values) as Iterable<Row>) {
    const isMatch = row.holds === 1
    if (isMatch && met.length === limit) return { met, ...(last !== undefined && { next: last }) }
    last = placeIn(row)
    if (isMatch) met.push({ key: Number(row.key), place: last })
    looked += 1
    if (looked >= looks) return { met, next: last }
  }
  const end = statement(`select number, sort_key from (${steps.text}) limit 1 offset ?`).get(
    ...steps.values,
    STEPS - 1,
  )
  return end === undefined ? { met } : { met, next: placeIn(end as unknown as Row), looks: looks - looked }
}

interface Row {
  readonly key: number
  readonly number: number
  readonly sort_key: string | number
  readonly holds: number
}

function placeIn({ sort_key: key, number }: Pick<Row, 'sort_key' | 'number'>): Position {
  return { key: String(key), number: Number(number) }
}

/** The organizations of one stretch in order, with what the conditions ask of them: documents are not looked at. */
function stepsOf(query: WalkQuery, conditions: string): Sql {
  const { tenant, along, after } = query
  const isNamed = along.by === 'name'
  const key = along.by === 'name' ? 'walked.search_key' : KEY_COLUMNS[along.by]
  const asked = ['id', 'created_at', 'shown_at'].filter((column) =>
    new RegExp(`(?<![.\\w])${column}\\b`).test(conditions),
  )
  const columns = ['key', 'tenant', 'state', 'number', ...asked].map((column) => `organizations.${column}`)
  return joined(
    [
      { text: `select ${columns.join(', ')}, ${key} as sort_key`, values: [] },
      isNamed ? namesFrom(query) : { text: 'from organizations', values: [] },
      { text: 'where organizations.tenant = ? and', values: [tenant] },
      placeOf(along, after, key),
      { text: `order by ${orderOf(along, key)} limit ?`, values: [STEPS] },
    ],
    ' ',
  )
}
