import { requirePrincipal, requireRights } from './authority.ts'
import type { Settled } from './change.ts'
import { settle, withPeopleStamp } from './change.ts'
import type { Asker, Found } from './command.ts'
import type { Dossier } from './dossier.ts'
import type { MergeOptions } from './merge.ts'
import { merged } from './merge.ts'
import type { Ports } from './ports.ts'
import type { Catalogue, Permission } from './principal.ts'
import { notFound, problem, refused } from './problem.ts'
import { forbidden, foundBy, grantFor, requireSeen } from './sight.ts'
import { faultsOf } from './soundness.ts'
import type { Change, OrganizationKey, Transactor } from './store.ts'

/** Which organization disappears, which one stays, and what else goes over. */
export interface Merging extends MergeOptions {
  readonly source: OrganizationKey
  readonly destination: OrganizationKey
}

/** Merges one organization into another, in one transaction. @throws Problem not-found, forbidden, parts-forbidden, refused (same-organization) */
export async function executeMerge(
  ports: Ports,
  transactor: Transactor,
  asker: Asker,
  { source: sourceKey, destination: destinationKey, ...options }: Merging,
): Promise<Found> {
  await ports.known.follow(transactor)
  const catalogue = ports.known.catalogue(asker.tenant)
  const source = await alive(transactor, asker, sourceKey)
  const destination = await alive(transactor, asker, destinationKey)
  if (source.organization.id === destination.organization.id) throw refused('same-organization')
  const after = merged(source, destination, options, ports.heritable)
  const commandId = ports.newId()
  const edit = { ports, transactor, asker, catalogue, commandId }
  // The source first: it sets free what the other one takes.
  await saveEdited(edit, source, after.source, 'organizations.delete')
  const all = { ...destination, people: [...destination.people, ...source.people] }
  return saveEdited(edit, all, after.destination, 'organizations.edit')
}

interface Edit {
  readonly ports: Ports
  readonly transactor: Transactor
  readonly asker: Asker
  readonly catalogue: Catalogue
  readonly commandId: string
}

/** Saves one of the two dossiers that a merge touches, if the asker may make of it what is proposed. */
export async function saveEdited(
  { ports, transactor, asker, catalogue, commandId }: Edit,
  before: Dossier,
  proposal: Dossier,
  permission: Permission,
): Promise<Found> {
  const writer = requirePrincipal(asker, permission)
  const grant = grantFor(before.organization, asker, catalogue, ports.matches)
  if (!grant.may(permission)) throw forbidden(permission, writer, before.organization.id)
  requireRights(before, proposal, grant, writer)
  const { now, newId, indexers } = ports
  const stamping = { at: now(), by: writer.id, via: asker.via, commandId, newId, numbers: [], indexers }
  const { after, change }: Settled = settle(before, proposal, stamping)
  const faults = faultsOf(after)
  if (faults.length > 0) throw problem('unsound', { faults })
  await transactor.save(withMovedPeople(change, after, stamping.at))
  return foundBy(asker, after, grant, catalogue)
}

/** People who go elsewhere are saved with the organization that they come to; the one that they leave shows others now, too. */
function withMovedPeople(change: Change | undefined, { organization }: Dossier, at: string): Change {
  const saved = change ?? { people: [], events: [] }
  return { ...saved, peopleOf: saved.peopleOf ?? withPeopleStamp(organization, at) }
}

/** An organization that is not deleted, with all its people. */
async function alive(transactor: Transactor, asker: Asker, key: OrganizationKey): Promise<Dossier> {
  const dossier = requireSeen(await transactor.dossier(key, 'all'), asker, key)
  if (dossier.organization.state === 'deleted') throw notFound('organization', dossier.organization.id)
  return dossier
}
