import type { Event } from './event.ts'
import type { Facet, Facets } from './facet.ts'
import { EMPTY_PARTS, type Organization } from './organization.ts'
import type { Person } from './person.ts'
import type { Grant } from './policy.ts'
import type { Stamp } from './record.ts'
import { nextShownAt } from './record.ts'

const FACET = 'facets.'

/**
 * The record as it was at `version`: what its events up to there left of it. Undefined when they do not reach back to
 * its creation, or not up to that version. Pure.
 */
export function asOf<R extends Organization | Person>(
  record: R,
  events: readonly Event[],
  version: number,
): R | undefined {
  const past = events.filter((event) => event.version <= version)
  if (past.length !== version || past[0]?.kind !== 'created') return undefined
  const parts: Record<string, unknown> = {}
  const facets: Record<string, Facet> = {}
  const changed: Record<string, Stamp> = {}
  let shownAt = 0
  for (const { parts: written, at, by, version: number } of past) {
    shownAt = nextShownAt(shownAt, at)
    for (const [part, [, after]] of Object.entries(written)) {
      changed[part] = { version: number, at, by }
      if (!part.startsWith(FACET)) parts[part] = after
      else if (isThere(after)) facets[part.slice(FACET.length)] = after as Facet
      else delete facets[part.slice(FACET.length)]
    }
  }
  const present = Object.fromEntries(Object.entries(parts).filter(([, value]) => isThere(value)))
  const { kind, id, number, tenant, created } = record
  const identity = { kind, id, number, tenant, created, shownAt }
  const rest = record.kind === 'organization' ? { ...EMPTY_PARTS, people: record.people } : PERSON_REST
  return { ...identity, ...rest, ...present, version, changed, facets: facets as Facets } as unknown as R
}

const PERSON_REST = { state: 'active', emails: [], phones: [] }

/** A part that did not exist is null in an event that was kept as JSON. */
function isThere(value: unknown): boolean {
  return value !== undefined && value !== null
}

/** The event with those parts alone that the grant lets its holder read; undefined when it tells nothing of them. */
export function readable(event: Event, grant: Grant): Event | undefined {
  if (grant.isFull) return event
  const right = (part: string) => grant.rightTo(event.recordKind === 'person' ? 'people' : part)
  const parts = Object.entries(event.parts).filter(([part]) => right(part) !== 'none')
  return parts.length === 0 ? undefined : { ...event, parts: Object.fromEntries(parts) }
}
