import type { Address } from '../../../core/address.ts'
import { streetLine } from '../../../core/address.ts'
import type { Sight } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import { mainName } from '../../../core/organization.ts'
import type { CompanySummary } from '../wire.ts'
import { LIMITS, SHOWN_AS } from '../wire.ts'
import { archivedAtOf, companyFacet } from './facet.ts'
import { clipUnits } from './text.ts'

/** A company in a few words. */
export const companySummary: Sight<CompanySummary> = {
  name: 'company-summary',
  get: ({ organization }) => ({
    id: organization.number,
    name: clipUnits(mainName(organization), LIMITS.name),
    type: companyFacet(organization).type ?? SHOWN_AS.type,
    location: locationOf(organization),
    archivedAt: archivedAtOf(organization) ?? null,
    createdAt: organization.created.at,
  }),
  reads: { organization: ['state', 'language', 'name', 'addresses', 'facets.kare'], person: [] },
  people: 'none',
}

/** The street address in the main language as one line: `Markt 1, 3000 Leuven, BE`. */
function locationOf({ addresses, language }: Organization): string | null {
  const address: Address = addresses.street?.[language] ?? {}
  const place = [address.postalCode, address.city].filter((text) => text !== undefined).join(' ')
  const line = [streetLine(address), place, address.country ?? ''].filter((text) => text !== '').join(', ')
  return line === '' ? null : clipUnits(line, LIMITS.location)
}
