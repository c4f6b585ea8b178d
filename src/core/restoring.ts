import type { Asker, Found } from './command.ts'
import type { Dossier } from './dossier.ts'
import { differencesBetween, withPerson } from './dossier.ts'
import { asOf } from './history.ts'
import type { Organization } from './organization.ts'
import type { Person } from './person.ts'
import type { Ports } from './ports.ts'
import { notFound } from './problem.ts'
import { partOf, withPart } from './reversal.ts'
import { saveEdited } from './saving.ts'
import type { OrganizationKey, PersonKey, Transactor } from './store.ts'

/** Which record gets back what it was, and how much of it. */
export interface Restoring {
  readonly organization: OrganizationKey
  /** One of its people, deleted ones too; without it the organization itself. */
  readonly person?: PersonKey
  readonly version: number
  /** Names of parts (default all but those that only a merge or a move changes). */
  readonly parts?: readonly string[]
}

/** Only a merge, or a move to another organization, changes these. */
const NEVER: readonly string[] = ['mergedInto', 'organization']

/**
 * Makes parts of a record what they were at an earlier version, as a new version: nothing of the history goes. A role
 * of somebody who is not there any more stays empty, and a website that another organization has now becomes a link.
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
  const stored = await transactor.dossier(key, 'all')
  if (stored === undefined) throw notFound('organization', key.id ?? String(key.number))
  const before = { ...stored, people: await transactor.everyone(asker.tenant, stored.organization.id) }
  const record = personKey === undefined ? before.organization : personIn(before, personKey)
  const past = asOf<Organization | Person>(record, await transactor.history(asker.tenant, record.id), version)
  if (past === undefined) throw notFound('version', version)
  const asked = parts ?? Object.keys(differencesBetween(record, past))
  let restored = record
  for (const part of asked) if (!NEVER.includes(part)) restored = withPart(restored, part, partOf(past, part))
  const proposal =
    restored.kind === 'person'
      ? withPerson(before, restored)
      : { ...before, organization: { ...restored, roles: rolesOf(restored, before) } }
  const permission = restored.kind === 'person' ? 'people.edit' : 'organizations.edit'
  const edit = { ports, transactor, asker, catalogue, commandId: ports.newId(), movesPeople: false }
  return saveEdited(edit, before, proposal, permission)
}

/** @throws Problem not-found */
function personIn({ people }: Dossier, key: PersonKey): Person {
  const person = people.find(({ id, number }) => ('id' in key ? id === key.id : number === key.number))
  if (person === undefined) throw notFound('person', 'id' in key ? key.id : key.number)
  return person
}

function rolesOf({ roles }: Organization, { people }: Dossier): Organization['roles'] {
  const alive = new Set(people.filter(({ state }) => state === 'active').map(({ id }) => id))
  const kept = Object.entries(roles).filter(([, person]) => alive.has(person))
  return kept.length === Object.keys(roles).length ? roles : Object.fromEntries(kept)
}
