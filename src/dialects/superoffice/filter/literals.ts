import type { Span } from './periods.ts'
import type { Token } from './tokens.ts'
import { badAt } from './tokens.ts'

/** The earliest and the latest time that a date on the wire can tell; the latter is excluded. */
export const EARLIEST = Date.parse('0001-01-01T00:00:00Z')
export const LATEST = Date.parse('9999-12-31T23:59:59Z')

const INTEGER = /^[+-]?\d{1,15}$/

/** @throws Problem refused (option-invalid) */
export function integerOf({ value, position }: Token): number {
  if (!INTEGER.test(value.trim())) throw badAt(position, `'${value}' is no whole number`)
  return Number(value.trim()) + 0
}

const FLAGS: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false }

/** @throws Problem refused (option-invalid) */
export function flagOf({ value, position }: Token): boolean {
  const word = value.trim().toLowerCase()
  const flag = Object.hasOwn(FLAGS, word) ? FLAGS[word] : undefined
  if (flag === undefined) throw badAt(position, `'${value}' is neither true nor false`)
  return flag
}

/** A plus in a query is a blank by the time that it is read. */
const DATE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+\- ]\d{2}:?\d{2})?)?$/i

/**
 * All that a date stands for: a day, a second, or the instant that its fraction names. Without an offset it is UTC.
 * @throws Problem refused (option-invalid)
 */
export function dateOf({ value, position }: Token): Span {
  const fault = () => badAt(position, `'${value}' is no date`)
  const parts = DATE.exec(value.trim())
  if (parts === null) throw fault()
  const [, year = '', month = '', day = '', hour, minute = '00', second = '00', fraction, offset] = parts
  const two = (digits: string) => digits.padStart(2, '0')
  const written = `${year}-${two(month)}-${two(day)}T${two(hour ?? '0')}:${minute}:${second}`
  const time = Date.parse(`${written}Z`)
  // The engine rolls 30 February over to March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, written.length) !== written) throw fault()
  const from = time + Math.floor(Number(`0.${fraction ?? 0}`) * 1000) - minutesOf(offset) * 60_000
  const length = hour === undefined ? 86_400_000 : fraction === undefined ? 1000 : 1
  return { from: within(from), until: within(from + length) }
}

/** The time, or the end of the calendar that it lies beyond. */
export function within(time: number): number {
  return Math.min(Math.max(time, EARLIEST), LATEST)
}

function minutesOf(offset: string | undefined): number {
  if (offset === undefined || /^z$/i.test(offset)) return 0
  const digits = offset.replace(/\D/g, '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return offset.startsWith('-') ? -minutes : minutes
}
