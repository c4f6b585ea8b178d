import { requireSight } from './authority.ts'
import type { Asker, Found } from './command.ts'
import type { Dossier } from './dossier.ts'
import { withOrganization } from './dossier.ts'
import type { Event } from './event.ts'
import { backwards } from './history.ts'
import type { Organization } from './organization.ts'
import type { Person } from './person.ts'
import type { Ports } from './ports.ts'
import { notFound, refused } from './problem.ts'
import type { RecordKind } from './record.ts'
import { reversed } from './reversal.ts'
import { saveEdited } from './saving.ts'
import { grantFor } from './sight.ts'
import type { OrganizationKey, Transactor } from './store.ts'

/** What undoing a merge gave. */
export interface Unmerged {
  /** The organization that is there again. */
  readonly found: Found
  /** What the merge had written and somebody changed since: it stays as it is. */
  readonly left: readonly { readonly kind: RecordKind; readonly id: string; readonly part: string }[]
}

/**
 * Takes a merge back, in one transaction: both organizations and their people get back, part by part, what the merge
 * changed and nobody has changed since. @see design 10.4
 * @throws Problem not-found, refused (not-merged), forbidden, parts-forbidden, unsound
 */
export async function executeUnmerge(
  ports: Ports,
  transactor: Transactor,
  asker: Asker,
  key: OrganizationKey,
): Promise<Unmerged> {
  await ports.known.follow(transactor)
  const catalogue = ports.known.catalogue(asker.tenant)
  const source = (await transactor.dossier(key, 'none'))?.organization
  if (source === undefined) throw notFound('organization', key.id ?? String(key.number))
  const merge = await lastEvent(transactor, source, ({ kind }) => kind === 'merged')
  if (merge === undefined || source.mergedInto === undefined || source.state !== 'deleted')
    throw refused('not-merged')
  const destination = (await transactor.dossier({ tenant: asker.tenant, id: source.mergedInto }, 'none'))
    ?.organization
  if (destination === undefined) throw notFound('organization', source.mergedInto)

  const left: Unmerged['left'][number][] = []
  const back = async <R extends Organization | Person>(record: R): Promise<R> => {
    const event = await lastEvent(transactor, record, ({ commandId }) => commandId === merge.commandId)
    if (event === undefined) return record
    const reversal = reversed(record, event)
    left.push(...reversal.left.map((part) => ({ kind: record.kind, id: record.id, part })))
    return reversal.record
  }
  const here = await transactor.everyone(asker.tenant, source.id)
  const there = await transactor.everyone(asker.tenant, destination.id)
  const people = await inTurn([...here, ...there], back)
  const before: Dossier = { organization: source, people: belonging(people, source, [...here, ...there]) }
  const after: Dossier = { organization: await back(source), people: people.filter(isOf(source)) }
  const survivor: Dossier = { organization: destination, people: belonging(people, destination, there) }
  const stays = { organization: await back(destination), people: people.filter(isOf(destination)) }

  const moving = there.filter(({ id }) => after.people.some((person) => person.id === id))
  const grant = grantFor(destination, asker, catalogue, ports.matches)
  const edit = { ports, transactor, asker, catalogue, commandId: ports.newId(), movesPeople: true }
  // The survivor first: it sets free what the other one takes back.
  await saveEdited(edit, survivor, withoutLostRoles(stays), 'organizations.edit')
  requireSight({ organization: destination, people: moving }, grant, asker.principal)
  const found = await saveEdited(edit, before, after, 'organizations.delete')
  return { found, left }
}

async function lastEvent(
  transactor: Transactor,
  record: Organization | Person,
  is: (event: Event) => boolean,
): Promise<Event | undefined> {
  for await (const event of backwards(transactor, record)) if (is(event)) return event
  return undefined
}

async function inTurn<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<readonly U[]> {
  const done: U[] = []
  for (const item of items) done.push(await work(item))
  return done
}

function isOf({ id }: Organization): (person: Person) => boolean {
  return ({ organization }) => organization === id
}

/** Those who will belong to the organization, as they are now. */
function belonging(
  after: readonly Person[],
  organization: Organization,
  now: readonly Person[],
): readonly Person[] {
  const ids = new Set(after.filter(isOf(organization)).map(({ id }) => id))
  return now.filter(({ id }) => ids.has(id))
}

/** A role of somebody who went back is nobody's. */
function withoutLostRoles(dossier: Dossier): Dossier {
  const alive = new Set(dossier.people.filter(({ state }) => state === 'active').map(({ id }) => id))
  const kept = Object.entries(dossier.organization.roles).filter(([, person]) => alive.has(person))
  if (kept.length === Object.keys(dossier.organization.roles).length) return dossier
  return withOrganization(dossier, { roles: Object.fromEntries(kept) })
}
