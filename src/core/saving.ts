import { requirePrincipal, requireRights } from './authority.ts'
import { settle, withPeopleStamp } from './change.ts'
import type { Asker, Found } from './command.ts'
import type { Dossier } from './dossier.ts'
import type { Ports } from './ports.ts'
import type { Catalogue, Permission } from './principal.ts'
import { problem } from './problem.ts'
import { forbidden, foundBy, grantFor } from './sight.ts'
import { faultsOf } from './soundness.ts'
import type { Change, Transactor } from './store.ts'
import { withFreeWebsite } from './website.ts'

/** What an edit that no lens makes is made with. */
export interface Edit {
  readonly ports: Ports
  readonly transactor: Transactor
  readonly asker: Asker
  readonly catalogue: Catalogue
  readonly commandId: string
  /** Whether people come or go, which an organization shows even where nothing else of it changes. */
  readonly movesPeople: boolean
}

/** Saves what is proposed of a dossier, if the asker may make that of it. */
export async function saveEdited(
  { ports, transactor, asker, catalogue, commandId, movesPeople }: Edit,
  before: Dossier,
  proposal: Dossier,
  permission: Permission,
): Promise<Found> {
  const writer = requirePrincipal(asker, permission)
  const grant = grantFor(before.organization, asker, catalogue, ports.matches)
  if (!grant.may(permission)) throw forbidden(permission, writer, before.organization.id)
  const allowed = await withFreeWebsite(transactor, before, proposal, 'weaken')
  requireRights(before, allowed, grant, writer)
  const { now, newId, indexers } = ports
  const stamping = { at: now(), by: writer.id, via: asker.via, commandId, newId, numbers: [], indexers }
  const { after, change } = settle(before, allowed, stamping)
  const faults = faultsOf(after)
  if (faults.length > 0) throw problem('unsound', { faults })
  const saved = movesPeople ? withMovedPeople(change, after, stamping.at) : change
  if (saved !== undefined) await transactor.save(saved)
  return foundBy(asker, after, grant, catalogue)
}

/** People who go elsewhere are saved with the organization that they come to; the one that they leave shows others now, too. */
function withMovedPeople(change: Change | undefined, { organization }: Dossier, at: string): Change {
  const saved = change ?? { people: [], events: [] }
  return { ...saved, peopleOf: saved.peopleOf ?? withPeopleStamp(organization, at) }
}
