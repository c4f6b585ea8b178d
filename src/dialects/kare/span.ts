/** A day, a second, an instant: from its first millisecond up to, and without, the first one after it. UTC. */
export interface Span {
  readonly from: string
  readonly to: string
}

const FORM = /^(?<day>\d{4}-\d\d-\d\d)(?<time>T\d\d:\d\d:\d\d(?<milliseconds>\.\d{3})?(Z|[+-]\d\d:\d\d))?$/

const DAY_MS = 86_400_000
const SECOND_MS = 1_000

/** What a date means: the whole day in UTC; with a time the second, with milliseconds the instant. Undefined when it is none. */
export function spanOf(text: string): Span | undefined {
  const { day, time, milliseconds } = FORM.exec(text)?.groups ?? {}
  if (day === undefined || !isRealDay(day)) return undefined
  const from = Date.parse(text)
  if (Number.isNaN(from)) return undefined
  const length = time === undefined ? DAY_MS : milliseconds === undefined ? SECOND_MS : 1
  return { from: instantOf(from), to: instantOf(from + length) }
}

export function isWithin({ from, to }: Span, instant: string): boolean {
  return from <= instant && instant < to
}

/** The calendar has no 30 February, though some parsers do. */
function isRealDay(day: string): boolean {
  const parsed = Date.parse(day)
  return !Number.isNaN(parsed) && instantOf(parsed).startsWith(day)
}

function instantOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
