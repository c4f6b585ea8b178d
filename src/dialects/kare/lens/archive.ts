import { withOrganization } from '../../../core/dossier.ts'
import type { Lens } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import { companyFacet, versionOf, withMembers } from './facet.ts'

/** When a company was archived, if it is; put true to archive it. Nothing here takes it out again. @see specs/kare.md 3 */
export const archive: Lens<string | undefined, boolean> = {
  name: 'archive',
  get: ({ organization }) => archivedAtOf(organization),
  put: (dossier, isArchived, { at }) => {
    const { organization } = dossier
    if (!isArchived || archivedAtOf(organization) !== undefined) return dossier
    const isInactive = organization.state === 'inactive'
    const archivedState = isInactive ? versionOf(organization, 'state') : organization.version + 1
    const facets = withMembers(organization.facets, { archivedAt: at, archivedState })
    return withOrganization(dossier, { state: 'inactive', facets })
  },
  echo: (view) => view !== undefined,
  reads: { organization: ['state', 'facets.kare'], person: [] },
  writes: { organization: ['state', 'facets.kare'], person: [] },
  people: 'none',
}

/**
 * When the company was archived, as long as no other API has changed its state since: once one has made it active, the
 * archive is over for good, whatever its state becomes later. @see design §10.3.13
 */
export function archivedAtOf(organization: Organization): string | undefined {
  const { archivedAt, archivedState } = companyFacet(organization)
  const isStanding = organization.state === 'inactive' && archivedState === versionOf(organization, 'state')
  return isStanding ? archivedAt : undefined
}
