import { isSame } from './dossier.ts'
import type { Event } from './event.ts'
import type { Facet } from './facet.ts'
import { withFacet } from './facet.ts'
import type { Organization } from './organization.ts'
import type { Person } from './person.ts'

export interface Reversal<R> {
  readonly record: R
  /** Parts that somebody changed since, and that stay as they are. */
  readonly left: readonly string[]
}

const FACET = 'facets.'

/** The record with each part that `event` wrote as it was before, if it still is what that event made of it. Pure. */
export function reversed<R extends Organization | Person>(
  record: R,
  event: Pick<Event, 'parts'>,
): Reversal<R> {
  let result = record
  const left: string[] = []
  for (const [part, [before, after]] of Object.entries(event.parts)) {
    if (isSame(present(partOf(result, part)), present(after)))
      result = withPart(result, part, present(before))
    else left.push(part)
  }
  return { record: result, left }
}

/** A part that did not exist is null in an event that was kept as JSON. */
function present(value: unknown): unknown {
  return value === null ? undefined : value
}

export function partOf(record: Organization | Person, part: string): unknown {
  if (part.startsWith(FACET)) return record.facets[part.slice(FACET.length)]
  return (record as unknown as Readonly<Record<string, unknown>>)[part]
}

/** The record with another value of a part; undefined takes it away. */
export function withPart<R extends Organization | Person>(record: R, part: string, value: unknown): R {
  if (part.startsWith(FACET)) {
    const facets = withFacet(record.facets, part.slice(FACET.length), (value ?? {}) as Facet)
    return { ...record, facets }
  }
  if (value !== undefined) return { ...record, [part]: value }
  const { [part as keyof R]: _, ...others } = record
  return others as unknown as R
}
