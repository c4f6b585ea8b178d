import { settle } from './change.ts'
import type { Asker, Command, Found, Outcome } from './command.ts'
import type { Dossier, People } from './dossier.ts'
import { differencesBetween } from './dossier.ts'
import type { Indexer } from './index-rows.ts'
import { urlKey } from './keys.ts'
import type { Known } from './known.ts'
import type { PutContext } from './lens.ts'
import type { Organization } from './organization.ts'
import { blankOrganization } from './organization.ts'
import type { Grant, Matches } from './policy.ts'
import { FULL_GRANT, grantOn, isPublic, masked, unmasked } from './policy.ts'
import type { Catalogue, Permission, Principal } from './principal.ts'
import { notFound, Problem, problem } from './problem.ts'
import { labelEntries, newLabels, numbersFor, principalEntry, withoutVisibility } from './registration.ts'
import { faultsOf } from './soundness.ts'
import type { OrganizationKey, OrganizationQuery, Page, PersonKey, Store, Transactor } from './store.ts'

/** What the directory needs of the world. */
export interface Ports {
  readonly store: Store
  readonly known: Known
  readonly matches: Matches
  readonly indexer: Indexer
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
  /** The blank organization that a create by the asker starts from. */
  draft(asker: Asker): Found
  /** The only way to write. Nothing is written unless all of it is. @throws Problem */
  execute<View, Input>(asker: Asker, command: Command<View, Input>): Promise<Outcome>
}

export function createDirectory({ store, known, matches, indexer, now, newId }: Ports): Directory {
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

  function draft(asker: Asker): Found {
    const catalogue = known.catalogue(asker.tenant)
    return foundBy(asker, blank(asker, '', catalogue, now()), FULL_GRANT, catalogue)
  }

  async function execute<View, Input>(asker: Asker, command: Command<View, Input>): Promise<Outcome> {
    try {
      const { isRegistered, ...outcome } = await store.transact((tx) => decide(tx, asker, command))
      if (isRegistered) await store.read((reader) => known.follow(reader))
      return outcome
    } catch (fault) {
      if (fault instanceof Problem && fault.is('store-unavailable')) known.forget()
      throw fault
    }
  }

  /** Everything between the dossier as it was and what is saved of it. */
  async function decide<View, Input>(
    transactor: Transactor,
    asker: Asker,
    command: Command<View, Input>,
  ): Promise<Outcome & { readonly isRegistered: boolean }> {
    await known.follow(transactor)
    const catalogue = known.catalogue(asker.tenant)
    const { lens, permission, input } = command
    const writer = requirePrincipal(asker, permission)
    const at = now()
    const before = await loaded(transactor, asker, command, () =>
      blank(asker, command.id ?? newId(), catalogue, at),
    )
    const grant = grantOf(before.organization, asker, catalogue)
    if (!grant.may(permission)) throw forbidden(permission, writer, before.organization.id)
    const context: PutContext = { ...presentationOf(asker), grant, catalogue, at, by: writer.id }
    const shown = masked(before, grant)
    command.require?.(shown, context)

    const put = isEdit(input) ? input(lens.get(shown, context), context) : input
    const proposed = unmasked(lens.put(shown, put, context), shown, before)
    const allowed = await withFreeWebsite(transactor, before, proposed, lens.takenWebsite ?? 'weaken')
    requireRights(before, allowed, grant, writer)

    const labels = newLabels(allowed)
    const numbers = await numbersFor(transactor, allowed)
    const stamping = { at, by: writer.id, via: asker.via, commandId: newId(), newId, numbers, indexer }
    const { after, change } = settle(before, withoutVisibility(allowed, labels), stamping)
    const found = foundBy(asker, after, grant, catalogue)
    if (change === undefined) return { ...found, isChanged: false, isRegistered: false }
    const faults = faultsOf(after)
    if (faults.length > 0) throw problem('unsound', { faults })
    // Another command of the same writer may have been the first one since they were let in.
    const isStranger = writer.number === 0 && known.principal(writer.id) === undefined
    const entries = [
      ...(await labelEntries(transactor, allowed.organization.tenant, labels)),
      ...(isStranger ? [await principalEntry(transactor, writer)] : []),
    ]
    await transactor.saveSettings(entries)
    await transactor.save(change)
    return { ...found, isChanged: true, isRegistered: entries.length > 0 }
  }

  return { find, search, draft, execute }
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
  const isRefusedPerson = proposal.people.some(
    (person) => !before.people.includes(person) && !grant.edits(person),
  )
  const refused = [
    ...parts.filter((part) => grant.rightTo(part) !== 'write'),
    ...(isRefusedPerson ? ['people'] : []),
  ]
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

function readsAll(principal: Principal | undefined, catalogue: Catalogue): boolean {
  if (principal === undefined) return false
  if (principal.superuser || principal.kind === 'system') return true
  return principal.roles
    .map((id) => catalogue.role(id))
    .some((role) => role?.where === undefined && role?.permissions.includes('organizations.read') === true)
}

function isEdit<View, Input>(
  input: Command<View, Input>['input'],
): input is (view: View, context: PutContext) => Input {
  return typeof input === 'function'
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
