import type { Address, Addresses, AddressField } from '../../../core/address.ts'
import { editedAddress, withAddress } from '../../../core/address.ts'
import type { Organization } from '../../../core/organization.ts'
import type { AddressUse, Layout, WireField } from '../wire/layouts.ts'
import { RECORD_FIELD, WIRE_FIELDS } from '../wire/layouts.ts'
import type { AddressInput } from '../wire.ts'
import { fieldOf, localizedValue } from './address-view.ts'

/** A country that a request names, and whether it differs from the one shown. */
export interface CountrySent {
  readonly code: string
  readonly isEdit: boolean
}

/**
 * The addresses after a put. Per field, the localized form counts if it differs from what it shows, else the structured
 * one. A country that is written, or that comes with a first street address, becomes that of the street.
 * Returns the same addresses when nothing changes.
 * @param layout the one that the view shows now; a client may have read another
 */
export function putAddress(
  { addresses, language }: Organization,
  layout: Layout,
  sent: AddressInput | undefined,
  country: CountrySent | undefined,
): Addresses {
  const before = addresses.street?.[language]
  const street = { ...(sent && editsOf('street', before, layout, sent)) }
  const isFirst = before === undefined && Object.values(street).some((value) => value !== '')
  if (country !== undefined && (country.isEdit || isFirst)) street.country = country.code
  let after = withEdits(addresses, 'street', language, street)
  if (sent === undefined) return after
  const postal = editsOf('postal', addresses.postal?.[language], layout, sent)
  after = withEdits(after, 'postal', language, postal)
  return withCoordinates(after, sent)
}

type Edits = Partial<Record<AddressField, string>>

function editsOf(use: AddressUse, address: Address | undefined, layout: Layout, sent: AddressInput): Edits {
  const edits: Edits = {}
  const structured = use === 'street' ? sent.Street : sent.Postal
  const prefix = use === 'street' ? 'Street' : 'Postal'
  for (const field of WIRE_FIELDS) {
    const stored = fieldOf(address, field)
    const name = `${prefix}${field}`
    const localized = sent.LocalizedAddress?.[name]
    const length = localized?.ValueLength ?? layout.fields.get(name)?.length ?? Infinity
    const isEdited = localized !== undefined && !isShownAs(localized.Value, stored, field, length)
    const value = isEdited ? localized.Value : structured?.[field]
    if (value !== undefined && value !== stored) edits[RECORD_FIELD[field]] = value
  }
  return edits
}

/** Whether a client that has read a field of `length` sends it back unedited. */
function isShownAs(value: string, stored: string, field: WireField, length: number): boolean {
  return value === stored || value === localizedValue(stored, field, length)
}

function withEdits(addresses: Addresses, use: AddressUse, language: string, edits: Edits): Addresses {
  if (Object.keys(edits).length === 0) return addresses
  return withAddress(addresses, use, language, editedAddress(addresses[use]?.[language], edits))
}

/** Null Island stands for no coordinates. */
function withCoordinates(addresses: Addresses, sent: AddressInput): Addresses {
  const { latitude, longitude } = addresses.coordinates ?? { latitude: 0, longitude: 0 }
  const written = { latitude: sent.Wgs84Latitude ?? latitude, longitude: sent.Wgs84Longitude ?? longitude }
  if (written.latitude === latitude && written.longitude === longitude) return addresses
  if (written.latitude !== 0 || written.longitude !== 0) return { ...addresses, coordinates: written }
  const { coordinates: _, ...rest } = addresses
  return rest
}
