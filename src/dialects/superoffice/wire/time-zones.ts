/** How a reader wants dates: in which zone, and whether their offset is told. @see specs/superoffice.md 3.6 */
export interface Zone {
  /** The vendor's code, upper case: `NO`, `US-NY`, `UTC`. */
  readonly code: string
  /** Name in the time-zone database. */
  readonly name: string
  readonly hasOffset: boolean
}

/** The zone in which dates are exchanged unless a client names another. */
export const BASE_ZONE: Zone = { code: 'UTC', name: 'UTC', hasOffset: false }

const INCLUDES_OFFSET = 'includetzoffset'

/**
 * What a client asked for in SO-TimeZone, in the form that `zoneOf` takes; undefined for the base zone without offsets.
 * A code that is unknown is the base zone: the reply tells which one was used.
 */
export function timeZoneOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  const words = header
    .slice(0, LONGEST_HEADER)
    .split(',')
    .map((word) => word.trim().toUpperCase())
  const hasOffset = words.includes(INCLUDES_OFFSET.toUpperCase())
  const code = words.map(codeOf).find((found) => found !== undefined) ?? BASE_ZONE.code
  if (code === BASE_ZONE.code && !hasOffset) return undefined
  return hasOffset ? `${code},${INCLUDES_OFFSET}` : code
}

const LONGEST_HEADER = 200

const known = new Map<string, Zone>()

/** @param timeZone as `timeZoneOf` gives it */
export function zoneOf(timeZone: string | undefined): Zone {
  if (timeZone === undefined) return BASE_ZONE
  const cached = known.get(timeZone)
  if (cached !== undefined) return cached
  const [code = '', offset] = timeZone.split(',')
  const zone = { code, name: nameOf(code) ?? BASE_ZONE.name, hasOffset: offset === INCLUDES_OFFSET }
  known.set(timeZone, zone)
  return zone
}

/** Numeric ids that are known of the vendor's zones. */
const BY_ID: Readonly<Record<string, string>> = {
  '1': 'UTC',
  '140': 'DK',
  '156': 'FR',
  '261': 'NO',
  '425': 'US-CA',
  '460': 'US-NY',
}

function codeOf(word: string): string | undefined {
  const code = Object.hasOwn(BY_ID, word) ? BY_ID[word] : word
  return code !== undefined && nameOf(code) !== undefined ? code : undefined
}

const ALIASES: Readonly<Record<string, string>> = { GMT: 'UTC', Z: 'UTC', UK: 'Europe/London' }

/** Where a country has several zones: the one where most of its people live. */
const MAIN_ZONES: Readonly<Record<string, string>> = {
  AR: 'America/Argentina/Buenos_Aires',
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  CL: 'America/Santiago',
  CN: 'Asia/Shanghai',
  CY: 'Asia/Nicosia',
  DE: 'Europe/Berlin',
  EC: 'America/Guayaquil',
  ES: 'Europe/Madrid',
  GL: 'America/Nuuk',
  ID: 'Asia/Jakarta',
  KZ: 'Asia/Almaty',
  MX: 'America/Mexico_City',
  MY: 'Asia/Kuala_Lumpur',
  NZ: 'Pacific/Auckland',
  PT: 'Europe/Lisbon',
  RU: 'Europe/Moscow',
  UA: 'Europe/Kyiv',
  US: 'America/New_York',
}

/** Regions of the countries with several zones, in the vendor's way of naming them. */
const REGIONS: Readonly<Record<string, string>> = regions({
  'America/New_York':
    'US-NY US-CT US-DC US-DE US-FL US-GA US-MA US-MD US-ME US-NC US-NH US-NJ US-OH US-PA US-RI US-SC US-VA US-VT US-WV',
  'America/Detroit': 'US-MI',
  'America/Indianapolis': 'US-IN',
  'America/Louisville': 'US-KY',
  'America/Chicago':
    'US-IL US-AL US-AR US-IA US-KS US-LA US-MN US-MO US-MS US-ND US-NE US-OK US-SD US-TN US-TX US-WI',
  'America/Denver': 'US-CO US-MT US-NM US-UT US-WY',
  'America/Boise': 'US-ID',
  'America/Phoenix': 'US-AZ',
  'America/Los_Angeles': 'US-CA US-NV US-OR US-WA',
  'America/Anchorage': 'US-AK',
  'Pacific/Honolulu': 'US-HI',
  'America/Toronto': 'CA-ON CA-QC',
  'America/Vancouver': 'CA-BC',
  'America/Edmonton': 'CA-AB',
  'America/Winnipeg': 'CA-MB',
  'America/Halifax': 'CA-NS CA-NB CA-PE',
  'America/St_Johns': 'CA-NL',
  'America/Regina': 'CA-SK',
  'Australia/Sydney': 'AU-NSW AU-ACT',
  'Australia/Melbourne': 'AU-VIC',
  'Australia/Brisbane': 'AU-QLD',
  'Australia/Adelaide': 'AU-SA',
  'Australia/Perth': 'AU-WA',
  'Australia/Hobart': 'AU-TAS',
  'Australia/Darwin': 'AU-NT',
})

function regions(source: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(source).flatMap(([name, codes]) => codes.split(' ').map((code) => [code, name])),
  )
}

const COUNTRY = /^[A-Z]{2}$/

/** Name in the time-zone database of a zone with `code`. */
function nameOf(code: string): string | undefined {
  if (code === BASE_ZONE.code) return BASE_ZONE.name
  for (const table of [ALIASES, MAIN_ZONES, REGIONS]) if (Object.hasOwn(table, code)) return table[code]
  if (!COUNTRY.test(code)) return undefined
  return new Intl.Locale(`und-${code}`).getTimeZones()?.[0]
}
