import type { Sight } from '../../../core/lens.ts'
import type { CompanySummary } from '../wire/company.ts'
import { SHOWN_AS } from '../wire.ts'
import { archivedAtOf } from './archive.ts'
import { shownName } from './company.ts'
import { companyFacet } from './facet.ts'
import { locationOf } from './location.ts'

/** A company in a few words. */
export const companySummary: Sight<CompanySummary> = {
  name: 'company-summary',
  get: ({ organization }) => ({
    id: organization.number,
    name: shownName(organization),
    type: companyFacet(organization).type ?? SHOWN_AS.type,
    location: locationOf(organization),
    archivedAt: archivedAtOf(organization) ?? null,
    createdAt: organization.created.at,
  }),
  reads: { organization: ['state', 'language', 'name', 'addresses', 'facets.kare'], person: [] },
  people: 'none',
}
