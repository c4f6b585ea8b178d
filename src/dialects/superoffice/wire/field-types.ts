/** What a custom field holds. */
export type FieldKind =
  | 'integer'
  | 'decimal'
  | 'text'
  | 'date'
  | 'datetime'
  | 'time'
  | 'timespan'
  | 'checkbox'
  | 'list'

/** The encoding of a dictionary: checkboxes and dates differ (trap 13). */
export type Encoding = 'udef' | 'extra' | 'custom'

/** What the vendor tells of a type. */
export interface TypeFacts {
  readonly kind: FieldKind
  /** As the CustomField endpoints name it. @see specs/superoffice.md 1.8 */
  readonly info: string
  /** FieldLength in FieldProperties; of texts, the most that one may have. */
  readonly length: number
}

/** Types of user-defined fields. @see specs/superoffice.md 1.8, 1.10 */
export const UDEF_TYPES = {
  Number: { kind: 'integer', info: 'Integer', length: 10 },
  ShortText: { kind: 'text', info: 'ShortText', length: 255 },
  LongText: { kind: 'text', info: 'LongText', length: 64_000 },
  Date: { kind: 'date', info: 'Date', length: 12 },
  UnlimitedDate: { kind: 'date', info: 'Date', length: 12 },
  Checkbox: { kind: 'checkbox', info: 'Checkbox', length: 2 },
  List: { kind: 'list', info: 'MdoList', length: 15 },
  Decimal: { kind: 'decimal', info: 'Decimal', length: 14 },
} as const satisfies Readonly<Record<string, TypeFacts>>

/** Types of extra fields. */
export const EXTRA_TYPES = {
  Integer: { kind: 'integer', info: 'Integer', length: -1 },
  ShortText: { kind: 'text', info: 'ShortText', length: 255 },
  LongText: { kind: 'text', info: 'LongText', length: 64_000 },
  Date: { kind: 'date', info: 'Date', length: -1 },
  DateTime: { kind: 'datetime', info: 'DateTime', length: -1 },
  Time: { kind: 'time', info: 'Time', length: -1 },
  TimeSpan: { kind: 'timespan', info: 'TimeSpan', length: -1 },
  Checkbox: { kind: 'checkbox', info: 'Checkbox', length: -1 },
  MdoList: { kind: 'list', info: 'MdoList', length: -1 },
  Decimal: { kind: 'decimal', info: 'Decimal', length: -1 },
} as const satisfies Readonly<Record<string, TypeFacts>>

/** What a field holds that nobody has filled in. */
export const EMPTY_VALUE: Readonly<Record<FieldKind, string>> = {
  integer: '0',
  decimal: '0',
  text: '',
  date: '',
  datetime: '',
  time: '',
  timespan: '0',
  checkbox: '0',
  list: '0',
}

const NO_TIME = '00:00:00.0000000'
const NO_DATE = `01/01/0001 ${NO_TIME}`

/** A time without a day, as captured. @see specs/superoffice.md 3.8 */
const DAY_OF_TIMES = '01/01/1760'

/** A plain value as a dictionary writes it. @param value as `decoded` gives it */
export function encoded(kind: FieldKind, value: string, encoding: Encoding): string {
  switch (kind) {
    case 'text':
      return value
    case 'integer':
    case 'list':
      return `[I:${value}]`
    case 'decimal':
      return `[F:${value}]`
    case 'timespan':
      return `[TS:${value}]`
    case 'checkbox':
      if (encoding === 'udef') return value === '1' ? 'True' : 'False'
      return `[I:${value}]`
    case 'date':
      return `[${encoding === 'custom' ? 'DT' : 'D'}:${value === '' ? NO_DATE : `${american(value)} ${NO_TIME}`}]`
    case 'datetime':
      return value === ''
        ? `[DT:${NO_DATE}]`
        : `[DT:${american(value.slice(0, 10))} ${value.slice(11)}.0000000]`
    case 'time':
      return value === '' ? `[DT:${NO_DATE}]` : `[DT:${DAY_OF_TIMES} ${value}.0000000]`
  }
}

const PREFIXED = /^\[(I|F|M|D|DT|T|TS):([^\]]*)\]$/i
const INTEGER = /^[+-]?\d{1,10}$/
const DECIMAL = /^([+-]?)(\d{1,15})(?:\.(\d{1,15}))?$/
const INT32 = 2_147_483_647

/**
 * The plain value in what a client wrote, encoded or not; undefined when a field of this kind can not hold it. Whole
 * numbers, decimals without needless zeros, `1` and `0`, `yyyy-MM-dd`, `yyyy-MM-ddTHH:mm:ss`, `HH:mm:ss`.
 */
export function decoded(kind: FieldKind, text: string): string | undefined {
  if (kind === 'text') return text
  const inner = (PREFIXED.exec(text.trim())?.[2] ?? text).trim()
  if (inner === '') return EMPTY_VALUE[kind]
  switch (kind) {
    case 'integer':
    case 'timespan':
      return wholeIn(inner, -INT32 - 1)
    case 'list':
      return wholeIn(inner, 0)
    case 'checkbox':
      return CHECKS[inner.toLowerCase()]
    case 'decimal':
      return decimalIn(inner)
    case 'date':
      return dateIn(inner)?.slice(0, 10)
    case 'datetime':
      return dateIn(inner)
    case 'time':
      return timeIn(inner)
  }
}

const CHECKS: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  true: '1',
  '1': '1',
  false: '0',
  '0': '0',
})

function wholeIn(text: string, least: number): string | undefined {
  const number = INTEGER.test(text) ? Number(text) : Number.NaN
  return number >= least && number <= INT32 ? String(number + 0) : undefined
}

function decimalIn(text: string): string | undefined {
  const [, sign, whole = '', fraction = ''] = DECIMAL.exec(text) ?? []
  if (sign === undefined) return undefined
  const digits = whole.replace(/^0+(?=\d)/, '')
  const rest = fraction.replace(/0+$/, '')
  const value = rest === '' ? digits : `${digits}.${rest}`
  return sign === '-' && value !== '0' ? `-${value}` : value
}

const AMERICAN = /^(\d{2})\/(\d{2})\/(\d{4})(?: (\d{2}):(\d{2}):(\d{2})(?:\.\d{1,7})?)?$/
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,7})?)?)?Z?$/

/** Years before 2 are no date, which is empty. */
function dateIn(text: string): string | undefined {
  const american = AMERICAN.exec(text)
  const iso = ISO.exec(text)
  const parts =
    american === null ? iso?.slice(1) : [american[3], american[1], american[2], ...american.slice(4)]
  if (parts === undefined) return undefined
  const [year = '', month = '', day = '', hour = '00', minute = '00', second = '00'] = parts
  if (Number(year) < 2) return ''
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const time = Date.parse(`${written}Z`)
  if (Number.isNaN(time) || !new Date(time).toISOString().startsWith(written)) return undefined
  return written
}

const TIME = /^(?:\d{2}\/\d{2}\/(\d{4}) )?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,7})?)?$/

function timeIn(text: string): string | undefined {
  const [, year, hour, minute = '', second = '00'] = TIME.exec(text) ?? []
  if (hour === undefined) return undefined
  if (year !== undefined && Number(year) < 2) return ''
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
  return isTime ? `${hour.padStart(2, '0')}:${minute}:${second}` : undefined
}

/** `1999-05-31` → `05/31/1999`. */
function american(date: string): string {
  return `${date.slice(5, 7)}/${date.slice(8, 10)}/${date.slice(0, 4)}`
}
