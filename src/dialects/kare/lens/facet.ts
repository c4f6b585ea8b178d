import type { Facets } from '../../../core/facet.ts'
import { withFacet } from '../../../core/facet.ts'
import type { Hides } from '../../../core/hides.ts'
import type { Organization } from '../../../core/organization.ts'
import type { CompanyType } from '../wire.ts'

/** What only Kare says of a company. */
export interface CompanyFacet {
  readonly type?: CompanyType
  /** UTC, milliseconds. */
  readonly archivedAt?: string
}

const NAME = 'kare'

export function companyFacet({ facets }: Pick<Organization, 'facets'>): CompanyFacet {
  return (facets[NAME] ?? {}) as CompanyFacet
}

/** When the company was archived, as long as no other API has made it active since. @see design §10.3.13 */
export function archivedAtOf(organization: Organization): string | undefined {
  return organization.state === 'inactive' ? companyFacet(organization).archivedAt : undefined
}

/** The facets of a person with Kare's hides replaced: e-mails and phones that a client removed from sight. */
export function withHides(facets: Facets, hides: Hides | undefined): Facets {
  return withFacet(facets, NAME, { ...facets[NAME], hides })
}
