import type { Condition, Range } from '../../../core/query.ts'
import { EVERYTHING } from '../../../core/query.ts'
import type { TermTest } from '../lucene.ts'
import { isAnything } from './row-tests.ts'

/** Whole seconds since 1970, both included. */
interface Seconds {
  readonly from?: number
  readonly to?: number
}

/** When it was created; undefined when the test is none of times. */
export function createdIn(test: TermTest): Condition | undefined {
  return conditionOf(test, ({ from, to }) => ({
    column: 'createdAt',
    range: {
      ...(from !== undefined && { from: instant(from, 0) }),
      ...(to !== undefined && { to: instant(to, 999) }),
    },
  }))
}

/** When it was last changed, by the time that whole-second clients see. */
export function modifiedIn(test: TermTest): Condition | undefined {
  return conditionOf(test, ({ from, to }) => ({
    column: 'shownAt',
    range: {
      ...(from !== undefined && { from: String(from) }),
      ...(to !== undefined && { to: String(to) }),
    },
  }))
}

function conditionOf(test: TermTest, condition: (seconds: Seconds) => Condition): Condition | undefined {
  if ('like' in test) return isAnything(test.like) ? EVERYTHING : undefined
  const seconds = secondsOf('is' in test ? { from: test.is, to: test.is } : test.range)
  return seconds && condition(seconds)
}

/** A day stands for all its seconds. */
function secondsOf({ from, to, excludes }: Range): Seconds | undefined {
  const [lower, upper] = [from, to].map((bound) => (bound === undefined ? {} : spanOf(bound)))
  if (lower === undefined || upper === undefined) return undefined
  const isOpen = (bound: 'from' | 'to') => excludes === bound || excludes === 'both'
  const first = isOpen('from') ? lower.last && lower.last + 1 : lower.first
  const last = isOpen('to') ? upper.first && upper.first - 1 : upper.last
  return { ...(first !== undefined && { from: first }), ...(last !== undefined && { to: last }) }
}

const MOMENT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d))?$/

const DAY_S = 86_400

function spanOf(text: string): { readonly first?: number; readonly last?: number } | undefined {
  const match = MOMENT.exec(text)
  const first = Math.floor(Date.parse(text) / 1000)
  if (match === null || Number.isNaN(first)) return undefined
  return { first, last: match[1] === undefined ? first + DAY_S - 1 : first }
}

const LAST = '9999-12-31T23:59:59.999Z'

/** As records keep it; beyond the years that have four digits it is before or after all of them. */
function instant(seconds: number, milliseconds: number): string {
  const text = new Date(seconds * 1000 + milliseconds).toISOString()
  return text.startsWith('-') ? '' : text.startsWith('+') ? LAST : text
}
