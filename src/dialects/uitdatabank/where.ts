import lucene from 'lucene'
import type { Matches } from '../../core/policy.ts'
import { FULL_GRANT } from '../../core/policy.ts'
import { organizer } from './lens/organizer.ts'

type Test = (document: unknown) => boolean

type Node = lucene.AST | lucene.Node

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

/** The test that a query stands for; undefined when it cannot be read. */
export function readQuery(where: string): Test | undefined {
  try {
    return testOfNode(lucene.parse(where), undefined)
  } catch {
    return undefined
  }
}

/** NOT before AND before OR, and AND where nothing stands between two terms: the parser itself knows no precedence. */
function testOfNode(node: Node, outer: string | undefined): Test {
  if (!('left' in node)) return testOfTerm(node as lucene.Node, outer)
  const field = 'field' in node && typeof node.field === 'string' ? node.field : outer
  const alternatives: Test[][] = [[]]
  for (const { operators, operand } of chainOf(node, '')) {
    const test = testOfNode(operand, field)
    if (operators.includes('OR')) alternatives.push([])
    alternatives.at(-1)?.push(operators.includes('NOT') ? (document) => !test(document) : test)
  }
  return (document) => alternatives.some((tests) => tests.every((test) => test(document)))
}

interface Operand {
  /** What stands before it: `AND`, `OR NOT`, … */
  readonly operators: string
  readonly operand: Node
}

/** The operands that stand beside each other without parentheses. */
function chainOf(node: Node, operators: string): readonly Operand[] {
  const chain = node as { left: Node; start?: string; operator?: string; right?: Node }
  const first = { operators: `${operators} ${chain.start ?? ''}`, operand: chain.left }
  if (chain.right === undefined) return [first]
  const operator = chain.operator ?? ''
  const right = chain.right as Node & { parenthesized?: boolean; field?: unknown }
  const isChain = 'left' in right && right.parenthesized !== true && right.field === undefined
  return [first, ...(isChain ? chainOf(right, operator) : [{ operators: operator, operand: right }])]
}

function testOfTerm(node: lucene.Node, outer: string | undefined): Test {
  const named = node.field === '<implicit>' ? outer : node.field
  const isNegated = named?.startsWith('-') === true || named?.startsWith('!') === true
  const path = (named ?? '')
    .replace(/^[-!+]/, '')
    .replaceAll('\\*', '*')
    .split('.')
  const isHit = 'term_min' in node ? rangeTest(node) : wordTest(node as lucene.NodeTerm)
  const test: Test = (document) => valuesAt(document, path).some(isHit)
  if (named === '*') return () => 'term' in node && node.term === '*'
  return isNegated ? (document) => !test(document) : test
}

function wordTest({ term, quoted }: lucene.NodeTerm): (value: string) => boolean {
  const wanted = term.replace(/\\(.)/g, '$1').toLowerCase()
  if (!quoted && /[*?]/.test(term)) {
    const pattern = wanted
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')
    const regex = new RegExp(`^${pattern}$`, 's')
    return (value) => regex.test(value.toLowerCase())
  }
  return (value) => value.toLowerCase() === wanted
}

function rangeTest({ term_min, term_max, inclusive }: lucene.NodeRangedTerm): (value: string) => boolean {
  const includesMin = inclusive === 'both' || inclusive === 'left'
  const includesMax = inclusive === 'both' || inclusive === 'right'
  return (value) => {
    const low = term_min === '*' ? 1 : order(value, term_min)
    const high = term_max === '*' ? -1 : order(value, term_max)
    return (low > 0 || (low === 0 && includesMin)) && (high < 0 || (high === 0 && includesMax))
  }
}

/** Numbers compare as numbers, all else as text. */
function order(left: string, right: string): number {
  const [first, second] = [Number(left), Number(right)]
  if (Number.isFinite(first) && Number.isFinite(second)) return first - second
  return left < right ? -1 : left > right ? 1 : 0
}

/** The scalar values at a path whose segments may be `*`. */
function valuesAt(value: unknown, path: readonly string[]): readonly string[] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path))
  const [segment, ...rest] = path
  if (typeof value !== 'object') return segment === undefined ? [String(value)] : []
  if (segment === undefined) return Object.values(value).flatMap((member) => valuesAt(member, []))
  if (segment === '*') return Object.values(value).flatMap((member) => valuesAt(member, rest))
  return Object.hasOwn(value, segment) ? valuesAt((value as Record<string, unknown>)[segment], rest) : []
}
