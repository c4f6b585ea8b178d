import type { Bag } from '../wire.ts'

const UTC = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?Z$/
/** Minutes and seconds may be left out. @see RFC 6350 §4.3.3 */
const TIMESTAMP =
  /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d)(?::?(\d\d)(?::?(\d\d)(?:\.\d+)?)?)?(Z|[+-]\d\d(?::?\d\d)?)?$/

/** An instant, in whole seconds. @see RFC 6350 §4.3.5 */
export function timestampOf(utc: string): string | undefined {
  const [, ...digits] = UTC.exec(utc) ?? []
  return digits.length === 0 ? undefined : `${digits.slice(0, 3).join('')}T${digits.slice(3).join('')}Z`
}

/** A time without a zone is one in UTC. */
export function utcFrom(timestamp: string): string | undefined {
  const [, year, month, day, hour, minute = '00', second = '00', zone = 'Z'] =
    TIMESTAMP.exec(timestamp.trim()) ?? []
  if (year === undefined) return undefined
  const offset = /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone.replace(/(\d\d)(\d\d)$/, '$1:$2')
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`)
  if (Number.isNaN(time)) return undefined
  const text = new Date(time).toISOString()
  return /^\d{4}-/.test(text) ? text.replace('.000Z', 'Z') : undefined
}

/** The date of an anniversary as BDAY has it; undefined for what vCard cannot say. @see RFC 6350 §4.3.1 */
export function dateValueOf({ '@type': type, utc, year, month, day }: Bag): string | undefined {
  if (typeof utc === 'string') return type === 'Timestamp' ? timestampOf(utc) : undefined
  const two = (number: unknown) => String(number).padStart(2, '0')
  const years = year === undefined ? undefined : String(year).padStart(4, '0')
  if (years !== undefined && month !== undefined)
    return day === undefined ? `${years}-${two(month)}` : `${years}${two(month)}${two(day)}`
  if (years !== undefined) return day === undefined ? years : undefined
  if (month !== undefined) return day === undefined ? `--${two(month)}` : `--${two(month)}${two(day)}`
  return day === undefined ? undefined : `---${two(day)}`
}

const DATE = /^(?:(\d{4})(?:-(\d\d)|-?(\d\d)-?(\d\d))?|--(\d\d)-?(\d\d)?|---(\d\d))$/

export function dateFrom(value: string): Bag | undefined {
  const utc = utcFrom(value)
  if (utc !== undefined) return { '@type': 'Timestamp', utc }
  const [all, year, ofYear, month, day, only, ofMonth, alone] = DATE.exec(value.split('T', 1)[0] ?? '') ?? []
  if (all === undefined) return undefined
  const numbers = { year, month: ofYear ?? month ?? only, day: day ?? ofMonth ?? alone }
  return Object.fromEntries(
    Object.entries(numbers).flatMap(([name, digits]) =>
      digits === undefined ? [] : [[name, Number(digits)]],
    ),
  )
}
