import { folded } from '../../core/index-rows.ts'
import type { Condition, PartLimits, Range, RowCondition, RowTest } from '../../core/query.ts'
import { isHidden } from '../../core/query.ts'
import type { OrganizationQuery } from '../../core/store.ts'
import type { Spelling } from './spelling.ts'

/** What stands for a question mark. */
export type SqlValue = string | number | null

/** A piece of SQL with the values of its question marks. */
export interface Sql {
  readonly text: string
  readonly values: readonly SqlValue[]
}

export interface Asking extends Omit<OrganizationQuery, 'offset' | 'limit'> {
  /** Whether some condition leaves few organizations, so that all else is best asked of each of them. */
  readonly isNarrow: boolean
  /** Whether every condition is asked of each organization that something else leads to. */
  readonly isEach?: boolean
  /** How the engine writes it. */
  readonly spelling: Spelling
  /** Whether it may end as soon as a page is full. */
  readonly isPage: boolean
}

/** What is asked of a search, as SQL about `organizations`. */
export function whereOf(query: Asking): Sql {
  const { tenant, states, search, where, among, isPage, spelling } = query
  const parts: Sql[] = [{ text: 'organizations.tenant = ?', values: [tenant] }]
  if (states !== undefined) parts.push(memberOf(isPage ? spelling.stateAside : 'state', states))
  if (search !== undefined) parts.push(conditionOf(searchCondition(search), query))
  if (where !== undefined) parts.push(conditionOf(where, query))
  // A page ends soon, and few are soon asked: a list of all would take longer than either.
  if (among !== undefined) parts.push(conditionOf(among, { ...query, isEach: isPage || query.isNarrow }))
  const { text, values } = joined(parts, ' and ')
  return { text: `where ${text}`, values }
}

/** Whether an index leads to what can be found, and all else need only be asked of that. */
export function isNarrowing(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(isNarrowing)
  if ('any' in condition) return condition.any.every(isNarrowing)
  if ('not' in condition) return false
  if ('kind' in condition) return isRare(condition.test)
  return 'in' in condition && condition.column !== 'state'
}

/** Whether a list of rows leads to all that can be found. */
export function isLedByRows(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(isLedByRows)
  if ('any' in condition) return isUnited(condition.any)
  return 'kind' in condition && isRare(condition.test)
}

/** Whether the keys that pass stand together in the index. */
export function isRare(test: RowTest | undefined): boolean {
  if (test === undefined || 'contains' in test || 'endsWith' in test) return false
  if ('all' in test) return test.all.some(isRare)
  if ('any' in test) return test.any.length <= UNITED && test.any.every(isRare)
  return 'like' in test ? !/^[*?]/.test(test.like) : true
}

export const COLUMNS: Readonly<Record<string, string>> = {
  id: 'id',
  number: 'number',
  state: 'state',
  createdAt: 'created_at',
  shownAt: 'shown_at',
}

/** Those that a record can have. */
export function numbersIn(texts: readonly string[]): readonly number[] {
  return texts.filter((text) => /^\d{1,10}$/.test(text)).map(Number)
}

export function searchCondition(search: string): Condition {
  const byName: Condition = { kind: 'name', test: { contains: folded(search) } }
  return { any: [byName, { column: 'number', in: [search] }] }
}

function conditionOf(condition: Condition, query: Asking): Sql {
  if ('all' in condition) return group(condition.all, ' and ', 'true', query)
  if ('any' in condition) {
    const union = query.isEach ? undefined : unionOf(condition.any, query)
    return union ?? group(condition.any, ' or ', 'false', query)
  }
  if ('not' in condition) {
    const { text, values } = conditionOf(condition.not, query)
    return { text: `not (${text})`, values }
  }
  if ('kind' in condition) return rowCondition(condition, query)
  if ('range' in condition)
    return rangeOf(COLUMNS[condition.column] ?? '', condition.range, columnValue(condition.column))
  if (condition.column !== 'number') return memberOf(COLUMNS[condition.column] ?? '', condition.in)
  return memberOf('number', numbersIn(condition.in))
}

/**
 * Whether one of its rows passes: asked of all rows of the kind once, so that a rare one finds its organization at once,
 * or of each organization that the other conditions leave.
 */
function rowCondition(condition: RowCondition, query: Asking): Sql {
  const { kind, test } = condition
  if (isLookedForInVain(condition, query)) return NEVER
  const { tenant, isNarrow, isPage, isEach, spelling } = query
  const parts = [...(test === undefined ? [] : [testOf(test, spelling)]), ...limitsOf(condition, query)]
  const isLookedUp = !isEach && (isRare(test) || (!isNarrow && (test !== undefined || !isPage)))
  const which = isLookedUp ? spelling.rowsOf(tenant, kind) : spelling.ownRows(tenant, kind)
  const { text, values } = joined([which, ...parts], ' and ')
  return isLookedUp
    ? { text: `${spelling.owner} in (select organization from index_rows where ${text})`, values }
    : { text: `exists (select 1 from ${spelling.ownTable} i where ${text})`, values }
}

/** Whether all rows that pass come from a part that the reader may not read. */
export function isLookedForInVain({ part, limits }: RowCondition, query: PartLimits): boolean {
  return part !== undefined && isHidden(part, limits ?? query)
}

const NEVER: Sql = { text: 'false', values: [] }

/** Engines take no more than 500 queries in one. */
const UNITED = 100

type Led = RowCondition & { readonly test: RowTest }

function isUnited(conditions: readonly Condition[]): boolean {
  const { length } = conditions
  return length > 1 && length <= UNITED && conditions.every((one) => 'kind' in one && isRare(one.test))
}

/**
 * Rows of several kinds, any of which will do, when an index leads to each: one list of organizations, where `or` between
 * several would be asked of every organization. Undefined where it is not so.
 */
function unionOf(conditions: readonly Condition[], query: Asking): Sql | undefined {
  if (!isUnited(conditions)) return undefined
  const selects: Sql[] = []
  for (const condition of conditions as readonly Led[]) {
    if (isLookedForInVain(condition, query)) continue
    const rows = query.spelling.rowsOf(query.tenant, condition.kind)
    const { text, values } = joined(
      [rows, testOf(condition.test, query.spelling), ...limitsOf(condition, query)],
      ' and ',
    )
    selects.push({ text: `select organization from index_rows where ${text}`, values })
  }
  if (selects.length === 0) return NEVER
  const { text, values } = joined(selects, ' union all ')
  return { text: `${query.spelling.owner} in (${text})`, values }
}

/** What is asked of the parts of rows: nothing where they are of one, which is not hidden. */
export function limitsOf({ part, limits }: RowCondition, query: PartLimits): readonly Sql[] {
  return part === undefined ? hiddenFrom(limits ?? query) : []
}

/** What keeps rows out that the reader may not know of. */
export function hiddenFrom({ hiddenParts = [], onlyParts }: PartLimits): readonly Sql[] {
  return [
    // One by one they are compared faster than with a list.
    ...hiddenParts.map((part) => ({ text: 'part <> ?', values: [part] })),
    ...(onlyParts !== undefined ? [memberOf('part', onlyParts)] : []),
  ]
}

export function testOf(test: RowTest, spelling: Spelling): Sql {
  if ('is' in test) return { text: 'search_key = ?', values: [test.is] }
  if ('in' in test) return memberOf('search_key', test.in)
  if ('contains' in test) return { text: spelling.contains, values: [test.contains] }
  if ('endsWith' in test) return endsWith(test.endsWith, spelling)
  if ('range' in test) return rangeOf('search_key', test.range, (text) => text)
  if ('like' in test) return like(test.like, spelling)
  if ('startsWith' in test) return startsWith(test.startsWith)
  if ('any' in test) return anyOf(test.any.map((one) => testOf(one, spelling)))
  return test.all.length === 0
    ? { text: 'true', values: [] }
    : joined(
        test.all.map((one) => testOf(one, spelling)),
        ' and ',
      )
}

/** In halves of halves: engines take no more than so many conditions within one another. */
function anyOf(tests: readonly Sql[]): Sql {
  if (tests.length === 0) return { text: 'false', values: [] }
  if (tests.length === 1) return tests[0] as Sql
  const half = tests.length >> 1
  const { text, values } = joined([anyOf(tests.slice(0, half)), anyOf(tests.slice(half))], ' or ')
  return { text: `(${text})`, values }
}

/** Greater than every character that can follow: U+10FFFF is none. */
const LAST = '\u{10ffff}'

/** As a range, so that the index is read from its first to its last hit only. */
function startsWith(start: string): Sql {
  return start === ''
    ? { text: 'true', values: [] }
    : { text: 'search_key >= ? and search_key < ?', values: [start, `${start}${LAST}`] }
}

const PIECES = /\\([\s\S])|[*?]|[^\\*?]+/g

/** `like` with its own wildcards and escapes; the text before the first wildcard narrows the range. */
function like(pattern: string, spelling: Spelling): Sql {
  let start = ''
  let translated = ''
  let isStart = true
  for (const [piece, escaped] of pattern.matchAll(PIECES)) {
    const isWildcard = escaped === undefined && (piece === '*' || piece === '?')
    const literal = escaped ?? piece
    isStart &&= !isWildcard
    if (isStart) start += literal
    if (isWildcard) translated += piece === '*' ? '%' : '_'
    else translated += literal.replace(/[\\%_]/g, '\\$&')
  }
  const whole: Sql = { text: `search_key ${spelling.like} ? escape '\\'`, values: [translated] }
  return start === '' ? whole : joined([startsWith(start), whole], ' and ')
}

function endsWith(end: string, spelling: Spelling): Sql {
  const length = [...end].length
  return length === 0 ? { text: 'true', values: [] } : spelling.endsWith(end, length)
}

export function rangeOf(
  column: string,
  { from, to, excludes }: Range,
  valueOf: (text: string, round: (number: number) => number) => SqlValue,
): Sql {
  const parts: Sql[] = []
  const isOpen = (bound: 'from' | 'to') => excludes === bound || excludes === 'both'
  if (from !== undefined) {
    const [sign, round] = isOpen('from') ? ['>', Math.floor] : ['>=', Math.ceil]
    parts.push({ text: `${column} ${sign} ?`, values: [valueOf(from, round)] })
  }
  if (to !== undefined) {
    const [sign, round] = isOpen('to') ? ['<', Math.ceil] : ['<=', Math.floor]
    parts.push({ text: `${column} ${sign} ?`, values: [valueOf(to, round)] })
  }
  return parts.length === 0 ? { text: 'true', values: [] } : joined(parts, ' and ')
}

export function columnValue(column: string): (text: string, round: (number: number) => number) => SqlValue {
  return column === 'createdAt' ? (text) => text : (text, round) => wholeNumber(round(Number(text)))
}

/** Columns hold whole numbers, and an engine takes no other; nothing compares with what is none. */
function wholeNumber(number: number): number | null {
  if (Number.isNaN(number)) return null
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, number))
}

export function memberOf(column: string, among: readonly SqlValue[]): Sql {
  if (among.length === 0) return { text: 'false', values: [] }
  return { text: `${column} in (${among.map(() => '?').join(', ')})`, values: among }
}

function group(conditions: readonly Condition[], joint: string, empty: string, query: Asking): Sql {
  if (conditions.length === 0) return { text: empty, values: [] }
  const { text, values } = joined(
    conditions.map((one) => conditionOf(one, query)),
    joint,
  )
  return { text: `(${text})`, values }
}

export function joined(parts: readonly Sql[], joint: string): Sql {
  return { text: parts.map(({ text }) => text).join(joint), values: parts.flatMap(({ values }) => values) }
}
