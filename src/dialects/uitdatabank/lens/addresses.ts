import type { Address, Addresses } from '../../../core/address.ts'
import { editedAddress, streetLine, withAddress } from '../../../core/address.ts'
import type { AddressView, Translated } from '../wire.ts'
import { isText, LANGUAGES } from '../wire.ts'

const COUNTRY = /^[A-Z][A-Z]$/

/** The street addresses that have all four fields, in the languages of the model. */
export function addressesOf({ street = {} }: Addresses): Translated<AddressView> {
  const shown: Translated<AddressView> = {}
  for (const language of LANGUAGES) {
    const view = viewOf(street[language])
    if (view !== undefined) shown[language] = view
  }
  return shown
}

/**
 * The addresses after a request: languages that it mentions are set, others kept; without any, all that were shown are
 * removed, and the coordinates with them. @see specs/uitdatabank.md 4.1
 */
export function withAddresses(addresses: Addresses, sent: Translated<AddressView> | undefined): Addresses {
  const shown = addressesOf(addresses)
  let after = addresses
  for (const language of LANGUAGES) {
    const mentioned = sent?.[language]
    if (mentioned !== undefined) {
      const before = addresses.street?.[language]
      const edited = editedBy(before, shown[language], mentioned)
      if (edited !== before) after = withAddress(after, 'street', language, edited)
    } else if (sent === undefined && shown[language] !== undefined) {
      after = withAddress(after, 'street', language, undefined)
    }
  }
  if (sent !== undefined || after === addresses) return after
  const { coordinates: _, ...located } = after
  return located
}

function viewOf(address: Address | undefined): AddressView | undefined {
  if (address === undefined) return undefined
  const { country, city, postalCode } = address
  const streetAddress = streetLine(address)
  if (country === undefined || !COUNTRY.test(country)) return undefined
  if (!isText(city) || !isText(postalCode) || !isText(streetAddress)) return undefined
  return { addressCountry: country, addressLocality: city, postalCode, streetAddress }
}

/** The address with what differs from its view; another street takes the place of all lines. */
function editedBy(
  address: Address | undefined,
  shown: AddressView | undefined,
  sent: AddressView,
): Address | undefined {
  const fields: Parameters<typeof editedAddress>[1] = {}
  if (sent.addressCountry !== shown?.addressCountry) fields.country = sent.addressCountry
  if (sent.addressLocality !== shown?.addressLocality) fields.city = sent.addressLocality
  if (sent.postalCode !== shown?.postalCode) fields.postalCode = sent.postalCode
  if (sent.streetAddress !== shown?.streetAddress) {
    Object.assign(fields, { line1: sent.streetAddress, line2: undefined, line3: undefined })
  }
  return Object.keys(fields).length === 0 ? address : editedAddress(address, fields)
}
