import { withOrganization } from '../../../core/dossier.ts'
import type { Lens } from '../../../core/lens.ts'

export interface Existence {
  readonly isDeleted: boolean
}

/** Whether a contact is deleted; DELETE writes it. @see specs/superoffice.md 3.9 */
export const existence: Lens<Existence> = {
  name: 'existence',
  get: ({ organization }) => ({ isDeleted: organization.state === 'deleted' }),
  put: (dossier, { isDeleted }) => {
    if (isDeleted === (dossier.organization.state === 'deleted')) return dossier
    return withOrganization(dossier, { state: isDeleted ? 'deleted' : 'active' })
  },
  echo: (view) => view,
  reads: { organization: ['state'], person: [] },
  writes: { organization: ['state'], person: [] },
  people: 'none',
}
