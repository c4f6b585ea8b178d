import type { IndexRow } from './index-rows.ts'
import type { Organization } from './organization.ts'
import type { Condition, Range, RowTest } from './query.ts'
import { isHidden } from './query.ts'

/** Whether an organization with these rows matches, as an engine would say that keeps no others. */
export function matchesRows(
  condition: Condition,
  organization: Organization,
  rows: readonly IndexRow[],
): boolean {
  if ('all' in condition) return condition.all.every((one) => matchesRows(one, organization, rows))
  if ('any' in condition) return condition.any.some((one) => matchesRows(one, organization, rows))
  if ('not' in condition) return !matchesRows(condition.not, organization, rows)
  if ('kind' in condition) {
    const { kind, test, limits } = condition
    return rows.some(
      (row) =>
        row.kind === kind &&
        !isHidden(row.part, limits ?? {}) &&
        (test === undefined || passes(row.key, test)),
    )
  }
  if ('in' in condition) return condition.in.includes(String(organization[condition.column]))
  const { column, range } = condition
  if (column === 'createdAt') return isWithin(organization.created.at, range, compareText)
  return isWithin(String(organization[column]), range, (left, right) => Number(left) - Number(right))
}

function passes(key: string, test: RowTest): boolean {
  if ('is' in test) return key === test.is
  if ('in' in test) return test.in.includes(key)
  if ('startsWith' in test) return key.startsWith(test.startsWith)
  if ('endsWith' in test) return key.endsWith(test.endsWith)
  if ('contains' in test) return key.includes(test.contains)
  if ('range' in test) return isWithin(key, test.range, compareText)
  if ('like' in test) return patternOf(test.like).test(key)
  if ('any' in test) return test.any.some((one) => passes(key, one))
  return test.all.every((one) => passes(key, one))
}

function isWithin(
  value: string,
  { from, to, excludes }: Range,
  compare: (left: string, right: string) => number,
): boolean {
  const isOpen = (bound: 'from' | 'to') => excludes === bound || excludes === 'both'
  const least = isOpen('from') ? 1 : 0
  const most = isOpen('to') ? -1 : 0
  return (
    (from === undefined || Math.sign(compare(value, from)) >= least) &&
    (to === undefined || Math.sign(compare(value, to)) <= most)
  )
}

/** As UTF-8 is compared: by code points, where JavaScript compares halves of them. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0
  let at = 0
  while (at < left.length && left.charCodeAt(at) === right.charCodeAt(at)) at += 1
  const [first, second] = [left.charCodeAt(at), right.charCodeAt(at)]
  if (Number.isNaN(first) || Number.isNaN(second)) return left.length - right.length
  // Halves of characters beyond the Basic Multilingual Plane stand before some that are within.
  const rank = (unit: number) => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit)
  return rank(first) - rank(second)
}

const PIECES = /\\([\s\S])|[*?]|[^\\*?]+/g

/** Letters of ASCII are the same in either case. */
function patternOf(like: string): RegExp {
  const source = [...like.matchAll(PIECES)].map(([piece, escaped]) => {
    if (escaped === undefined && piece === '*') return '[\\s\\S]*'
    if (escaped === undefined && piece === '?') return '[\\s\\S]'
    return (escaped ?? piece).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/[a-z]/gi, eitherCase)
  })
  return new RegExp(`^${source.join('')}$`, 'u')
}

function eitherCase(letter: string): string {
  return `[${letter.toLowerCase()}${letter.toUpperCase()}]`
}
