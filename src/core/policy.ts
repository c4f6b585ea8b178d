import type { Dossier } from './dossier.ts'
import { isSame } from './dossier.ts'
import type { Organization } from './organization.ts'
import { EMPTY_PARTS, ORGANIZATION_PARTS } from './organization.ts'
import type { Person } from './person.ts'
import type { Catalogue, Permission, Principal, Right, Role, Tenant } from './principal.ts'

/** What one principal may do with one organization. */
export interface Grant {
  /** Everything is allowed: nothing needs masking. */
  readonly isFull: boolean
  /** Grants of one class give the same on the same version of an organization: what they show of it is the same. */
  readonly class: string
  may(permission: Permission): boolean
  /** @param part a part of the organization, or `people` for its people as a whole */
  rightTo(part: string): Right
  /** Whether this person may be seen. */
  sees(person: Pick<Person, 'version' | 'created'>): boolean
  /** Whether this person may be written; one without a version is new. */
  edits(person: Person): boolean
}

/** Whether `organization` matches a role's `where`. A port: the query speaks of a document that the core does not know. */
export type Matches = (where: string, organization: Organization, catalogue: Catalogue) => boolean

/** The parts that the public document shows: what anybody may read of a public organization, and contributors may edit. */
export const PUBLIC_PARTS: readonly string[] = [
  'state',
  'language',
  'name',
  'emails',
  'phones',
  'links',
  'addresses',
  'description',
  'labels',
  'images',
  'contributors',
  'public',
  'facets.uitdatabank',
]

/** May all: superusers, the server itself, and whoever creates (the new organization is theirs). */
export const FULL_GRANT: Grant = {
  isFull: true,
  class: 'full',
  may: () => true,
  rightTo: () => 'write',
  sees: () => true,
  edits: () => true,
}

/** What their part in an organization lets creators and contributors do; deleting it is neither's. */
const OF_CREATORS: readonly Permission[] = [
  'organizations.read',
  'organizations.edit',
  'people.read',
  'people.edit',
]
const OF_CONTRIBUTORS: readonly Permission[] = ['organizations.read', 'organizations.edit']

const RANK: Readonly<Record<Right, number>> = { none: 0, read: 1, write: 2 }

/** What `principal` may do with `organization`: the most that anything gives them. Nobody is `undefined`. */
export function grantOn(
  organization: Organization,
  principal: Principal | undefined,
  catalogue: Catalogue,
  matches: Matches,
): Grant {
  if (principal?.superuser || principal?.kind === 'system') return FULL_GRANT
  const isCreator = principal !== undefined && organization.created.by === principal.id
  const isContributor = principal?.email !== undefined && hasContributor(organization, principal.email)
  const roles = principal === undefined ? [] : rolesOn(organization, principal, catalogue, matches)
  const isReadable = isPublic(organization, catalogue.tenant)

  const may = (permission: Permission) =>
    roles.some(({ permissions }) => permissions.includes(permission)) ||
    (isCreator && OF_CREATORS.includes(permission)) ||
    (isContributor && OF_CONTRIBUTORS.includes(permission))

  const rightOf = (part: string): Right => {
    let best: Right = isReadable && PUBLIC_PARTS.includes(part) ? 'read' : 'none'
    if ((isCreator || isContributor) && PUBLIC_PARTS.includes(part)) best = 'write'
    if (isCreator && part !== 'people' && (organization.changed[part]?.by ?? principal?.id) === principal?.id)
      best = 'write'
    for (const role of roles) best = higherOf(best, rightByRole(role, part))
    return best
  }
  // Who is a contributor has all that is public: only whoever has that themselves makes somebody one.
  const rightTo = (part: string): Right => {
    const right = rightOf(part)
    if (part !== 'contributors' || right !== 'write') return right
    return PUBLIC_PARTS.every((shown) => rightOf(shown) === 'write') ? right : 'read'
  }

  const isTheirs = (person: Pick<Person, 'version' | 'created'>) =>
    isCreator && (person.version === 0 || person.created.by === principal?.id)
  const sees = (person: Pick<Person, 'version' | 'created'>) =>
    rightTo('people') !== 'none' || isTheirs(person)
  const edits = (person: Person) => rightTo('people') === 'write' || isTheirs(person)

  const sources = [isReadable, isCreator ? principal.id : '', isContributor, ...roles.map(({ id }) => id)]
  return {
    isFull: false,
    class: `${catalogue.edition} ${JSON.stringify(sources)}`,
    may,
    rightTo,
    sees,
    edits,
  }
}

/** Whether `principal` has `permission` whatever the organization: superusers, and roles that cover them all. */
export function mayEverywhere(
  principal: Principal | undefined,
  permission: Permission,
  catalogue: Catalogue,
): boolean {
  if (principal === undefined) return false
  if (principal.superuser || principal.kind === 'system') return true
  return principal.roles
    .map((id) => catalogue.role(id))
    .some((role) => role?.where === undefined && role?.permissions.includes(permission))
}

/** The grant of whoever creates: all but what is not theirs to give, the tenant's private labels. */
export function grantOfCreator(principal: Principal | undefined, catalogue: Catalogue): Grant {
  if (mayEverywhere(principal, 'labels.use-private', catalogue)) return FULL_GRANT
  return { ...FULL_GRANT, class: 'creating', may: (permission) => permission !== 'labels.use-private' }
}

/** The grant with `parts` open to read and write, and nothing else changed. */
export function opened(grant: Grant, parts: readonly string[]): Grant {
  if (grant.isFull) return grant
  return {
    ...grant,
    class: `${grant.class}\nopened ${parts.join(' ')}`,
    rightTo: (part) => (parts.includes(part) ? 'write' : grant.rightTo(part)),
  }
}

/** Whether anybody may read what is public of this organization. */
export function isPublic(organization: Organization, tenant: Tenant): boolean {
  return tenant.public === 'all' || (tenant.public === 'uitdatabank' && organization.public === true)
}

/** Parts of the organization that must be masked for this grant. */
function unreadableParts(grant: Grant, organization: Organization): string[] {
  const parts = [...ORGANIZATION_PARTS, ...Object.keys(organization.facets).map((name) => `facets.${name}`)]
  return parts.filter((part) => grant.rightTo(part) === 'none')
}

/** Whether the holder of a grant has all that contributors and owners have, and so may make somebody one. */
export function mayShare(grant: Grant): boolean {
  return PUBLIC_PARTS.every((part) => grant.rightTo(part) === 'write')
}

/** Whether the holder of a grant may read all that ever changed of a record: its times tell them of nothing else. */
export function readsWhole(grant: Grant, { changed }: Pick<Organization, 'changed'>): boolean {
  if (grant.isFull) return true
  return grant.rightTo('people') !== 'none' && Object.keys(changed).every((part) => mayReadPart(grant, part))
}

/** Parts that no view can do without: whoever may read anything may read these. */
export const ALWAYS_READABLE: ReadonlySet<string> = new Set(['state', 'language', 'name'])

/** Whether the holder of a grant, who may read the organization, may read a part of it. */
export function mayReadPart(grant: Grant, part: string): boolean {
  return ALWAYS_READABLE.has(part) || grant.rightTo(part) !== 'none'
}

/** The dossier with everything blank that may not be read: for grants of one class the same object. */
export function masked(dossier: Dossier, grant: Grant): Dossier {
  if (grant.isFull) return dossier
  let ofDossier = maskedBefore.get(dossier)
  if (ofDossier === undefined) {
    ofDossier = new Map()
    maskedBefore.set(dossier, ofDossier)
  }
  const before = ofDossier.get(grant.class)
  if (before !== undefined) return before
  const fresh = withoutUnreadable(dossier, grant)
  // Roles may be edited for ever: what they showed is not kept for ever.
  if (ofDossier.size >= CLASSES_LIMIT) ofDossier.clear()
  ofDossier.set(grant.class, fresh)
  return fresh
}

/** Dossier → class of grant → what such a grant shows of it. */
const maskedBefore = new WeakMap<Dossier, Map<string, Dossier>>()
const CLASSES_LIMIT = 50

function withoutUnreadable(dossier: Dossier, grant: Grant): Dossier {
  const organization: Record<string, unknown> = { ...dossier.organization }
  const facets = { ...dossier.organization.facets }
  for (const part of unreadableParts(grant, dossier.organization)) {
    if (ALWAYS_READABLE.has(part)) continue
    if (part.startsWith('facets.')) delete facets[part.slice('facets.'.length)]
    else if (part in EMPTY_PARTS) organization[part] = EMPTY_PARTS[part as keyof typeof EMPTY_PARTS]
    else delete organization[part]
  }
  return {
    organization: { ...(organization as unknown as Organization), facets },
    people: dossier.people.filter(grant.sees),
  }
}

/** The proposal with every masked part that it left alone put back as it was. */
export function unmasked(proposal: Dossier, shown: Dossier, before: Dossier): Dossier {
  if (shown === before) return proposal
  const organization: Record<string, unknown> = { ...proposal.organization }
  const original = before.organization as unknown as Record<string, unknown>
  const mask = shown.organization as unknown as Record<string, unknown>
  for (const part of ORGANIZATION_PARTS) {
    if (mask[part] === original[part]) continue
    if (isSame(organization[part], mask[part])) organization[part] = original[part]
  }
  const facets = { ...proposal.organization.facets }
  for (const [name, facet] of Object.entries(before.organization.facets)) {
    if (!(name in shown.organization.facets) && !(name in facets)) facets[name] = facet
  }
  const kept = before.people.filter(({ id }) => !shown.people.some((person) => person.id === id))
  return {
    organization: { ...(organization as unknown as Organization), facets },
    people: [...proposal.people, ...kept],
  }
}

/**
 * The masked parts that a proposal says something of, be it what they are: who may not read a part does not learn by
 * guessing what is in it.
 */
export function overwritten(
  { organization: proposed }: Dossier,
  { organization: shown }: Dossier,
  { organization: before }: Dossier,
): readonly string[] {
  if (shown === before) return []
  const isMasked = (part: (typeof ORGANIZATION_PARTS)[number]) => shown[part] !== before[part]
  const isHidden = (facet: string) => !(facet in shown.facets)
  return [
    ...ORGANIZATION_PARTS.filter((part) => isMasked(part) && !isSame(proposed[part], shown[part])),
    ...Object.keys(before.facets)
      .filter((facet) => isHidden(facet) && facet in proposed.facets)
      .map((facet) => `facets.${facet}`),
  ]
}

function rolesOn(
  organization: Organization,
  principal: Principal,
  catalogue: Catalogue,
  matches: Matches,
): readonly Role[] {
  return principal.roles
    .map((id) => catalogue.role(id))
    .filter((role) => role !== undefined)
    .filter(({ where }) => where === undefined || matches(where, organization, catalogue))
}

function rightByRole(role: Role, part: string): Right {
  const subject = part === 'people' ? 'people' : 'organizations'
  const isDeletion = part === 'state' && role.permissions.includes('organizations.delete')
  const given: Right =
    isDeletion || role.permissions.includes(`${subject}.edit`)
      ? 'write'
      : role.permissions.includes(`${subject}.read`)
        ? 'read'
        : 'none'
  const most = mostOf(role, part)
  return RANK[most] < RANK[given] ? most : given
}

/** The most that a role gives to a part, whatever its permissions. */
export function mostOf({ parts }: Role, part: string): Right {
  return parts?.[part] ?? parts?.['*'] ?? 'write'
}

function higherOf(left: Right, right: Right): Right {
  return RANK[left] >= RANK[right] ? left : right
}

function hasContributor({ contributors }: Organization, email: string): boolean {
  const asked = email.toLowerCase()
  return contributors.some((address) => address.toLowerCase() === asked)
}
