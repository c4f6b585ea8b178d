import { folded } from '../../core/index-rows.ts'
import type { Matches } from '../../core/policy.ts'
import { FULL_GRANT } from '../../core/policy.ts'
import { Problem } from '../../core/problem.ts'
import type { Range } from '../../core/query.ts'
import { organizer } from './lens/organizer.ts'
import type { Pattern, Query, TermTest } from './lucene.ts'
import { parseLucene } from './lucene.ts'

type Test = (document: unknown) => boolean

/** Compiled queries that are kept; roles are few. */
const KEPT = 1_000
const compiled = new Map<string, Test>()

/**
 * Whether the document of an organization matches a Lucene-style query. One that cannot be read matches nothing: a
 * mistake must not widen a role.
 * @see specs/uitdatabank.md 5.3
 */
export const matches: Matches = (where, organization, catalogue) => {
  const view = organizer.get({ organization, people: [] }, { baseUrl: '', grant: FULL_GRANT, catalogue })
  const { labels = [], hiddenLabels = [] } = view
  const document = {
    ...view,
    id: organization.id,
    _type: 'organizer',
    labels: [...labels, ...hiddenLabels],
    contributors: organization.contributors,
  }
  return testOf(where)(document)
}

function testOf(where: string): Test {
  const known = compiled.get(where)
  if (known !== undefined) return known
  const test = readQuery(where) ?? (() => false)
  if (compiled.size >= KEPT) compiled.clear()
  compiled.set(where, test)
  return test
}

/** Whether a query can be read: one that cannot matches nothing. */
export function isReadableWhere(where: string): boolean {
  return readQuery(where) !== undefined
}

/** The test that a query stands for; undefined when it cannot be read. */
export function readQuery(where: string): Test | undefined {
  try {
    return testOfQuery(parseLucene(where))
  } catch (fault) {
    if (fault instanceof Problem) return undefined
    throw fault
  }
}

function testOfQuery(query: Query): Test {
  if ('any' in query) {
    const tests = query.any.map(testOfQuery)
    return (document) => tests.some((test) => test(document))
  }
  if ('all' in query) {
    const tests = query.all.map(testOfQuery)
    return (document) => tests.every((test) => test(document))
  }
  if ('not' in query) {
    const test = testOfQuery(query.not)
    return (document) => !test(document)
  }
  const { field } = query
  const isHit = testOfTerm(query.test)
  if (field.length === 1 && field[0] === '*') return () => isHit('*')
  // Without a field it asks for words, of which a document has none.
  return (document) => valuesAt(document, field.length === 0 ? [''] : field).some(isHit)
}

type Scalar = string | number | boolean

/** Whether a value passes, whatever its case. Numbers compare as numbers, all else as text. */
export function testOfTerm(test: TermTest): (value: Scalar) => boolean {
  if ('is' in test) {
    const wanted = folded(test.is)
    return (value) => folded(String(value)) === wanted
  }
  if ('like' in test) {
    const regex = regexOf(test.like)
    return (value) => regex.test(folded(String(value)))
  }
  return rangeTest(test.range)
}

function regexOf(pattern: Pattern): RegExp {
  const source = pattern.map((piece) => {
    if (typeof piece === 'string') return RegExp.escape(folded(piece))
    return piece.wildcard === '*' ? '.*' : '.'
  })
  return new RegExp(`^${source.join('')}$`, 'su')
}

function rangeTest({ from, to, excludes }: Range): (value: Scalar) => boolean {
  const lowest = excludes === 'from' || excludes === 'both' ? 1 : 0
  const highest = excludes === 'to' || excludes === 'both' ? -1 : 0
  return (value) =>
    (from === undefined || order(value, from) >= lowest) && (to === undefined || order(value, to) <= highest)
}

function order(value: Scalar, bound: string): number {
  if (typeof value === 'number') return Math.sign(value - Number(bound))
  return Buffer.compare(Buffer.from(folded(String(value))), Buffer.from(folded(bound)))
}

/** The scalar values at a path whose segments may be `*`. */
function valuesAt(value: unknown, path: readonly string[]): readonly Scalar[] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path))
  const [segment, ...rest] = path
  if (typeof value !== 'object') return segment === undefined ? [value as Scalar] : []
  if (segment === undefined) return Object.values(value).flatMap((member) => valuesAt(member, []))
  if (segment === '*') return Object.values(value).flatMap((member) => valuesAt(member, rest))
  return Object.hasOwn(value, segment) ? valuesAt((value as Record<string, unknown>)[segment], rest) : []
}
