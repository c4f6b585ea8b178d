import { offsetAt, utcOf } from './offsets.ts'
import { zoneOf } from './time-zones.ts'

/** What stands for no date. @see specs/superoffice.md 1.1 */
export const EMPTY_DATE = '0001-01-01T00:00:00'

/** Earlier years are no date: a client east or west of Greenwich sends the empty one back shifted (trap 7). */
const FIRST_YEAR = 2
const LAST_YEAR = 9999

const MINUTE_MS = 60_000

/** @param seconds since 1970 */
export function dateOfSeconds(seconds: number): string {
  return dateOfTime(seconds * 1000)
}

/** Whole seconds, UTC, without a zone. @param time milliseconds since 1970 */
export function dateOfTime(time: number): string {
  return new Date(time).toISOString().slice(0, EMPTY_DATE.length)
}

/**
 * A date as the reader's zone shows it, with its offset if they asked for that.
 * @param utc as `dateOfTime` gives it
 * @param timeZone as the context has it
 * @see specs/superoffice.md 3.6
 */
export function localDate(utc: string, timeZone: string | undefined): string {
  if (timeZone === undefined) return utc
  const { name, hasOffset } = zoneOf(timeZone)
  if (utc === EMPTY_DATE) return hasOffset ? emptyDateIn(name) : utc
  const time = timeIn(utc)
  const offset = offsetAt(name, time)
  const local = new Date(time + offset * MINUTE_MS)
  const year = local.getUTCFullYear()
  // A clock that stands beyond the calendar's ends shows the end itself.
  if (year < 1 || year > LAST_YEAR) return hasOffset ? `${utc}Z` : utc
  return dateOfTime(local.getTime()) + (hasOffset ? suffixOf(name, offset) : '')
}

/** A date that is UTC whatever zone the reader asked for. */
export function utcDate(utc: string, timeZone: string | undefined): string {
  return timeZone !== undefined && zoneOf(timeZone).hasOffset ? `${utc}Z` : utc
}

const DATE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?(Z|[+-]\d{2}:?\d{2})?$/i

/**
 * A date that a client wrote: with an offset, the instant in UTC, marked by a `Z`; without one, what the clock of the
 * zone that the client named showed. Undefined when it is no date at all.
 */
export function readDate(text: string): string | undefined {
  const parts = DATE.exec(text.trim())
  if (parts === null) return undefined
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', zone] = parts
  if (Number(year) < FIRST_YEAR) return EMPTY_DATE
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const time = Date.parse(`${written}Z`)
  // The engine rolls 30 February over to March.
  if (Number.isNaN(time) || dateOfTime(time) !== written) return undefined
  if (zone === undefined) return written
  const utc = new Date(time - minutesOf(zone) * MINUTE_MS)
  if (utc.getUTCFullYear() > LAST_YEAR) return undefined
  return utc.getUTCFullYear() < FIRST_YEAR ? EMPTY_DATE : `${dateOfTime(utc.getTime())}Z`
}

/**
 * The date to keep, in UTC, after a client sent `sent`: the stored one when the client was shown just that, for a clock
 * shows some times twice.
 * @param sent as `readDate` gives it
 */
export function storedDate(stored: string, sent: string, timeZone: string | undefined): string {
  if (readDate(localDate(stored, timeZone)) === sent) return stored
  if (sent === EMPTY_DATE) return sent
  if (sent.endsWith('Z')) return sent.slice(0, -1)
  if (timeZone === undefined) return sent
  const utc = new Date(utcOf(zoneOf(timeZone).name, timeIn(sent)))
  const year = utc.getUTCFullYear()
  if (year < FIRST_YEAR) return EMPTY_DATE
  return year > LAST_YEAR ? sent : dateOfTime(utc.getTime())
}

function timeIn(date: string): number {
  return Date.parse(`${date}Z`)
}

/** No date, in a zone that tells its offset: it never falls before the calendar's beginning. */
function emptyDateIn(name: string): string {
  const offset = standardOffset(name)
  const shifted =
    offset > 0 ? Date.parse(`${EMPTY_DATE}Z`) + offset * MINUTE_MS : Date.parse(`${EMPTY_DATE}Z`)
  return dateOfTime(shifted) + suffixOf(name, offset)
}

const WINTER = Date.UTC(2020, 0, 1)
const SUMMER = Date.UTC(2020, 6, 1)

/** Minutes east of Greenwich, outside the time of the year when clocks are put forward. */
function standardOffset(name: string): number {
  return Math.min(offsetAt(name, WINTER), offsetAt(name, SUMMER))
}

function suffixOf(name: string, offset: number): string {
  if (name === 'UTC') return 'Z'
  const minutes = Math.abs(offset)
  const digits = (value: number) => String(value).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60))}:${digits(minutes % 60)}`
}

function minutesOf(suffix: string): number {
  if (suffix === 'Z' || suffix === 'z') return 0
  const sign = suffix.startsWith('-') ? -1 : 1
  const digits = suffix.replace(/\D/g, '')
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)))
}
