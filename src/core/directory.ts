import { settle } from './change.ts'
import type { Asker, Command, Found, Outcome } from './command.ts'
import type { Dossier, People } from './dossier.ts'
import { differencesBetween } from './dossier.ts'
import { urlKey } from './keys.ts'
import type { Known } from './known.ts'
import { labelKey } from './known.ts'
import type { PutContext } from './lens.ts'
import type { Organization } from './organization.ts'
import { blankOrganization } from './organization.ts'
import type { Grant, Matches } from './policy.ts'
import { FULL_GRANT, grantOn, isPublic, masked, unmasked } from './policy.ts'
import type { Catalogue, Permission, Principal } from './principal.ts'
import { notFound, problem } from './problem.ts'
import { faultsOf } from './soundness.ts'
import type { OrganizationKey, OrganizationQuery, Page, PersonKey, Store, Transactor } from './store.ts'

/** What the directory needs of the world. */
export interface Ports {
  readonly store: Store
  readonly known: Known
  readonly matches: Matches
  /** UTC, milliseconds. */
  readonly now: () => string
  readonly newId: () => string
}

/** All that dialects, commands and workers may do with records. */
export interface Directory {
  /** @throws Problem not-found, forbidden */
  find(asker: Asker, key: OrganizationKey, people: People, focus?: PersonKey): Promise<Found>
  /** The organizations that the asker may read, without their people. */
  search(asker: Asker, query: Omit<OrganizationQuery, 'tenant'>): Promise<Page<Found>>
  /** The only way to write. Nothing is written unless all of it is. @throws Problem */
  execute<View, Input>(asker: Asker, command: Command<View, Input>): Promise<Outcome>
}

export function createDirectory({ store, known, matches, now, newId }: Ports): Directory {
  const grantOf = (organization: Organization, asker: Asker, catalogue: Catalogue): Grant =>
    organization.version === 0 ? FULL_GRANT : grantOn(organization, asker.principal, catalogue, matches)

  const foundBy = (asker: Asker, dossier: Dossier, grant: Grant, catalogue: Catalogue): Found => ({
    dossier: masked(dossier, grant),
    context: { ...presentationOf(asker), grant, catalogue },
  })

  async function find(asker: Asker, key: OrganizationKey, people: People, focus?: PersonKey): Promise<Found> {
    const stored = await store.read((reader) => reader.dossier(key, people, focus))
    const dossier = requireSeen(stored, asker, key)
    const { organization } = dossier
    const catalogue = known.catalogue(asker.tenant)
    const grant = grantOf(organization, asker, catalogue)
    const isOpen = asker.seesPublic && isPublic(organization, catalogue.tenant)
    if (isOpen || grant.may('organizations.read')) return foundBy(asker, dossier, grant, catalogue)
    if (asker.principal === undefined) throw notFound('organization', idOf(key))
    throw forbidden('organizations.read', asker.principal, organization.id)
  }

  async function search(asker: Asker, asked: Omit<OrganizationQuery, 'tenant'>): Promise<Page<Found>> {
    const query = { ...asked, tenant: asker.tenant }
    const catalogue = known.catalogue(asker.tenant)
    const show = (organization: Organization): Found =>
      foundBy(asker, { organization, people: [] }, grantOf(organization, asker, catalogue), catalogue)
    if (readsAll(asker.principal, catalogue)) {
      const page = await store.read((reader) => reader.organizations(query))
      return { items: page.items.map(show), total: page.total }
    }
    const all = await store.read((reader) => reader.organizations({ ...query, offset: 0, limit: Infinity }))
    const readable = all.items.map(show).filter(({ context }) => context.grant.may('organizations.read'))
    return { items: readable.slice(query.offset, query.offset + query.limit), total: readable.length }
  }

  async function execute<View, Input>(asker: Asker, command: Command<View, Input>): Promise<Outcome> {
    return store.transact(async (transactor) => {
      await known.follow(transactor)
      const catalogue = known.catalogue(asker.tenant)
      const { lens, permission } = command
      const writer = requirePrincipal(asker, permission)
      const at = now()
      const before = await loaded(transactor, asker, command, () =>
        blank(asker, command.id ?? newId(), catalogue, at),
      )
      const grant = grantOf(before.organization, asker, catalogue)
      const context: PutContext = { ...presentationOf(asker), grant, catalogue, at, by: writer.id }
      if (!grant.may(permission)) throw forbidden(permission, writer, before.organization.id)
      const shown = masked(before, grant)
      command.require?.(shown, context)
      const input =
        typeof command.input === 'function'
          ? (command.input as (view: View, context: PutContext) => Input)(lens.get(shown, context), context)
          : command.input
      const proposed = unmasked(lens.put(shown, input, context), shown, before)
      const proposal = await withFreeWebsite(transactor, before, proposed, lens.takenWebsite ?? 'weaken')
      requireRights(before, proposal, grant, writer)

      const labelled = await withRegisteredLabels(transactor, proposal)
      const numbers = await numbersFor(transactor, labelled)
      const stamping = { at, by: writer.id, via: asker.via, commandId: newId(), newId, numbers }
      const { after, change } = settle(before, labelled, stamping)
      if (change !== undefined) {
        const faults = faultsOf(after)
        if (faults.length > 0) throw problem('unsound', { faults })
        if (writer.number === 0) await register(transactor, writer)
        await transactor.save(change)
      }
      return { ...foundBy(asker, after, grant, catalogue), isChanged: change !== undefined }
    })
  }

  return { find, search, execute }
}

/** The dossier that a command is about; a blank one for a create. @throws Problem not-found */
async function loaded<View, Input>(
  transactor: Transactor,
  asker: Asker,
  { target, lens, focus }: Command<View, Input>,
  created: () => Dossier,
): Promise<Dossier> {
  if (target === 'new') return created()
  return requireSeen(await transactor.dossier(target, lens.people, focus), asker, target)
}

function blank({ tenant, principal }: Asker, id: string, catalogue: Catalogue, at: string): Dossier {
  const by = principal?.id ?? ''
  const { language } = catalogue.tenant
  return { organization: blankOrganization(id, { tenant, language, at, by }), people: [] }
}

function requireSeen(dossier: Dossier | undefined, asker: Asker, key: OrganizationKey): Dossier {
  if (dossier === undefined) throw notFound('organization', idOf(key))
  if (dossier.organization.state === 'deleted' && !asker.seesDeleted)
    throw notFound('organization', idOf(key))
  return dossier
}

function requirePrincipal({ principal }: Asker, permission: Permission): Principal {
  if (principal === undefined) throw problem('forbidden', { action: permission, principal: '' })
  return principal
}

function forbidden(action: Permission, principal: Principal, id: string) {
  return problem('forbidden', { action, principal: principal.id, id })
}

/** @throws Problem parts-forbidden, naming every part that differs and may not be written */
function requireRights(before: Dossier, proposal: Dossier, grant: Grant, writer: Principal): void {
  if (grant.isFull) return
  const parts = Object.keys(differencesBetween(before.organization, proposal.organization))
  const arePeopleChanged = proposal.people.some((person) => !before.people.includes(person))
  const refused = [...parts, ...(arePeopleChanged ? ['people'] : [])].filter(
    (part) => grant.rightTo(part) !== 'write',
  )
  if (refused.length === 0) return
  throw problem('parts-forbidden', { parts: refused, principal: writer.id, id: before.organization.id })
}

/** The proposal with a website that no other organization has. @throws Problem key-taken where the lens refuses */
async function withFreeWebsite(
  transactor: Transactor,
  before: Dossier,
  proposal: Dossier,
  taken: 'refuse' | 'weaken',
): Promise<Dossier> {
  if (before.organization.links === proposal.organization.links) return proposal
  const website = proposal.organization.links.find(({ kind }) => kind === 'website')
  if (website === undefined) return proposal
  const key = urlKey(website.uri)
  const holder = await transactor.holderOf(proposal.organization.tenant, 'website', key)
  if (holder === undefined || holder === before.organization.id) return proposal
  if (taken === 'refuse') throw problem('key-taken', { key, value: website.uri, holder })
  const links = proposal.organization.links.map((link) =>
    link === website ? { ...link, kind: 'contact' as const } : link,
  )
  return { ...proposal, organization: { ...proposal.organization, links } }
}

/** Registers the labels that the tenant does not have yet, with the visibility that the lens proposed. */
async function withRegisteredLabels(transactor: Transactor, proposal: Dossier): Promise<Dossier> {
  const { labels, tenant } = proposal.organization
  const introduced = labels.filter(({ visible }) => visible !== undefined)
  if (introduced.length === 0) return proposal
  for (const { name, visible } of introduced) {
    const number = await transactor.nextNumber(tenant, 'label')
    const value = { number, name, visible: visible === true, private: false }
    await transactor.saveSettings([{ kind: 'label', tenant, id: labelKey(name), value }])
  }
  const registered = labels.map(({ name, imported }) => ({ name, imported }))
  return { ...proposal, organization: { ...proposal.organization, labels: registered } }
}

/** Numbers for the records of a proposal that are new, the organization's first. */
async function numbersFor(transactor: Transactor, { organization, people }: Dossier): Promise<number[]> {
  const numbers: number[] = []
  const { tenant } = organization
  if (organization.version === 0) numbers.push(await transactor.nextNumber(tenant, 'organization'))
  for (const { version } of people) {
    if (version === 0) numbers.push(await transactor.nextNumber(tenant, 'person'))
  }
  return numbers
}

/** A token's unknown `sub` becomes a principal at its first write. */
async function register(transactor: Transactor, writer: Principal): Promise<void> {
  const number = await transactor.nextNumber(writer.tenant, 'principal')
  await transactor.saveSettings([
    { kind: 'principal', tenant: writer.tenant, id: writer.id, value: { ...writer, number } },
  ])
}

function readsAll(principal: Principal | undefined, catalogue: Catalogue): boolean {
  if (principal === undefined) return false
  if (principal.superuser || principal.kind === 'system') return true
  return principal.roles
    .map((id) => catalogue.role(id))
    .some((role) => role?.where === undefined && role?.permissions.includes('organizations.read') === true)
}

function presentationOf({ baseUrl, language, timeZone }: Asker) {
  return {
    baseUrl,
    ...(language !== undefined && { language }),
    ...(timeZone !== undefined && { timeZone }),
  }
}

function idOf(key: OrganizationKey): string {
  return key.id ?? String(key.number)
}
