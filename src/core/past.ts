import type { Asker, Found } from './command.ts'
import type { Event } from './event.ts'
import { backwards, pastOf, readable } from './history.ts'
import type { Organization } from './organization.ts'
import type { Person } from './person.ts'
import type { Grant } from './policy.ts'
import { masked } from './policy.ts'
import { notFound } from './problem.ts'
import type { Reading } from './sight.ts'
import { find } from './sight.ts'
import type { OrganizationKey, PersonKey, Reader } from './store.ts'

/** The last `limit` events that the asker may read something of, with versions below `before`. */
export interface Piece {
  readonly before?: number
  readonly limit: number
}

/** The events of one record by version, each with what the asker may read of it. @throws Problem not-found, forbidden */
export async function history(
  ports: Reading,
  asker: Asker,
  key: OrganizationKey,
  person?: PersonKey,
  { before, limit }: Piece = { limit: Infinity },
): Promise<readonly Event[]> {
  const { record, found } = await recordOf(ports, asker, key, person)
  return ports.store.read(async (reader) => {
    const shown: Event[] = []
    for await (const event of backwards(reader, record, before)) {
      if (shown.length >= limit) break
      const told = readable(event, found.context.grant, true)
      if (told !== undefined) shown.push(told)
    }
    return shown.reverse()
  })
}

/**
 * A record as it was at `version`, with what the asker may read of it now: an organization alone, or with that one
 * person. A version that tells the asker nothing is none to them.
 * @throws Problem not-found, forbidden
 */
export async function past(
  ports: Reading,
  asker: Asker,
  key: OrganizationKey,
  version: number,
  person?: PersonKey,
): Promise<Found> {
  const { record, found } = await recordOf(ports, asker, key, person)
  const { dossier, context } = found
  const state = await ports.store.read((reader) => readablePast(reader, record, version, context.grant))
  if (state === undefined) throw notFound('version', version)
  if (state.kind === 'person') return { dossier: { ...dossier, people: [state] }, context }
  return { dossier: masked({ organization: state, people: [] }, context.grant), context }
}

/** Undefined where that version is not there, or nothing for who has this grant. */
export async function readablePast<R extends Organization | Person>(
  reader: Pick<Reader, 'history'>,
  record: R,
  version: number,
  grant: Grant,
): Promise<R | undefined> {
  const [event] = await reader.history(record.tenant, record.id, version + 1, 1)
  if (event?.version !== version || readable(event, grant, true) === undefined) return undefined
  return pastOf(reader, record, version)
}

/** The organization, or the one person, deleted or not, as the asker sees them. @throws Problem not-found, forbidden */
async function recordOf(
  ports: Reading,
  asker: Asker,
  key: OrganizationKey,
  person: PersonKey | undefined,
): Promise<{ readonly record: Organization | Person; readonly found: Found }> {
  const found = await find(ports, asker, key, person === undefined ? 'none' : 'focus', person)
  if (person === undefined) return { record: found.dossier.organization, found }
  const { tenant, id } = found.dossier.organization
  const record =
    found.dossier.people[0] ??
    (await ports.store.read((reader) => reader.everyone(tenant, id))).find(isNamed(person))
  if (record === undefined || !found.context.grant.sees(record))
    throw notFound('person', 'id' in person ? person.id : person.number)
  return { record, found }
}

function isNamed(key: PersonKey): (person: Person) => boolean {
  return ({ id, number }) => ('id' in key ? id === key.id : number === key.number)
}
