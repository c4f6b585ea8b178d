/** A condition on the index rows of an organization. Values are compared as text, as the rows keep them. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  /** One of its ids, numbers (as text) or states. */
  | { readonly column: 'id' | 'number' | 'state'; readonly in: readonly string[] }
  /** Its number, when it was created (UTC, milliseconds) or last changed (whole seconds since 1970, see `shownAt`). */
  | { readonly column: 'number' | 'createdAt' | 'shownAt'; readonly range: Range }
  | RowCondition

/** Has a row of `kind` that passes; without a test, any row. */
export interface RowCondition {
  readonly kind: string
  readonly test?: RowTest
  /** The part that all rows which pass come from, where it is one: for who may not read that, nothing is looked for. */
  readonly part?: string
  /** Whose rows count, in place of what limits the query. */
  readonly limits?: PartLimits
}

/** Which rows a reader may know of, by the parts that they come from. */
export interface PartLimits {
  /** Rows of these parts match nothing: the reader may not read them. */
  readonly hiddenParts?: readonly string[]
  /** Rows of other parts than these match nothing. */
  readonly onlyParts?: readonly string[]
}

export type RowTest =
  | { readonly is: string }
  | { readonly in: readonly string[] }
  | { readonly startsWith: string }
  | { readonly endsWith: string }
  | { readonly contains: string }
  /** Whole, with `*` for any text and `?` for one character; each of them and `\` itself after a `\`. */
  | { readonly like: string }
  | { readonly range: Range }
  /** All of these, of the same row. */
  | { readonly all: readonly RowTest[] }
  | { readonly any: readonly RowTest[] }

/**
 * A condition that holds at least wherever `condition` does, even for a reader from whom some of its rows are hidden:
 * no row can tell them that something is not so.
 */
export function widened(condition: Condition, isNegated = false): Condition {
  if ('not' in condition) return widened(condition.not, !isNegated)
  if ('all' in condition) return grouped(condition.all, !isNegated, isNegated)
  if ('any' in condition) return grouped(condition.any, isNegated, isNegated)
  if (!isNegated) return condition
  return 'kind' in condition ? EVERYTHING : { not: condition }
}

/** Whether a row may make the condition false. */
export function hasNot(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(hasNot)
  if ('any' in condition) return condition.any.some(hasNot)
  return 'not' in condition
}

function grouped(conditions: readonly Condition[], isAll: boolean, isNegated: boolean): Condition {
  const wide = conditions.map((condition) => widened(condition, isNegated))
  return isAll ? { all: wide } : { any: wide }
}

/** Bounds as text; without one it is open. */
export interface Range {
  readonly from?: string
  readonly to?: string
  /** Whether the bounds themselves are in it (default both). */
  readonly excludes?: 'from' | 'to' | 'both'
}

/** How many values it compares with, about: engines take no more than so many. */
export function sizeOf(condition: Condition): number {
  if ('all' in condition) return condition.all.reduce((sum, one) => sum + sizeOf(one), 1)
  if ('any' in condition) return condition.any.reduce((sum, one) => sum + sizeOf(one), 1)
  if ('not' in condition) return sizeOf(condition.not)
  if ('in' in condition) return condition.in.length
  if ('range' in condition) return 2
  const { hiddenParts = [], onlyParts = [] } = condition.limits ?? {}
  return 2 + sizeOfTest(condition.test) + hiddenParts.length + onlyParts.length
}

function sizeOfTest(test: RowTest | undefined): number {
  if (test === undefined) return 0
  if ('in' in test) return test.in.length
  const tests = 'all' in test ? test.all : 'any' in test ? test.any : []
  return tests.reduce((sum, one) => sum + sizeOfTest(one), 2)
}

/** Whether rows of the part match nothing. */
export function isHidden(part: string, { hiddenParts = [], onlyParts }: PartLimits): boolean {
  return hiddenParts.includes(part) || onlyParts?.includes(part) === false
}

export const EVERYTHING: Condition = { all: [] }
export const NOTHING: Condition = { any: [] }

/** A number as text that sorts as the number does: for row keys and ranges over them. */
export function sortable(number: number): string {
  const offset = number + 1e15
  const [whole = '0', fraction = ''] = offset.toFixed(6).split('.')
  return `${whole.padStart(17, '0')}.${fraction}`
}
