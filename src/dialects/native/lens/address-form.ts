import type { Address, Addresses, Coordinates } from '../../../core/address.ts'
import { isSame } from '../../../core/dossier.ts'
import type { CardAddress, CardComponent, IdMap } from '../wire.ts'
import { KEYS, OWN } from '../wire.ts'
import type { Form, NativeFacet } from './kept.ts'
import { present, without } from './kept.ts'

export type Use = 'street' | 'postal'
export const USES = ['street', 'postal'] as const

const LINE = `${OWN}line`
const COUNTRY_CODE = /^[A-Z]{2}$/

/** Kinds of components that are one field of an address each. @see RFC 9553 §2.5.1.2 */
const FIELD_OF = { locality: 'city', district: 'county', region: 'region', postcode: 'postalCode' } as const

/** Members of an Address that the fields of the record make; all others are kept beside them. */
const DERIVED = [
  'components',
  'isOrdered',
  'defaultSeparator',
  'full',
  'countryCode',
  'coordinates',
  'phoneticScript',
  'phoneticSystem',
]

/** The key under which an address stands in the Card. */
export function keyOf(use: Use, { keys = {} }: NativeFacet): string {
  return keys[use] ?? KEYS[use]
}

/**
 * Which of the addresses that were sent are those that other APIs know: the ones under the keys of before, else under the
 * usual ones, else the first that are left.
 */
export function keysFor(sent: IdMap<CardAddress>, kept: NativeFacet): Partial<Record<Use, string>> {
  const keys: Partial<Record<Use, string>> = {}
  const free = new Set(Object.keys(sent))
  const take = (use: Use, key: string | undefined) => {
    if (keys[use] !== undefined || key === undefined || !free.delete(key)) return
    keys[use] = key
  }
  for (const use of USES) take(use, kept.keys?.[use])
  for (const use of USES) take(use, KEYS[use])
  for (const use of USES) take(use, free.values().next().value)
  return keys
}

/** One address as the Card shows it: as it was written, while the record still says so. */
export function shownAddress(
  address: Address,
  coordinates: Coordinates | undefined,
  form: Form | undefined,
): CardAddress {
  const derived = derivedFrom(address, coordinates)
  if (form === undefined) return derived
  const made = isSame(form.made, { address, coordinates })
  return made ? form.sent : present({ ...derived, ...without(form.sent, DERIVED), ...derived })
}

/** What an address that was sent means for the record, and how to show it again where that says less. */
export function addressFrom(
  sent: CardAddress,
  place: { readonly hasCoordinates: boolean; readonly before?: Coordinates | undefined },
): {
  readonly address: Address
  readonly coordinates: Coordinates | undefined
  readonly form: Form | undefined
} {
  const plain = without(sent, ['@type']) as CardAddress
  const address = fieldsOf(plain)
  const coordinates = place.hasCoordinates ? coordinatesFrom(plain.coordinates, place.before) : undefined
  const isPlain = isSame(plain, derivedFrom(address, coordinates))
  return { address, coordinates, form: isPlain ? undefined : { sent: plain, made: { address, coordinates } } }
}

function derivedFrom(address: Address, coordinates: Coordinates | undefined): CardAddress {
  const { country } = address
  const isCode = country !== undefined && COUNTRY_CODE.test(country)
  const lines = [address.line1, address.line2, address.line3].flatMap((value, at) =>
    value === undefined ? [] : [{ kind: 'name', value, line: at + 1 }],
  )
  const components: CardComponent[] = [
    ...lines.map(({ line, ...component }, at) =>
      line === at + 1 ? component : { ...component, [LINE]: line },
    ),
    ...Object.entries(FIELD_OF).flatMap(([kind, field]) => {
      const value = address[field]
      return value === undefined ? [] : [{ kind, value }]
    }),
    ...(country === undefined || isCode ? [] : [{ kind: 'country', value: country }]),
  ]
  return present({
    components: components.length === 0 ? undefined : components,
    countryCode: isCode ? country : undefined,
    coordinates: coordinates === undefined ? undefined : geoOf(coordinates),
  }) as CardAddress
}

/** Components of the kinds `name` with nothing else between street and place are lines; all others of a street make one. */
function fieldsOf({ components = [], countryCode, full }: CardAddress): Address {
  const fields: Record<string, string> = {}
  const set = (field: string, value: string) => {
    if (value === '') return
    fields[field] = fields[field] === undefined ? value : `${fields[field]} ${value}`
  }
  const street = components.filter(
    ({ kind }) => !(kind in FIELD_OF) && kind !== 'country' && kind !== 'separator',
  )
  const isLines = street.length <= 3 && street.every(({ kind }) => kind === 'name')
  street.forEach((component, at) => {
    const line = isLines ? ((component[LINE] as number | undefined) ?? at + 1) : 1
    set(`line${line}`, component.value)
  })
  for (const { kind, value } of components) {
    if (kind in FIELD_OF) set(FIELD_OF[kind as keyof typeof FIELD_OF], value)
    else if (kind === 'country' && countryCode === undefined) set('country', value)
  }
  if (countryCode !== undefined) fields['country'] = countryCode
  if (Object.keys(fields).length === 0 && full !== undefined && full.trim() !== '') fields['line1'] = full
  return fields
}

const GEO = /^geo:(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)(?:,-?\d+(?:\.\d+)?)?(?:;.*)?$/i

/** Whether it names a place on earth. @see RFC 5870 */
export function isGeo(text: string): boolean {
  const [, latitude = '', longitude = ''] = GEO.exec(text) ?? []
  return latitude !== '' && Math.abs(Number(latitude)) <= 90 && Math.abs(Number(longitude)) <= 180
}

function coordinatesFrom(sent: string | undefined, before: Coordinates | undefined): Coordinates | undefined {
  if (sent === undefined) return undefined
  const [, latitude, longitude] = GEO.exec(sent) ?? []
  // What was read comes back as it was read, digits that a text cannot hold included.
  if (before !== undefined && geoOf(before) === sent) return before
  return { latitude: Number(latitude), longitude: Number(longitude) }
}

function geoOf({ latitude, longitude }: Coordinates): string {
  return `geo:${decimal(latitude)},${decimal(longitude)}`
}

/** Without an exponent, which RFC 5870 does not have. */
function decimal(number: number): string {
  const text = String(number)
  return text.includes('e') ? number.toFixed(20).replace(/\.?0+$/, '') : text
}

/** Languages of an address of either use. */
export function languagesOf({ street = {}, postal = {} }: Addresses): ReadonlySet<string> {
  return new Set([...Object.keys(street), ...Object.keys(postal)])
}

export function formName(use: Use, language: string): string {
  return `addresses/${use}/${language}`
}
