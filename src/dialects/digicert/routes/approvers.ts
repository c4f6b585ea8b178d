import type { Asker } from '../../../core/command.ts'
import type { Dossier } from '../../../core/dossier.ts'
import { holderOf } from '../../../core/dossier.ts'
import { Problem } from '../../../core/problem.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import { contactApprover, usersFor } from '../approvers.ts'
import { HAS_CONTACTS } from '../indexers.ts'
import { cacheable, json } from '../replies.ts'
import { CHOICES, CONTACT_TYPES, ROLE_OF } from '../wire.ts'

/** Users of the account, and contacts of the first organizations that have any. @see specs/digicert.md 4 */
export async function getPotentialApprovers(request: Request, { directory, now }: Services): Promise<Reply> {
  const { asker } = request
  const { items } = await directory.search(asker, {
    states: CHOICES.filteredStates,
    where: HAS_CONTACTS,
    offset: 0,
    limit: CHOICES.approverOrganizations,
  })
  const dossiers = await Promise.all(
    items.map(({ dossier }) => findWithHolders(asker, dossier.organization.id, directory)),
  )
  const holders = dossiers.flatMap((dossier) =>
    dossier === undefined ? [] : CONTACT_TYPES.flatMap((type) => holderOf(dossier, ROLE_OF[type]) ?? []),
  )
  const contacts = [...new Map(holders.map((person) => [person.id, person])).values()].map(contactApprover)
  const users = usersFor(asker.principal, directory.draft(asker).context.catalogue)
  const shown = { at: now(), found: items, isList: true } as const
  return cacheable(request, json(200, { users, contacts }), shown)
}

/** Undefined when the organization has gone since it was found. */
async function findWithHolders(
  asker: Asker,
  id: string,
  directory: Services['directory'],
): Promise<Dossier | undefined> {
  try {
    return (await directory.find(asker, { tenant: asker.tenant, id }, 'role-holders')).dossier
  } catch (error) {
    if (error instanceof Problem && error.is('not-found')) return undefined
    throw error
  }
}
