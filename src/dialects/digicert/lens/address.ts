import type { Address } from '../../../core/address.ts'
import { editedAddress } from '../../../core/address.ts'
import { isSame } from '../../../core/dossier.ts'
import type { Organization } from '../../../core/organization.ts'
import { clip, edited, lengthOf } from '../../../core/text.ts'
import type { OrganizationFields } from '../wire.ts'
import { LIMITS, SHOWN_AS } from '../wire.ts'

/** Where an organization is. */
export type Place = Pick<OrganizationFields, 'address' | 'address2' | 'city' | 'state' | 'zip' | 'country'>

/** The main street address, in the vendor's members. */
export function placeOf(record: Organization): Place {
  const address = addressOf(record)
  const address2 = clip(address.line2 ?? '', LIMITS.address2)
  return {
    address: clip(address.line1 ?? SHOWN_AS.address, LIMITS.address),
    ...(address2 !== '' && { address2 }),
    city: clip(address.city ?? SHOWN_AS.city, LIMITS.city),
    state: clip(address.region ?? SHOWN_AS.state, LIMITS.state),
    zip: shownZip(address.postalCode),
    country: shownCountry(address.country),
  }
}

/** The main street address with what was sent, or undefined when that says nothing new. */
export function newAddressOf(record: Organization, sent: Place): Address | undefined {
  const stored = addressOf(record)
  const shown = placeOf(record)
  const address = editedAddress(stored, {
    line1: edited(stored.line1, shown.address, sent.address),
    line2: edited(stored.line2, shown.address2, sent.address2),
    city: edited(stored.city, shown.city, sent.city),
    region: edited(stored.region, shown.state, sent.state),
    postalCode: edited(stored.postalCode, shown.zip, sent.zip),
    country: sent.country === shown.country ? stored.country : sent.country.toUpperCase(),
  })
  return address === undefined || isSame(address, stored) ? undefined : address
}

/** The street address in the main language. */
function addressOf({ addresses, language }: Organization): Address {
  return addresses.street?.[language] ?? {}
}

/** A code is shown whole or not at all. */
function shownZip(code: string | undefined): string {
  return code === undefined || lengthOf(code) > LIMITS.zip ? SHOWN_AS.zip : code
}

const COUNTRY_FORM = /^[a-z]{2}$/i

function shownCountry(country: string | undefined): string {
  return country === undefined || !COUNTRY_FORM.test(country) ? SHOWN_AS.country : country.toLowerCase()
}
