/** What stands for no date. @see specs/superoffice.md 1.1 */
export const EMPTY_DATE = '0001-01-01T00:00:00'

/** Earlier years are no date: a client east or west of Greenwich sends the empty one back shifted (trap 7). */
const FIRST_YEAR = 2
const LAST_YEAR = 9999

const DATE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?(?:Z|([+-])(\d{2}):?(\d{2}))?$/i

/** @param seconds since 1970 */
export function dateOfSeconds(seconds: number): string {
  return dateOfTime(seconds * 1000)
}

/** Whole seconds, UTC, without a zone. @param time milliseconds since 1970 */
export function dateOfTime(time: number): string {
  return new Date(time).toISOString().slice(0, EMPTY_DATE.length)
}

/**
 * A date as the wire shows it, from one that a client wrote; with an offset it is brought to UTC, without one it is
 * UTC. Undefined when it is no date at all.
 */
export function readDate(text: string): string | undefined {
  const parts = DATE.exec(text.trim())
  if (parts === null) return undefined
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', sign, hours, minutes] =
    parts
  if (Number(year) < FIRST_YEAR) return EMPTY_DATE
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const time = Date.parse(`${written}Z`)
  // The engine rolls 30 February over to March.
  if (Number.isNaN(time) || dateOfTime(time) !== written) return undefined
  const offset = sign === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes))
  const utc = new Date(time - offset * 60_000)
  if (utc.getUTCFullYear() > LAST_YEAR) return undefined
  return utc.getUTCFullYear() < FIRST_YEAR ? EMPTY_DATE : dateOfTime(utc.getTime())
}
