import { withOrganization } from '../../../core/dossier.ts'
import type { Lens } from '../../../core/lens.ts'
import type { OrganizationState } from '../../../core/organization.ts'

/** Whether an organization is active, inactive, or no more. @see specs/digicert.md 4 */
export const state: Lens<OrganizationState> = {
  name: 'state',
  get: ({ organization }) => organization.state,
  put: (dossier, sent) =>
    dossier.organization.state === sent ? dossier : withOrganization(dossier, { state: sent }),
  echo: (view) => view,
  reads: { organization: ['state'], person: [] },
  writes: { organization: ['state'], person: [] },
  people: 'none',
}
