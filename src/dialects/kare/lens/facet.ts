import type { Facets } from '../../../core/facet.ts'
import { withFacet } from '../../../core/facet.ts'
import type { Hides } from '../../../core/hides.ts'
import type { Organization } from '../../../core/organization.ts'
import type { CompanyType } from '../wire/company.ts'

/** What only Kare says of a company. Empty lists are absent. */
export interface CompanyFacet {
  readonly type?: CompanyType
  /** UTC, milliseconds; see `archivedAtOf`. */
  readonly archivedAt?: string
  /** Version of the `state` that the company was archived with. */
  readonly archivedState?: number
  readonly location?: OwnLocation
  readonly establishmentIds?: readonly number[]
  readonly technicalInstallationIds?: readonly number[]
  /** Labels that the tenant's register does not have. */
  readonly labelIds?: readonly number[]
  /** E-mails and phones that a client removed from sight. */
  readonly hides?: Hides
}

/** A location as a client wrote it, and the version of the addresses beside which it holds. */
export interface OwnLocation {
  readonly text: string | null
  readonly addresses: number
}

const NAME = 'kare'

export function companyFacet({ facets }: Pick<Organization, 'facets'>): CompanyFacet {
  return (facets[NAME] ?? {}) as CompanyFacet
}

/** The facets with members of Kare's replaced; an undefined member and an empty list are removed. */
export function withMembers(
  facets: Facets,
  members: { readonly [Key in keyof CompanyFacet]?: CompanyFacet[Key] | undefined },
): Facets {
  const kept = Object.entries(members).map(([name, member]) => {
    const isEmpty = Array.isArray(member) && member.length === 0
    return [name, isEmpty ? undefined : member]
  })
  return withFacet(facets, NAME, { ...facets[NAME], ...Object.fromEntries(kept) })
}

/** By which version a part was last changed; 0 when it never was. */
export function versionOf({ changed }: Pick<Organization, 'changed'>, part: 'state' | 'addresses'): number {
  return changed[part]?.version ?? 0
}
