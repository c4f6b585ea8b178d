import type { Column, Columns, Search } from '../archive/column.ts'
import { tooMuch } from '../archive/faults.ts'
import type { Filter } from './filter.ts'
import { functionOf } from './functions.ts'
import type { Moment } from './operators.ts'
import { operatorOf } from './operators.ts'
import type { Token } from './tokens.ts'
import { badAt, tokensOf } from './tokens.ts'

/** How much one filter may ask. */
export const LIMITS = {
  terms: 100,
  /** Brackets within brackets. */
  depth: 20,
  /** In all of its lists. */
  values: 1_000,
  /** Terms that look at every row of a column: `contains` and `ends`. */
  openTerms: 10,
} as const

/**
 * What a filter asks; `and` binds tighter than `or`. Runs once over the text, without going back.
 * @throws Problem refused (option-invalid), naming the first place that makes no sense
 * @see specs/superoffice.md 4.4
 */
export function parseFilter<Row>(text: string, columns: Columns<Row>, moment: Moment): Filter<Row> {
  const tokens = tokensOf(text)
  const spent = { terms: 0, values: 0, openTerms: 0 }
  let at = 0

  const peek = (ahead = 0): Token => tokens[Math.min(at + ahead, tokens.length - 1)] as Token
  const isWord = (token: Token, word: string) => token.kind === 'word' && token.value.toLowerCase() === word

  function next(): Token {
    const token = peek()
    at += 1
    return token
  }

  function spend(what: keyof typeof spent, count = 1): void {
    spent[what] += count
    if (spent[what] > LIMITS[what]) throw tooMuch('$filter', `more than ${LIMITS[what]} ${NAMES[what]}`)
  }

  function expect(kind: Token['kind'], what: string): Token {
    const token = next()
    if (token.kind !== kind) throw unexpected(token, what)
    return token
  }

  function disjunction(depth: number): Filter<Row> {
    const parts = [conjunction(depth)]
    while (isWord(peek(), 'or')) {
      next()
      parts.push(conjunction(depth))
    }
    return parts.length === 1 ? (parts[0] as Filter<Row>) : { any: parts }
  }

  function conjunction(depth: number): Filter<Row> {
    const parts = [factor(depth)]
    while (isWord(peek(), 'and')) {
      next()
      parts.push(factor(depth))
    }
    return parts.length === 1 ? (parts[0] as Filter<Row>) : { all: parts }
  }

  function factor(depth: number): Filter<Row> {
    if (peek().kind !== '(') return term()
    if (depth === LIMITS.depth) throw tooMuch('$filter', `brackets within more than ${LIMITS.depth} brackets`)
    next()
    const inner = disjunction(depth + 1)
    expect(')', "'and', 'or' or ')'")
    return inner
  }

  function term(): Filter<Row> {
    spend('terms')
    const name = expect('word', 'a column')
    const called = peek().kind === '(' ? functionOf(name.value) : undefined
    return called === undefined ? comparison(name) : call(called)
  }

  function comparison(name: Token): Filter<Row> {
    const { column, search } = searched(name)
    const word = next()
    const operator =
      word.kind === 'word' || word.kind === '=' ? operatorOf(search.restriction, word.value) : undefined
    if (operator === undefined) {
      throw badAt(word.position, `the column '${column.name}' takes no operator '${word.value}'`)
    }
    const counts = { nothing: 0, one: 1, two: 2, many: undefined } as const
    const values =
      operator.takes === 'nothing' ? [] : valuesOf(counts[operator.takes], operator.takes === 'one')
    const test = operator.testOf(values, search.keyOf, moment)
    return filterOf({ column, search, test }, operator.isNegated)
  }

  function call({ columnAt, restriction, testOf }: NonNullable<ReturnType<typeof functionOf>>): Filter<Row> {
    const bracket = peek()
    const given = valuesOf(undefined, false)
    // Some write the column first in every function.
    const other = columnAt === 1 && given[0]?.kind === 'word' && given[1]?.kind === 'text' ? 0 : columnAt
    const name = given[other]
    if (name === undefined) throw badAt(bracket.position, 'too few arguments')
    const { column, search } = searched(name)
    if (search.restriction !== restriction) {
      throw badAt(name.position, `the column '${column.name}' is not for this function`)
    }
    const rest = given.filter((token) => token !== name)
    const test = testOf(rest, search.keyOf, moment, bracket)
    return filterOf({ column, search, test }, isDenied())
  }

  /** OData compares what a function says with true or false. */
  function isDenied(): boolean {
    const isCompared = (isWord(peek(), 'eq') || peek().kind === '=') && peek(1).kind === 'word'
    if (!isCompared) return false
    next()
    const answer = next()
    if (isWord(answer, 'true')) return false
    if (isWord(answer, 'false')) return true
    throw unexpected(answer, "'true' or 'false'")
  }

  function searched(name: Token): { readonly column: Column<Row>; readonly search: Search<Row> } {
    const column = columns.find(name.value)
    if (column === undefined) throw badAt(name.position, `there is no column '${name.value}'`)
    const { search } = column
    if (search === undefined) throw badAt(name.position, `the column '${column.name}' cannot be searched`)
    return { column, search }
  }

  /** One value, or some in brackets. @param count how many there must be */
  function valuesOf(count: number | undefined, isBare: boolean): readonly Token[] {
    const first = peek()
    if (first.kind !== '(') {
      if (count === 2) throw unexpected(first, "'('")
      spend('values')
      return [value()]
    }
    next()
    const values = [value()]
    while (peek().kind === ',') {
      next()
      values.push(value())
    }
    spend('values', values.length)
    expect(')', "',' or ')'")
    if (count !== undefined && values.length !== count) {
      throw badAt(
        first.position,
        `${isBare ? 'one value' : 'two values'} must follow, found ${values.length}`,
      )
    }
    return values
  }

  function value(): Token {
    const token = next()
    if (token.kind !== 'text' && token.kind !== 'word') throw unexpected(token, 'a value')
    return token
  }

  function filterOf(term: Extract<Filter<Row>, { test: unknown }>, isNegated: boolean): Filter<Row> {
    if ('contains' in term.test || 'ends' in term.test) spend('openTerms')
    return isNegated ? { not: term } : term
  }

  const filter = disjunction(0)
  const end = next()
  if (end.kind !== 'end') throw unexpected(end, "'and', 'or' or the end")
  return filter
}

const NAMES = { terms: 'terms', values: 'values', openTerms: 'terms with contains or ends' } as const

function unexpected({ kind, value, position }: Token, expected: string) {
  const found = kind === 'end' ? 'the end' : `'${value}'`
  return badAt(position, `expected ${expected}, found ${found}`)
}
