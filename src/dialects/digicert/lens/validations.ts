import type { Dossier } from '../../../core/dossier.ts'
import { isSame, withOrganization } from '../../../core/dossier.ts'
import type { Lens } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import type {
  NamedUser,
  NewVerifiedContact,
  ValidationsInput,
  ValidationsView,
  ValidationView,
  VerifiedContact,
} from '../wire/validations.ts'
import { VALIDATIONS, VERIFIED_IDS_ABOVE } from '../wire/validations.ts'
import type { StoredValidation } from './facet.ts'
import { organizationFacet, withMembers } from './facet.ts'

const PARTS = { organization: ['facets.digicert'], person: [] }

/** The validations that were asked for, kept in DigiCert's facet. @see specs/digicert.md 2.3, 4 */
export const validations: Lens<ValidationsView, ValidationsInput> = {
  name: 'validations',
  get: ({ organization }) => ({ validations: validationsOf(organization) }),
  put: withValidations,
  echo: ({ validations: shown }) =>
    shown.map(({ type, verified_users }) => ({
      type,
      ...(verified_users !== undefined && { verified_users: verified_users.map(({ id }) => ({ id })) }),
    })),
  reads: PARTS,
  writes: PARTS,
  people: 'none',
}

export function validationsOf(organization: Organization): readonly ValidationView[] {
  return storedOf(organization).map(({ type, users }) => ({
    type,
    name: VALIDATIONS[type].name,
    description: VALIDATIONS[type].description,
    status: 'pending',
    ...(users !== undefined && {
      verified_users: users.map(({ id, first_name, last_name }) => ({ id, first_name, last_name })),
    }),
  }))
}

/** Everybody who answers for some validation of the organization, each once. */
export function verifiedContactsOf(organization: Organization): readonly VerifiedContact[] {
  const users = storedOf(organization).flatMap((validation) => validation.users ?? [])
  return [...new Map(users.map((user) => [user.id, user])).values()]
}

/** The dossier with validations submitted, or submitted again; whoever answers for one already keeps the id. */
export function withValidations(dossier: Dossier, sent: ValidationsInput): Dossier {
  const { organization } = dossier
  const known = [...verifiedContactsOf(organization)]
  const { lastVerified = VERIFIED_IDS_ABOVE } = organizationFacet(organization.facets)
  let last = Math.max(lastVerified, ...known.map(({ id }) => id))
  const userOf = (user: NamedUser | NewVerifiedContact): readonly VerifiedContact[] => {
    if ('id' in user) return known.filter(({ id }) => id === user.id)
    const same = known.find((contact) => isSameUser(contact, user))
    if (same !== undefined) return [same]
    last += 1
    const contact = { id: last, ...user }
    known.push(contact)
    return [contact]
  }
  const submitted = new Map(storedOf(organization).map((stored) => [stored.type, stored]))
  for (const { type, verified_users = [] } of sent) {
    const users = distinct(verified_users.flatMap(userOf))
    submitted.set(type, { type, ...(users.length > 0 && { users }) })
  }
  const after = [...submitted.values()]
  if (isSame(after, storedOf(organization))) return dossier
  const facets = withMembers(organization.facets, {
    validations: after,
    lastVerified: last === VERIFIED_IDS_ABOVE ? undefined : last,
  })
  return withOrganization(dossier, { facets })
}

function storedOf({ facets }: Organization): readonly StoredValidation[] {
  return organizationFacet(facets).validations ?? []
}

/** The same user of the account, or the same five members. */
function isSameUser({ id: _, ...contact }: VerifiedContact, user: NewVerifiedContact): boolean {
  if (contact.user_id !== undefined || user.user_id !== undefined) return contact.user_id === user.user_id
  return isSame(contact, user)
}

function distinct(users: readonly VerifiedContact[]): readonly VerifiedContact[] {
  return [...new Map(users.map((user) => [user.id, user])).values()]
}
