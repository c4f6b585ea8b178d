import { requirePrincipal, requireRights } from './authority.ts'
import { settle } from './change.ts'
import type { Asker, Command, Outcome } from './command.ts'
import type { Dossier } from './dossier.ts'
import type { PutContext } from './lens.ts'
import { blankOrganization } from './organization.ts'
import { masked, opened, overwritten, unmasked } from './policy.ts'
import type { Ports } from './ports.ts'
import type { Catalogue } from './principal.ts'
import { problem } from './problem.ts'
import { labelEntries, newLabels, numbersFor, principalEntry, withoutVisibility } from './registration.ts'
import { forbidden, foundBy, grantFor, mayRead, presentationOf, requireSeen } from './sight.ts'
import { faultsOf } from './soundness.ts'
import type { Transactor } from './store.ts'
import { requireUnique } from './unique.ts'
import { withFreeWebsite } from './website.ts'

/** Everything between the dossier as it was and what is saved of it. @throws Problem */
export async function execute<View, Input>(
  { known, matches, indexers, now, newId }: Ports,
  transactor: Transactor,
  asker: Asker,
  command: Command<View, Input>,
): Promise<Outcome & { readonly isRegistered: boolean }> {
  await known.follow(transactor)
  const catalogue = known.catalogue(asker.tenant)
  const { lens, permission, opens, input, unique } = command
  const writer = requirePrincipal(asker, permission)
  const at = now()
  const before = await loaded(transactor, asker, command, () =>
    blank(asker, command.id ?? newId(), catalogue, at),
  )
  const own = grantFor(before.organization, asker, catalogue, matches)
  const isOpened = opens !== undefined && mayRead(before.organization, asker, own, catalogue)
  const grant = isOpened ? opened(own, opens) : own
  if (!isOpened && !own.may(permission)) throw forbidden(permission, writer, before.organization.id)
  const context: PutContext = { ...presentationOf(asker), grant, catalogue, at, by: writer.id }
  const shown = masked(before, grant)
  command.require?.(shown, context)

  const put = isEdit(input) ? input(lens.get(shown, context), context) : input
  const proposal = lens.put(shown, put, context)
  const proposed = unmasked(proposal, shown, before)
  const allowed = await withFreeWebsite(transactor, before, proposed, lens.takenWebsite ?? 'weaken')
  requireRights(before, allowed, grant, writer, overwritten(proposal, shown, before))
  const ports = { known, matches }
  if (unique !== undefined) await requireUnique(ports, transactor, asker, allowed.organization, unique)

  const labels = newLabels(allowed)
  const numbers = await numbersFor(transactor, allowed)
  const stamping = { at, by: writer.id, via: asker.via, commandId: newId(), newId, numbers, indexers }
  const { after, change } = settle(before, withoutVisibility(allowed, labels), stamping)
  // Who creates may do more than creators may do with what is there, and is told of the latter.
  const rights = command.target === 'new' ? grantFor(after.organization, asker, catalogue, matches) : own
  const found = foundBy(asker, after, rights, catalogue)
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

/** The dossier that a command is about; a blank one for a create. @throws Problem not-found, key-taken */
async function loaded<View, Input>(
  transactor: Transactor,
  asker: Asker,
  { target, lens, focus, id }: Command<View, Input>,
  created: () => Dossier,
): Promise<Dossier> {
  if (target === 'new') {
    const holder = id && (await transactor.dossier({ tenant: asker.tenant, id }, 'none'))?.organization.id
    if (holder) throw problem('key-taken', { key: 'id', value: holder, holder })
    return created()
  }
  return requireSeen(await transactor.dossier(target, lens.people, focus), asker, target)
}

export function blank({ tenant, principal }: Asker, id: string, catalogue: Catalogue, at: string): Dossier {
  const by = principal?.id ?? ''
  const { language } = catalogue.tenant
  return { organization: blankOrganization(id, { tenant, language, at, by }), people: [] }
}

function isEdit<View, Input>(
  input: Command<View, Input>['input'],
): input is (view: View, context: PutContext) => Input {
  return typeof input === 'function'
}
