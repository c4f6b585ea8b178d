import type { Event } from './event.ts'
import type { Facet, Facets } from './facet.ts'
import { EMPTY_PARTS, type Organization } from './organization.ts'
import type { Person } from './person.ts'
import type { Grant } from './policy.ts'
import { mayReadPart } from './policy.ts'
import type { Stamp } from './record.ts'
import { nextShownAt } from './record.ts'
import type { Reader } from './store.ts'

const FACET = 'facets.'

/** Events that are read at once: one may be as large as its record was before and after together. */
const PIECE = 10

/** The events of a record from those below version `before` back to its creation, without holding all of them. */
export async function* backwards(
  reader: Pick<Reader, 'history'>,
  { tenant, id }: Pick<Organization | Person, 'tenant' | 'id'>,
  before = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<Event, void> {
  for (let below = before; ; ) {
    const events = await reader.history(tenant, id, below, PIECE)
    yield* events.toReversed()
    below = events[0]?.version ?? 0
    if (events.length < PIECE) return
  }
}

/**
 * The record as it was at `version`: what its events up to there left of it. Undefined when they do not reach back to
 * its creation, or not up to that version. Pure.
 */
export function asOf<R extends Organization | Person>(
  record: R,
  events: readonly Event[],
  version: number,
): R | undefined {
  const past = unfolded()
  for (const event of events.toReversed()) if (event.version <= version) past.add(event)
  return past.recordOf(record, version)
}

/** The same, of the events in the store. */
export async function pastOf<R extends Organization | Person>(
  reader: Pick<Reader, 'history'>,
  record: R,
  version: number,
): Promise<R | undefined> {
  // A version that cannot be there is not worth a look at all the others.
  if (version < 1 || version > record.version) return undefined
  const past = unfolded()
  for await (const event of backwards(reader, record, version + 1)) past.add(event)
  return past.recordOf(record, version)
}

/** What events leave of a record, told one after the other, the newest first. */
function unfolded() {
  const parts = new Map<string, unknown>()
  const changed: Record<string, Stamp> = {}
  /** Of the versions, backwards. */
  const times: string[] = []
  let first: Event['kind'] | undefined

  return {
    add({ parts: written, at, by, version, kind }: Event): void {
      times.push(at)
      first = kind
      for (const [part, [, after]] of Object.entries(written)) {
        if (parts.has(part)) continue
        parts.set(part, after)
        changed[part] = { version, at, by }
      }
    },
    recordOf<R extends Organization | Person>(record: R, version: number): R | undefined {
      if (times.length !== version || first !== 'created') return undefined
      const present: Record<string, unknown> = {}
      const facets: Record<string, Facet> = {}
      for (const [part, value] of parts) {
        if (!isThere(value)) continue
        if (part.startsWith(FACET)) facets[part.slice(FACET.length)] = value as Facet
        else present[part] = value
      }
      const shownAt = times.reduceRight(nextShownAt, 0)
      const { kind, id, number, tenant, created } = record
      const identity = { kind, id, number, tenant, created, shownAt }
      const rest = record.kind === 'organization' ? { ...EMPTY_PARTS, people: record.people } : PERSON_REST
      const all = { ...identity, ...rest, ...present, version, changed, facets: facets as Facets }
      return all as unknown as R
    },
  }
}

const PERSON_REST = { state: 'active', emails: [], phones: [] }

/** A part that did not exist is null in an event that was kept as JSON. */
function isThere(value: unknown): boolean {
  return value !== undefined && value !== null
}

/**
 * The event with those parts alone that the grant lets its holder read; undefined when it tells nothing of them.
 * @param isSeen of an event of a person: whether that person may be seen
 */
export function readable(
  event: Event,
  grant: Grant,
  isSeen = grant.rightTo('people') !== 'none',
): Event | undefined {
  if (grant.isFull) return event
  if (event.recordKind === 'person') return isSeen ? event : undefined
  const parts = Object.entries(event.parts).filter(([part]) => mayReadPart(grant, part))
  return parts.length === 0 ? undefined : { ...event, parts: Object.fromEntries(parts) }
}
