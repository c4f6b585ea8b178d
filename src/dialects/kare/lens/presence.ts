import type { Dossier } from '../../../core/dossier.ts'
import type { Lens } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'

/** Whether the company has the contact that a request names; put false to delete it. Its roles are nobody's then. @see specs/kare.md 3 */
export const presence: Lens<boolean> = {
  name: 'presence',
  get: ({ people }) => people.length > 0,
  put: (dossier, isPresent) => (isPresent ? dossier : withoutContact(dossier)),
  echo: (view) => view,
  reads: { organization: [], person: ['state'] },
  writes: { organization: ['roles'], person: ['state'] },
  people: 'focus',
}

function withoutContact({ organization, people: [person] }: Dossier): Dossier {
  if (person === undefined) return { organization, people: [] }
  const roles = rolesWithout(organization.roles, person.id)
  return {
    organization: roles === organization.roles ? organization : { ...organization, roles },
    people: [{ ...person, state: 'deleted' }],
  }
}

function rolesWithout(roles: Organization['roles'], person: string): Organization['roles'] {
  if (!Object.values(roles).includes(person)) return roles
  return Object.fromEntries(Object.entries(roles).filter(([, holder]) => holder !== person))
}
