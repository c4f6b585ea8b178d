/** One address in one language. Empty lines are absent. */
export interface Address {
  readonly line1?: string
  readonly line2?: string
  readonly line3?: string
  readonly city?: string
  readonly county?: string
  readonly region?: string
  readonly postalCode?: string
  /** ISO 3166-1 alpha-2, upper case, as far as the writer knew. */
  readonly country?: string
}

export const ADDRESS_FIELDS = [
  'line1',
  'line2',
  'line3',
  'city',
  'county',
  'region',
  'postalCode',
  'country',
] as const satisfies readonly (keyof Address)[]

export type AddressField = (typeof ADDRESS_FIELDS)[number]

/** WGS 84, degrees. */
export interface Coordinates {
  readonly latitude: number
  readonly longitude: number
}

export interface Addresses {
  /** Language → address. */
  readonly street?: Readonly<Record<string, Address>>
  readonly postal?: Readonly<Record<string, Address>>
  /** Of the street address. */
  readonly coordinates?: Coordinates
}

/** The address with `fields` set; an empty text or undefined removes a field. Undefined when nothing is left. */
export function editedAddress(
  address: Address | undefined,
  fields: Partial<Record<AddressField, string | undefined>>,
): Address | undefined {
  const edited: Partial<Record<AddressField, string>> = {}
  for (const field of ADDRESS_FIELDS) {
    const value = field in fields ? fields[field] : address?.[field]
    if (value !== undefined && value !== '') edited[field] = value
  }
  return Object.keys(edited).length === 0 ? undefined : edited
}

/** The addresses with the one of `use` in `language` replaced, or removed when undefined. Empty maps disappear. */
export function withAddress(
  addresses: Addresses,
  use: 'street' | 'postal',
  language: string,
  address: Address | undefined,
): Addresses {
  const { [language]: _, ...others } = addresses[use] ?? {}
  const map = address === undefined ? others : { ...addresses[use], [language]: address }
  const { [use]: __, ...rest } = addresses
  return Object.keys(map).length === 0 ? rest : { ...addresses, [use]: map }
}

/** The lines, joined as one line of text. */
export function streetLine(address: Address): string {
  return [address.line1, address.line2, address.line3].filter((line) => line !== undefined).join(', ')
}
