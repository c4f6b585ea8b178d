import { requireSight } from './authority.ts'
import type { Asker, Found } from './command.ts'
import type { Dossier } from './dossier.ts'
import type { MergeOptions } from './merge.ts'
import { merged } from './merge.ts'
import type { Person } from './person.ts'
import { masked } from './policy.ts'
import type { Ports } from './ports.ts'
import { notFound, refused } from './problem.ts'
import { saveEdited } from './saving.ts'
import { grantFor, requireSeen } from './sight.ts'
import type { OrganizationKey, Transactor } from './store.ts'

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
  const grant = grantFor(source.organization, asker, catalogue, ports.matches)
  const { organization: shown } = masked(source, grant)
  const after = merged(source, destination, options, ports.heritable, shown)
  const commandId = ports.newId()
  const edit = { ports, transactor, asker, catalogue, commandId, movesPeople: true }
  // The source first: it sets free what the other one takes.
  await saveEdited(edit, source, after.source, 'organizations.delete')
  // Nobody can stay with an organization that is not there, and whoever moves people sees them afterwards.
  requireSight(source, grant, asker.principal)
  const isGone = ({ id }: Person) => after.source.people.some((gone) => gone.id === id)
  const moved = source.people.filter((person) => !isGone(person))
  const all = { ...destination, people: [...destination.people, ...moved] }
  return saveEdited(edit, all, after.destination, 'organizations.edit')
}

/** An organization that is not deleted, with all its people. */
async function alive(transactor: Transactor, asker: Asker, key: OrganizationKey): Promise<Dossier> {
  const dossier = requireSeen(await transactor.dossier(key, 'all'), asker, key)
  if (dossier.organization.state === 'deleted') throw notFound('organization', dossier.organization.id)
  return dossier
}
