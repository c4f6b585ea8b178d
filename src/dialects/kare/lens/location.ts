import type { Address } from '../../../core/address.ts'
import { streetLine } from '../../../core/address.ts'
import type { Organization } from '../../../core/organization.ts'
import { LIMITS } from '../wire.ts'
import { companyFacet, versionOf, withMembers } from './facet.ts'
import { clipUnits } from './text.ts'

/** What a client wrote, until another API changes the addresses; else the address on one line. @see design §10.3.12 */
export function locationOf(organization: Organization): string | null {
  const { location } = companyFacet(organization)
  const isStanding = location !== undefined && location.addresses === versionOf(organization, 'addresses')
  return isStanding ? location.text : formattedAddress(organization)
}

/** The organization with another location; its addresses stay. */
export function withLocation(organization: Organization, sent: string | null): Organization {
  if (sent === locationOf(organization)) return organization
  const isFormatted = sent === formattedAddress(organization)
  const location = { text: sent, addresses: versionOf(organization, 'addresses') }
  const facets = withMembers(organization.facets, { location: isFormatted ? undefined : location })
  return { ...organization, facets }
}

/** The street address in the main language as one line: `Markt 1, 3000 Leuven, BE`. */
function formattedAddress({ addresses, language }: Organization): string | null {
  const address: Address = addresses.street?.[language] ?? {}
  const place = [address.postalCode, address.city].filter((text) => text !== undefined).join(' ')
  const line = [streetLine(address), place, address.country ?? ''].filter((text) => text !== '').join(', ')
  return line === '' ? null : clipUnits(line, LIMITS.location)
}
