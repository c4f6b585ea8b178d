import type { Asker, Found } from './command.ts'
import type { Dossier, People } from './dossier.ts'
import type { Organization } from './organization.ts'
import { ORGANIZATION_PARTS } from './organization.ts'
import type { Grant, Matches } from './policy.ts'
import { ALWAYS_READABLE, grantOfCreator, grantOn, isPublic, masked, mostOf, PUBLIC_PARTS } from './policy.ts'
import type { Ports } from './ports.ts'
import type { Catalogue, Permission, Principal, Role } from './principal.ts'
import { notFound, problem } from './problem.ts'
import type { Condition } from './query.ts'
import { NOTHING } from './query.ts'
import { searchEach } from './searching-each.ts'
import type { OrganizationKey, OrganizationQuery, Page, PersonKey } from './store.ts'

/** What is asked of a search; whose records they are and what the asker may read is added here. */
export interface SearchQuery extends Omit<OrganizationQuery, 'tenant' | 'hiddenParts' | 'onlyParts'> {
  /**
   * `where` and `sort` once more, asked of an organization as the asker sees it. For those who may read different parts
   * of different organizations; without it, only rows of public parts match for them.
   */
  readonly exact?: Exact
}

/** What of an organization decides whether it is found, and where it stands. */
export interface Exact {
  readonly holds: (found: Found) => boolean
  /** Negative when `left` comes first; 0 leaves it to their numbers. */
  readonly compare: (left: Found, right: Found) => number
}

export type Reading = Pick<Ports, 'known' | 'matches' | 'tells'> & {
  readonly store: Pick<Ports['store'], 'read'>
}

/** The dossier as the asker may see it. @throws Problem not-found, forbidden */
export async function find(
  { store, known, matches }: Reading,
  asker: Asker,
  key: OrganizationKey,
  people: People,
  focus?: PersonKey,
): Promise<Found> {
  const stored = await store.read((reader) => reader.dossier(key, people, focus))
  const dossier = requireSeen(stored, asker, key)
  const { organization } = dossier
  const catalogue = known.catalogue(asker.tenant)
  const grant = grantFor(organization, asker, catalogue, matches)
  if (mayRead(organization, asker, grant, catalogue)) return foundBy(asker, dossier, grant, catalogue)
  if (asker.principal === undefined) throw notFound('organization', idOf(key))
  throw forbidden('organizations.read', asker.principal, organization.id)
}

/** Whether the asker may read the organization at all. */
export function mayRead(
  organization: Organization,
  { seesPublic }: Asker,
  grant: Grant,
  { tenant }: Catalogue,
): boolean {
  return (seesPublic && isPublic(organization, tenant)) || grant.may('organizations.read')
}

/** A page of the organizations that the asker may read, without their people. */
export async function search(
  { store, known, matches, tells }: Reading,
  asker: Asker,
  asked: SearchQuery,
): Promise<Page<Found>> {
  const catalogue = known.catalogue(asker.tenant)
  const show = (organization: Organization): Found => {
    const grant = grantFor(organization, asker, catalogue, matches)
    return foundBy(asker, alone(organization), grant, catalogue)
  }
  const scope = scopeOf(asker, catalogue)
  const { exact: _, ...plain } = asked
  const query = { ...plain, tenant: asker.tenant, ...scope.limits, where: allOf(asked.where, scope.where) }
  if (!scope.isWhole) {
    return searchEach({ store, asker, catalogue, tells, show }, query, asked)
  }
  const page = await store.read((reader) => reader.organizations(query))
  return { items: page.items.map(show), total: page.total }
}

export interface Scope {
  /** Whether the store alone can tell what may be read. */
  readonly isWhole: boolean
  readonly where?: Condition
  readonly limits: Pick<OrganizationQuery, 'hiddenParts' | 'onlyParts'>
}

/** How far a search by this asker goes. */
export function scopeOf({ principal, seesPublic }: Asker, catalogue: Catalogue): Scope {
  if (principal?.superuser || principal?.kind === 'system') return { isWhole: true, limits: {} }
  const unlimited = (principal?.roles ?? [])
    .map((id) => catalogue.role(id))
    .filter((role) => role !== undefined)
    .filter(({ where }) => where === undefined)
  const everywhere = unlimited.filter(({ permissions }) => READING.some((one) => permissions.includes(one)))
  const seesPeople = unlimited.some(
    (role) =>
      READING_PEOPLE.some((one) => role.permissions.includes(one)) && mostOf(role, 'people') !== 'none',
  )
  // Who may edit what they may not read is not shown it.
  if (everywhere.some(({ permissions }) => permissions.includes('organizations.read')))
    return { isWhole: true, limits: limitsOf(everywhere, seesPeople) }
  if (!seesPublic) return { isWhole: false, limits: { onlyParts: PUBLIC_PARTS } }
  return { isWhole: true, where: publicCondition(catalogue), limits: { onlyParts: PUBLIC_PARTS } }
}

/** The parts that none of `roles` lets its holder read, or those alone that one does. */
function limitsOf(roles: readonly Role[], seesPeople: boolean): Scope['limits'] {
  const named = new Set([
    ...ORGANIZATION_PARTS,
    'people',
    ...roles.flatMap(({ parts = {} }) => Object.keys(parts)),
  ])
  const isHidden = (part: string) => {
    if (part === 'people') return !seesPeople
    return !ALWAYS_READABLE.has(part) && roles.every((role) => mostOf(role, part) === 'none')
  }
  return isHidden('*')
    ? { onlyParts: [...named].filter((part) => !isHidden(part)) }
    : { hiddenParts: [...named].filter(isHidden) }
}

const READING: readonly Permission[] = ['organizations.read', 'organizations.edit']
const READING_PEOPLE: readonly Permission[] = ['people.read', 'people.edit']

function publicCondition({ tenant }: Catalogue): Condition {
  switch (tenant.public) {
    case 'all':
      return { all: [] }
    case 'uitdatabank':
      return { kind: 'public' }
    case 'none':
      return NOTHING
  }
}

export function allOf(asked: Condition | undefined, scope: Condition | undefined): Condition {
  return { all: [asked, scope].filter((condition) => condition !== undefined) }
}

/** The dossier without its people: of one organization always the same, so that what is made of it is kept beside it. */
export function alone(organization: Organization): Dossier {
  let dossier = withoutPeople.get(organization)
  if (dossier === undefined) {
    dossier = { organization, people: [] }
    withoutPeople.set(organization, dossier)
  }
  return dossier
}

const withoutPeople = new WeakMap<Organization, Dossier>()

export function grantFor(
  organization: Organization,
  asker: Asker,
  catalogue: Catalogue,
  matches: Matches,
): Grant {
  if (organization.version === 0) return grantOfCreator(asker.principal, catalogue)
  return grantOn(organization, asker.principal, catalogue, matches)
}

export function foundBy(asker: Asker, dossier: Dossier, grant: Grant, catalogue: Catalogue): Found {
  return { dossier: masked(dossier, grant), context: { ...presentationOf(asker), grant, catalogue } }
}

/** @throws Problem not-found */
export function requireSeen(dossier: Dossier | undefined, asker: Asker, key: OrganizationKey): Dossier {
  if (dossier === undefined) throw notFound('organization', idOf(key))
  if (dossier.organization.state === 'deleted' && !asker.seesDeleted)
    throw notFound('organization', idOf(key))
  return dossier
}

export function forbidden(action: Permission, principal: Principal, id: string) {
  return problem('forbidden', { action, principal: principal.id, id })
}

export function presentationOf({ baseUrl, language, timeZone }: Asker) {
  return {
    baseUrl,
    ...(language !== undefined && { language }),
    ...(timeZone !== undefined && { timeZone }),
  }
}

function idOf(key: OrganizationKey): string {
  return key.id ?? String(key.number)
}
