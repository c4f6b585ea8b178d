import { refused } from '../../core/problem.ts'
import type { Range } from '../../core/query.ts'

/** A Lucene-style query as a tree. */
export type Query =
  | { readonly any: readonly Query[] }
  | { readonly all: readonly Query[] }
  | { readonly not: Query }
  | Term

export interface Term {
  /** What stands between the dots, `*` for anything; empty where the query names no field. */
  readonly field: readonly string[]
  readonly test: TermTest
}

export type TermTest = { readonly is: string } | { readonly like: Pattern } | { readonly range: Range }

/** Texts and wildcards: `*` for any text, `?` for one character. */
export type Pattern = readonly (string | Wildcard)[]

export interface Wildcard {
  readonly wildcard: '*' | '?'
}

/** How much a query may ask. */
export interface Limits {
  /** Longest query, in UTF-16 units. */
  readonly length: number
  readonly terms: number
}

/** Of those who configure: a role may list many organizations. */
const CONFIGURED: Limits = { length: 100_000, terms: 1_000 }

/** Most parentheses around a term. */
const DEPTH_LIMIT = 20

/**
 * Reads `NOT` before `AND` before `OR`, with `AND` where nothing stands between two terms; `&&`, `||`, `!`, `-` and `+`
 * as their words. Boosts mean nothing here; fuzzy terms and regular expressions are not known. Takes time linear in the text.
 * @throws Problem refused (query)
 */
export function parseLucene(text: string, limits = CONFIGURED): Query {
  if (text.length > limits.length) throw unreadable(`it is longer than ${limits.length} characters`)
  const reader: Reader = { text, at: 0, terms: limits.terms }
  const query = readAny(reader, [], 0)
  if (take(reader, END) === undefined) throw unexpected(reader)
  return query
}

interface Reader {
  readonly text: string
  at: number
  /** How many more there may be. */
  terms: number
}

const END = /$/y
const OR = /OR(?=[\s(]|$)|\|\|/y
const AND = /AND(?=[\s(]|$)|&&/y
const NOT = /NOT(?=[\s(]|$)|[!-]/y
const PLUS = /\+/y
const OPEN = /\(/y
const CLOSE = /\)/y
const FIELD = /((?:\\.|[^\s:()"[\]{}\\])+):\s*/sy
const RANGE =
  /([[{])\s*("(?:\\.|[^"\\])*"|(?:\\.|[^\s"\\[\]{}])+)\s+TO\s+("(?:\\.|[^"\\])*"|(?:\\.|[^\s"\\[\]{}])+)\s*([\]}])/sy
const QUOTED = /"((?:\\.|[^"\\])*)"(?:\^[\d.]+)?(?=[\s)]|$)/sy
const WORD = /(?![/:])((?:\\.|[^\s()"[\]{}\\~^])+)(?:\^[\d.]+)?(?=[\s)]|$)/sy

function readAny(reader: Reader, field: Term['field'], depth: number): Query {
  const queries = [readAll(reader, field, depth)]
  while (take(reader, OR) !== undefined) queries.push(readAll(reader, field, depth))
  return queries.length === 1 ? (queries[0] as Query) : { any: queries }
}

function readAll(reader: Reader, field: Term['field'], depth: number): Query {
  const queries = [readNot(reader, field, depth)]
  while (take(reader, AND) !== undefined || !isAfterAll(reader)) queries.push(readNot(reader, field, depth))
  return queries.length === 1 ? (queries[0] as Query) : { all: queries }
}

function isAfterAll(reader: Reader): boolean {
  return [END, OR, CLOSE].some((token) => isNext(reader, token))
}

function readNot(reader: Reader, field: Term['field'], depth: number): Query {
  let isNegated = false
  for (;;) {
    if (take(reader, NOT) !== undefined) isNegated = !isNegated
    else if (take(reader, PLUS) === undefined) break
  }
  const query = readOne(reader, field, depth)
  return isNegated ? { not: query } : query
}

function readOne(reader: Reader, outer: Term['field'], depth: number): Query {
  const named = take(reader, FIELD)?.[1]
  const field = named === undefined ? outer : unescaped(named).split('.')
  if (take(reader, OPEN) !== undefined) {
    if (depth === DEPTH_LIMIT) throw unreadable(`it has more than ${DEPTH_LIMIT} parentheses in each other`)
    const query = readAny(reader, field, depth + 1)
    if (take(reader, CLOSE) === undefined) throw unexpected(reader)
    return query
  }
  if (reader.terms === 0) throw unreadable('it has too many terms')
  reader.terms -= 1
  return { field, test: readTest(reader) }
}

function readTest(reader: Reader): TermTest {
  const range = take(reader, RANGE)
  if (range !== undefined) return { range: rangeOf(range) }
  const quoted = take(reader, QUOTED)?.[1]
  if (quoted !== undefined) return { is: unescaped(quoted) }
  if ([AND, OR].some((operator) => isNext(reader, operator))) throw unexpected(reader)
  const word = take(reader, WORD)?.[1]
  if (word === undefined) throw unexpected(reader)
  const pattern = patternOf(word)
  return pattern.some((piece) => typeof piece !== 'string') ? { like: pattern } : { is: pattern.join('') }
}

function rangeOf([, opening, from, to, closing]: RegExpExecArray): Range {
  const bounds = { from: boundOf(from), to: boundOf(to) }
  const excludes = opening === '[' ? (closing === ']' ? undefined : 'to') : closing === ']' ? 'from' : 'both'
  return {
    ...(bounds.from !== undefined && { from: bounds.from }),
    ...(bounds.to !== undefined && { to: bounds.to }),
    ...(excludes !== undefined && { excludes }),
  }
}

function boundOf(text = '*'): string | undefined {
  if (text === '*') return undefined
  return unescaped(text.startsWith('"') ? text.slice(1, -1) : text)
}

function patternOf(word: string): Pattern {
  const pieces: (string | Wildcard)[] = []
  for (const [piece, escaped] of word.matchAll(/\\(.)|[*?]|[^\\*?]+/gsu)) {
    const last = pieces.at(-1)
    const literal = escaped ?? piece
    if (escaped === undefined && (piece === '*' || piece === '?')) pieces.push({ wildcard: piece })
    else if (typeof last === 'string') pieces[pieces.length - 1] = last + literal
    else pieces.push(literal)
  }
  return pieces
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gsu, '$1')
}

/** What the token takes of the rest, blanks before it skipped. */
function take(reader: Reader, token: RegExp): RegExpExecArray | undefined {
  skipBlanks(reader)
  token.lastIndex = reader.at
  const match = token.exec(reader.text)
  if (match === null) return undefined
  reader.at = token.lastIndex
  return match
}

function isNext(reader: Reader, token: RegExp): boolean {
  skipBlanks(reader)
  token.lastIndex = reader.at
  return token.test(reader.text)
}

const BLANKS = /\s*/y

function skipBlanks(reader: Reader): void {
  BLANKS.lastIndex = reader.at
  BLANKS.exec(reader.text)
  reader.at = BLANKS.lastIndex
}

function unexpected({ text, at }: Reader) {
  if (at >= text.length) return unreadable('it ends where a term is expected')
  return unreadable(`"${[...text.slice(at, at + 20)].join('')}" is not expected at position ${at}`)
}

function unreadable(fault: string) {
  return refused('query', { fault })
}
