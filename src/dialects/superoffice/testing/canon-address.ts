import type { Address, AddressLines } from '../wire/carriers.ts'
import type { Layout } from '../wire/layouts.ts'
import { WIRE_FIELDS } from '../wire/layouts.ts'
import type { AddressInput } from '../wire.ts'

export interface ShownAddress {
  readonly position: readonly [number, number]
  readonly structured: Readonly<Record<string, string>>
  readonly localized: Readonly<Record<string, string>>
}

const USES = ['Street', 'Postal'] as const

export function shownAddressOf(address: Address): ShownAddress {
  return {
    position: [address.Wgs84Latitude, address.Wgs84Longitude],
    structured: Object.fromEntries(
      USES.flatMap((use) => WIRE_FIELDS.map((field) => [use + field, (address[use] as AddressLines)[field]])),
    ),
    localized: Object.fromEntries(address.LocalizedAddress.flat().map(({ Name, Value }) => [Name, Value])),
  }
}

/** Each field by the form in which the client changed it. @see specs/superoffice.md 3.5 */
export function expectedAddress(
  view: Address,
  input: AddressInput | undefined,
  layout: Layout,
): ShownAddress {
  const before = shownAddressOf(view)
  const structured: Record<string, string> = { ...before.structured }
  for (const name of Object.keys(structured)) {
    const use = name.startsWith('Street') ? input?.Street : input?.Postal
    const whole = use?.[name.slice('Street'.length)]
    const localized = input?.LocalizedAddress?.[name]
    const stored = before.structured[name] ?? ''
    const isEdited =
      localized !== undefined &&
      localized.Value !== stored &&
      localized.Value !== fitted(name, stored, localized.ValueLength ?? 0)
    structured[name] = (isEdited ? localized.Value : whole) ?? stored
  }
  const [latitude, longitude] = before.position
  return {
    position: [input?.Wgs84Latitude ?? latitude, input?.Wgs84Longitude ?? longitude],
    structured,
    localized: Object.fromEntries(
      layout.lines.flat().map(({ name, length }) => [name, fitted(name, structured[name] ?? '', length)]),
    ),
  }
}

/** Postcodes whole or not at all, lines up to their length in characters. */
function fitted(name: string, value: string, length: number): string {
  const characters = [...value]
  if (characters.length <= length) return value
  return name.endsWith('Zipcode') ? '' : characters.slice(0, length).join('')
}
