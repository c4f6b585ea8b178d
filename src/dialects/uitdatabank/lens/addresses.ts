import type { Address, Addresses } from '../../../core/address.ts'
import { editedAddress, streetLine, withAddress } from '../../../core/address.ts'
import type { AddressView, Translated } from '../wire.ts'
import { isText, LANGUAGE_PATTERN } from '../wire.ts'

const COUNTRY = /^[A-Z][A-Z]$/

/** The street addresses that have all four fields, in languages of two letters. */
export function addressesOf({ street = {} }: Addresses): Translated<AddressView> {
  const shown: Record<string, AddressView> = {}
  for (const [language, address] of Object.entries(street)) {
    const view = LANGUAGE_PATTERN.test(language) ? viewOf(address) : undefined
    if (view !== undefined) shown[language] = view
  }
  return shown
}

/** Whether there is one to show. */
export function hasAddress({ street = {} }: Addresses): boolean {
  for (const language in street) {
    if (LANGUAGE_PATTERN.test(language) && viewOf(street[language]) !== undefined) return true
  }
  return false
}

/**
 * The addresses after a request: languages that it mentions are set, others kept; without any, all that were shown are
 * removed, and the coordinates with them. @see specs/uitdatabank.md 4.1
 */
export function withAddresses(addresses: Addresses, sent: Translated<AddressView> | undefined): Addresses {
  const shown = addressesOf(addresses)
  let after = addresses
  for (const language of Object.keys(sent ?? shown)) {
    const before = addresses.street?.[language]
    const mentioned = sent?.[language]
    const edited = mentioned === undefined ? undefined : editedBy(before, shown[language], mentioned)
    if (edited !== before) after = withAddress(after, 'street', language, edited)
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
