import { requirePrincipal } from './authority.ts'
import type { Asker, Found } from './command.ts'
import type { Dossier } from './dossier.ts'
import { differencesBetween, withPerson } from './dossier.ts'
import type { Organization } from './organization.ts'
import { readablePast } from './past.ts'
import type { Person } from './person.ts'
import type { Grant } from './policy.ts'
import { mayReadPart } from './policy.ts'
import type { Ports } from './ports.ts'
import { notFound, problem } from './problem.ts'
import { partOf, withPart } from './reversal.ts'
import { saveEdited } from './saving.ts'
import { forbidden, grantFor, requireSeen } from './sight.ts'
import type { OrganizationKey, PersonKey, Transactor } from './store.ts'

/** Which record gets back what it was, and how much of it. */
export interface Restoring {
  readonly organization: OrganizationKey
  /** One of its people, deleted ones too; without it the organization itself. */
  readonly person?: PersonKey
  readonly version: number
  /** Names of parts (default all that the asker may read, but those that only a merge or a move changes). */
  readonly parts?: readonly string[]
}

/** Only a merge, or a move to another organization, changes these. */
export const NEVER_RESTORED: readonly string[] = ['mergedInto', 'organization']

/**
 * Makes parts of a record what they were at an earlier version, as a new version: nothing of the history goes. A role
 * of somebody who is not there any more stays empty, and a website that another organization has now becomes a link.
 * An organization that is there again is merged into none. Nothing is deleted: what was deleted then stays what it is.
 * @throws Problem not-found, forbidden, parts-forbidden, unsound
 */
export async function executeRestore(
  ports: Ports,
  transactor: Transactor,
  asker: Asker,
  { organization: key, person: personKey, version, parts }: Restoring,
): Promise<Found> {
  await ports.known.follow(transactor)
  const catalogue = ports.known.catalogue(asker.tenant)
  const permission = personKey === undefined ? 'organizations.edit' : 'people.edit'
  const writer = requirePrincipal(asker, permission)
  const stored = requireSeen(await transactor.dossier(key, 'all'), asker, key)
  const { organization } = stored
  const grant = grantFor(organization, asker, catalogue, ports.matches)
  if (!grant.may(permission)) throw forbidden(permission, writer, organization.id)
  const before = { ...stored, people: await transactor.everyone(asker.tenant, organization.id) }
  const record = personKey === undefined ? organization : personIn(before, personKey, grant)
  const past = await readablePast<Organization | Person>(transactor, record, version, grant)
  if (past === undefined) throw notFound('version', version)

  const isRead = (part: string) => record.kind === 'person' || mayReadPart(grant, part)
  // Whether such a part differs is not told either.
  const unread = (parts ?? []).filter((part) => !isRead(part))
  if (unread.length > 0)
    throw problem('parts-forbidden', { parts: unread, principal: writer.id, id: organization.id })
  const asked = parts ?? Object.keys(differencesBetween(record, past)).filter(isRead)
  const isLeft = (part: string) =>
    NEVER_RESTORED.includes(part) || (part === 'state' && past.state === 'deleted')
  let restored = record
  for (const part of asked) if (!isLeft(part)) restored = withPart(restored, part, partOf(past, part))
  const proposal =
    restored.kind === 'person'
      ? withPerson(before, restored)
      : { ...before, organization: there(restored, before) }
  const edit = { ports, transactor, asker, catalogue, commandId: ports.newId(), movesPeople: false }
  return saveEdited(edit, before, proposal, permission)
}

/** @throws Problem not-found */
function personIn({ people }: Dossier, key: PersonKey, grant: Grant): Person {
  const person = people.find(({ id, number }) => ('id' in key ? id === key.id : number === key.number))
  if (person === undefined || !grant.sees(person)) throw notFound('person', 'id' in key ? key.id : key.number)
  return person
}

function there(organization: Organization, before: Dossier): Organization {
  const restored = { ...organization, roles: rolesOf(organization, before) }
  return restored.state === 'deleted' ? restored : withPart(restored, 'mergedInto', undefined)
}

function rolesOf({ roles }: Organization, { people }: Dossier): Organization['roles'] {
  const alive = new Set(people.filter(({ state }) => state === 'active').map(({ id }) => id))
  const kept = Object.entries(roles).filter(([, person]) => alive.has(person))
  return kept.length === Object.keys(roles).length ? roles : Object.fromEntries(kept)
}
