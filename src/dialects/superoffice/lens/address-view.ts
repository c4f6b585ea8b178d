import type { Address, Coordinates } from '../../../core/address.ts'
import type { Organization } from '../../../core/organization.ts'
import { clip, lengthOf } from '../../../core/text.ts'
import type * as wire from '../wire/carriers.ts'
import type { AddressUse, Layout, LayoutField, WireField } from '../wire/layouts.ts'
import { ADDRESS_TYPE, RECORD_FIELD } from '../wire/layouts.ts'

const NO_COORDINATES: Coordinates = { latitude: 0, longitude: 0 }

/** Both forms of the addresses in the main language. */
export function shownAddress({ addresses, language }: Organization, layout: Layout): wire.Address {
  const street = addresses.street?.[language]
  const postal = addresses.postal?.[language]
  const { latitude, longitude } = addresses.coordinates ?? NO_COORDINATES
  const addressOf = (use: AddressUse) => (use === 'street' ? street : postal)
  return {
    Wgs84Latitude: latitude,
    Wgs84Longitude: longitude,
    LocalizedAddress: layout.lines.map((line) =>
      line.map((field) => localizedField(field, addressOf(field.use))),
    ),
    Street: structuredAddress('street', street, layout),
    Postal: structuredAddress('postal', postal, layout),
    Formatted: formatted(
      layout.lines.map((line) => line.map(({ use, field }) => fieldOf(addressOf(use), field))),
    ),
    TableRight: null,
    FieldProperties: {},
  }
}

export function fieldOf(address: Address | undefined, field: WireField): string {
  return address?.[RECORD_FIELD[field]] ?? ''
}

/** A value in a form's field: a line that is too long is clipped; half a postcode is none. */
export function localizedValue(value: string, field: WireField, length: number): string {
  if (field !== 'Zipcode') return clip(value, length)
  return lengthOf(value) <= length ? value : ''
}

function localizedField(field: LayoutField, address: Address | undefined): wire.LocalizedField {
  return {
    Name: field.name,
    Value: localizedValue(fieldOf(address, field.field), field.field, field.length),
    Tooltip: '',
    Label: field.label,
    ValueLength: field.length,
    AddressType: ADDRESS_TYPE[field.use],
    TableRight: null,
    FieldProperties: {},
  }
}

function structuredAddress(
  use: AddressUse,
  address: Address | undefined,
  layout: Layout,
): wire.StructuredAddress {
  return {
    AtypeIdx: ADDRESS_TYPE[use],
    Address1: address?.line1 ?? '',
    Address2: address?.line2 ?? '',
    Address3: address?.line3 ?? '',
    City: address?.city ?? '',
    County: address?.county ?? '',
    State: address?.region ?? '',
    Zipcode: address?.postalCode ?? '',
    Formatted: formatted(layout.pattern.map((line) => line.map((field) => fieldOf(address, field)))),
  }
}

/** One line of text per line of fields, each with a line feed; what is blank is left out. @see specs/superoffice.md 1.6 */
function formatted(lines: readonly (readonly string[])[]): string {
  let text = ''
  for (const fields of lines) {
    const line = fields.filter((value) => value.trim() !== '').join(' ')
    if (line !== '') text += `${line}\n`
  }
  return text
}
