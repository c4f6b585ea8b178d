/** One formatter a zone: making one costs more than all else that a date needs. */
const formatters = new Map<string, Intl.DateTimeFormat>()

const MINUTE_MS = 60_000

/** Whole minutes by which clocks in a zone are ahead of UTC; the seconds of local mean times are left out. */
export function offsetAt(zone: string, time: number): number {
  if (zone === 'UTC') return 0
  const parts = formatterOf(zone).formatToParts(time)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours, minutes] = OFFSET.exec(name) ?? []
  if (sign === undefined) return 0
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

/** `GMT+01:00`, `GMT-04:56:02`, `GMT`. */
const OFFSET = /([+-])(\d\d):(\d\d)/

/**
 * The instant at which clocks in a zone show `local`; of two the earlier, and where clocks skip it, the instant at which
 * they would have shown it, had they not been put forward.
 * @param local what the clock shows, as milliseconds since 1970 of a clock that is always right
 */
export function utcOf(zone: string, local: number): number {
  const before = local - offsetAt(zone, local - DAY_MS) * MINUTE_MS
  const after = local - offsetAt(zone, local + DAY_MS) * MINUTE_MS
  const isShown = (time: number) => time + offsetAt(zone, time) * MINUTE_MS === local
  if (isShown(before)) return before
  return isShown(after) ? after : before
}

const DAY_MS = 86_400_000

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
  formatters.set(zone, made)
  return made
}
