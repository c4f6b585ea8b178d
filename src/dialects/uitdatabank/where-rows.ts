import { folded } from '../../core/index-rows.ts'
import { Problem } from '../../core/problem.ts'
import type { Condition, Range, RowTest } from '../../core/query.ts'
import { EVERYTHING, NOTHING, sortable } from '../../core/query.ts'
import type { Span, Tells } from '../../core/reach.ts'
import { always, isTold } from '../../core/reach.ts'
import type { Pattern, Query, Term, TermTest } from './lucene.ts'
import { parseLucene } from './lucene.ts'
import { idIn, statusIn } from './search/condition.ts'
import { KIND, textKey } from './search/keys.ts'
import { isAnything, rowTestOf, translatedTestOf } from './search/row-tests.ts'
import { testOfTerm } from './where.ts'
import type { OrganizerView } from './wire.ts'
import { LANGUAGE_PATTERN } from './wire.ts'

/** What rows tell of the roles' queries that `where.ts` asks of documents. */
export const tells: Tells = {
  where: spanOf,
  creator: (id) => rowsOf(KIND.creator, { is: textKey(id) }),
  contributor: (email) => rowsOf(KIND.contributor, { is: textKey(email) }),
}

/** Compiled queries that are kept; roles are few. */
const KEPT = 1_000
const compiled = new Map<string, Span>()

function spanOf(where: string): Span {
  const known = compiled.get(where)
  if (known !== undefined) return known
  const span = read(where)
  if (compiled.size >= KEPT) compiled.clear()
  compiled.set(where, span)
  return span
}

/** Most terms that are asked of rows, ids apart: of more, rows tell nothing. */
const TERMS_LIMIT = 200

/** Nothing is told: it may hold anywhere. */
const UNTOLD: Span = { least: NOTHING, most: EVERYTHING }

function read(where: string): Span {
  try {
    const query = parseLucene(where)
    return termsIn(query) > TERMS_LIMIT ? UNTOLD : spanOfQuery(query)
  } catch (fault) {
    if (fault instanceof Problem) return always(NOTHING)
    throw fault
  }
}

function termsIn(query: Query): number {
  if ('not' in query) return termsIn(query.not)
  if ('test' in query) return query.field[0] === 'id' ? 0 : 1
  return ('any' in query ? query.any : query.all).reduce((sum, one) => sum + termsIn(one), 0)
}

function spanOfQuery(query: Query): Span {
  if ('any' in query) return joined(query.any.map(spanOfQuery), anyOf)
  if ('all' in query) return joined(query.all.map(spanOfQuery), (all) => ({ all }))
  if ('not' in query) {
    const { least, most } = spanOfQuery(query.not)
    return least === most ? always({ not: least }) : { least: { not: most }, most: { not: least } }
  }
  return spanOfTerm(query)
}

function joined(spans: readonly Span[], join: (conditions: readonly Condition[]) => Condition): Span {
  const least = join(spans.map((span) => span.least))
  return spans.every(isTold) ? always(least) : { least, most: join(spans.map((span) => span.most)) }
}

type Row = Extract<Condition, { readonly kind: string }>

/** Ids as one list, and tests of one kind of row as one: a role may name hundreds. */
function anyOf(conditions: readonly Condition[]): Condition {
  const ids = conditions.flatMap((one) => ('in' in one && one.column === 'id' ? one.in : []))
  const isRow = (one: Condition): one is Row & { readonly test: RowTest } =>
    'kind' in one && one.test !== undefined
  const kinds = Map.groupBy(conditions.filter(isRow), ({ kind }) => kind)
  const rows = [...kinds].map(([kind, [first, ...others]]) =>
    rowsOf(
      kind,
      others.length === 0 ? first?.test : { any: [first, ...others].flatMap((one) => one?.test ?? []) },
    ),
  )
  const rest = conditions.filter((one) => !isRow(one) && !('in' in one && one.column === 'id'))
  const all: Condition[] = [
    ...(ids.length === 0 ? [] : [{ column: 'id', in: ids } as const]),
    ...rows,
    ...rest,
  ]
  return all.length === 1 ? (all[0] as Condition) : { any: all }
}

function spanOfTerm({ field, test }: Term): Span {
  const [name = '', ...rest] = field
  if (name === '*') return rest.length === 0 ? constant('*', test) : UNTOLD
  const told = Object.hasOwn(FIELDS, name) ? FIELDS[name as keyof typeof FIELDS] : undefined
  // No document has such a member, and none has words without a field.
  if (told === undefined) return always(NOTHING)
  return told === 'untold' || !isComparable(test) ? UNTOLD : told(test, rest)
}

/** @param rest what follows the name of the field after dots */
type Field = (test: TermTest, rest: Term['field']) => Span

const FIELDS: Readonly<Record<keyof OrganizerView | 'id' | '_type' | 'contributors', Field | 'untold'>> = {
  '@id': 'untold',
  '@context': 'untold',
  _type: scalar((test) => constant('organizer', test)),
  id: scalar((test) => toldIf(idIn(test))),
  mainLanguage: scalar((test) => plainRows(KIND.mainLanguage, test)),
  url: 'untold',
  name: (test, rest) => (rest.length < 2 ? translatedRows([KIND.name], test, rest[0]) : always(NOTHING)),
  created: scalar(createdSpan),
  creator: scalar((test) => plainRows(KIND.creator, test)),
  workflowStatus: scalar((test) => always(statusIn(testOfTerm(test)))),
  languages: scalar((test) => plainRows(KIND.language, test)),
  completedLanguages: scalar((test) => plainRows(KIND.completedLanguage, test)),
  modified: 'untold',
  completeness: scalar(completenessSpan),
  address: addressSpan,
  geo: 'untold',
  contactPoint: 'untold',
  description: 'untold',
  educationalDescription: 'untold',
  labels: scalar((test) => plainRows(KIND.label, test)),
  hiddenLabels: 'untold',
  images: 'untold',
  mainImage: 'untold',
  contributors: scalar((test) => plainRows(KIND.contributor, test)),
}

function scalar(field: (test: TermTest) => Span): Field {
  return (test, rest) => (rest.length === 0 ? field(test) : always(NOTHING))
}

function constant(value: string, test: TermTest): Span {
  return always(testOfTerm(test)(value) ? EVERYTHING : NOTHING)
}

function toldIf(condition: Condition | undefined): Span {
  return condition === undefined ? UNTOLD : always(condition)
}

const ADDRESS_KINDS: Readonly<Record<string, string>> = {
  addressCountry: KIND.addressCountry,
  addressLocality: KIND.addressLocality,
  postalCode: KIND.postalCode,
  streetAddress: KIND.streetAddress,
}

function addressSpan(test: TermTest, [language, field = '*', ...more]: Term['field']): Span {
  if (more.length > 0) return always(NOTHING)
  const kinds = Object.entries(ADDRESS_KINDS).filter(([name]) => field === '*' || name === field)
  return translatedRows(
    kinds.map(([, kind]) => kind),
    test,
    language,
  )
}

function translatedRows(kinds: readonly string[], test: TermTest, language = '*'): Span {
  if (language !== '*' && !LANGUAGE_PATTERN.test(language)) return always(NOTHING)
  const rowTest = translatedTestOf(test, language === '*' ? undefined : language)
  return joined(
    kinds.map((kind) => cutSpan(kind, rowTest, test)),
    anyOf,
  )
}

function plainRows(kind: string, test: TermTest): Span {
  return cutSpan(kind, rowTestOf(test), test)
}

/** Rows hold only the beginning of a long text: where a pattern asks for what may come later, they do not tell. */
function cutSpan(kind: string, rowTest: RowTest | undefined, test: TermTest): Span {
  const row = rowsOf(kind, rowTest)
  if (!('like' in test) || isAnything(test.like) || asksForBeginning(test.like)) return always(row)
  const long = rowsOf(kind, { like: `${'?'.repeat(SURELY_WHOLE)}*` })
  return { least: { all: [row, { not: long }] }, most: { any: [row, long] } }
}

/** Characters of a text that a row surely holds whole, with room for the language behind it. */
const SURELY_WHOLE = 100

function asksForBeginning(pattern: Pattern): boolean {
  const first = pattern.findIndex((piece) => typeof piece === 'object' && piece.wildcard === '*')
  return first < 0 || first === pattern.length - 1
}

/** Whether rows compare with the test as documents do: with whole texts, and nothing that keys mark their ends with. */
function isComparable(test: TermTest): boolean {
  const texts =
    'is' in test
      ? [test.is]
      : 'like' in test
        ? [test.like.map((piece) => (typeof piece === 'string' ? piece : '?')).join('')]
        : [test.range.from ?? '', test.range.to ?? '']
  return texts.every((text) => folded(text).length < SURELY_WHOLE && text.isWellFormed() && !isMarked(text))
}

function isMarked(text: string): boolean {
  return text.includes('\0') || text.includes('\u0001')
}

function completenessSpan(test: TermTest): Span {
  if ('like' in test) return isAnything(test.like) ? always(EVERYTHING) : UNTOLD
  const keyOf = (bound: string) => sortable(Math.min(Math.max(Number(bound), -1), 101))
  if ('is' in test) {
    const text = folded(test.is)
    const isPercentage = /^(?:\d|[1-9]\d|100)$/.test(text)
    return always(isPercentage ? rowsOf(KIND.completeness, { is: keyOf(text) }) : NOTHING)
  }
  const bounds = [test.range.from, test.range.to].filter((bound) => bound !== undefined)
  if (!bounds.every((bound) => /^-?\d{1,9}$/.test(bound))) return UNTOLD
  return always(rowsOf(KIND.completeness, rowTestOf(test, keyOf)))
}

/** A day, or a time without its zone: compared as text, as documents are, though records keep more of the time. */
const TIME = /^\d{4}-\d\d-\d\d(?:T[\d:]{0,8})?$/i

function createdSpan(test: TermTest): Span {
  if ('like' in test) return isAnything(test.like) ? always(EVERYTHING) : UNTOLD
  if ('is' in test) return UNTOLD
  const { from, to } = test.range
  if (![from, to].every((bound) => bound === undefined || TIME.test(bound))) return UNTOLD
  const range: Range = {
    ...(from !== undefined && { from: from.toUpperCase() }),
    ...(to !== undefined && { to: to.toUpperCase() }),
  }
  return always({ column: 'createdAt', range })
}

/** Roles go by the whole document, whatever their holder may read of it. */
function rowsOf(kind: string, test: RowTest | undefined): Condition {
  return { kind, ...(test !== undefined && { test }), limits: {} }
}
