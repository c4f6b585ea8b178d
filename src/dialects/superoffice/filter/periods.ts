const DAY_MS = 86_400_000

/** A span of the calendar, in UTC; weeks begin on Monday. */
export type Period = 'day' | 'week' | 'month' | 'quarter' | 'half' | 'year'

/** From the first millisecond of a span to the first one after it. */
export interface Span {
  readonly from: number
  readonly until: number
}

/** The periods from the `first`th after the current one to the `last`th; 0 is the current one. */
export function spanOf(period: Period, now: number, first: number, last: number): Span {
  return { from: startOf(period, now, first), until: startOf(period, now, last + 1) }
}

/** The period that a word names, in the singular or the plural; undefined when there is none. */
export function periodNamed(word: string): Period | undefined {
  const name = word.toLowerCase()
  return PERIODS.find((period) => name === period || name === `${period}s` || name === PLURALS[period])
}

const PERIODS = ['day', 'week', 'month', 'quarter', 'half', 'year'] as const satisfies readonly Period[]
const PLURALS: Readonly<Partial<Record<Period, string>>> = { half: 'halves' }

const MONTHS: Readonly<Record<Exclude<Period, 'day' | 'week'>, number>> = {
  month: 1,
  quarter: 3,
  half: 6,
  year: 12,
}

function startOf(period: Period, now: number, offset: number): number {
  const today = Math.floor(now / DAY_MS) * DAY_MS
  if (period === 'day') return today + offset * DAY_MS
  const date = new Date(today)
  if (period === 'week') {
    const sinceMonday = (date.getUTCDay() + 6) % 7
    return today + (offset * 7 - sinceMonday) * DAY_MS
  }
  const months = MONTHS[period]
  const first = Math.floor(date.getUTCMonth() / months) * months
  return Date.UTC(date.getUTCFullYear(), first + offset * months, 1)
}
