import type { Facets } from './facet.ts'

export type RecordKind = 'organization' | 'person'

/** When a part was last changed: by which version, at what instant, by whom. */
export interface Stamp {
  /** Version of the record that made the change, from 1. */
  readonly version: number
  /** UTC, milliseconds. */
  readonly at: string
  /** Id of the principal. */
  readonly by: string
}

/** What an organization and a person have in common. */
export interface Identity {
  /** UUID, never reused. */
  readonly id: string
  /** Positive int32, from a sequence per tenant and kind, never reused. */
  readonly number: number
  readonly tenant: string
  /** From 1, without gaps; 0 while the record is not saved. */
  readonly version: number
  readonly created: { readonly at: string; readonly by: string }
  /** Part → its last change; a part that was empty from the start has none. */
  readonly changed: Readonly<Record<string, Stamp>>
  /** Whole seconds since 1970, strictly increasing with the versions of one record, for clients whose clocks know no less. */
  readonly shownAt: number
  readonly facets: Facets
}

/** How far `shownAt` may run ahead of the clock, in seconds; beyond it, equal times count as changed. */
export const SHOWN_AHEAD_LIMIT_S = 60

/** The time that whole-second clients see for a version made at `at` after one shown at `before`. */
export function nextShownAt(before: number, at: string): number {
  const now = Math.floor(Date.parse(at) / 1000)
  return Math.min(Math.max(now, before + 1), Math.max(now + SHOWN_AHEAD_LIMIT_S, before))
}

/** The last change of any of `parts`, or the creation where none was changed since. */
export function lastChange(record: Identity, parts: Iterable<string>): Stamp {
  let last: Stamp = { version: 1, at: record.created.at, by: record.created.by }
  for (const part of parts) {
    const stamp = record.changed[part]
    if (stamp !== undefined && stamp.version > last.version) last = stamp
  }
  return last
}
