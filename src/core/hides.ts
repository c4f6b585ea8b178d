import type { Facet } from './facet.ts'
import type { Item } from './items.ts'

/** Item id → the value it had when a client of this dialect removed what stood before it. */
export type Hides = Readonly<Record<string, string>>

/** What a facet remembers as hidden from its dialect. */
export function hidesOf(facet: Facet | undefined): Hides {
  return (facet?.['hides'] as Hides | undefined) ?? {}
}

/** Whether a dialect shall not see `item`: it was hidden, and still has the value that it had then. */
export function isHidden(hides: Hides, item: Item, value: string): boolean {
  return hides[item.id] === value
}

/**
 * The hides after a put: those that still hold, and each item that the view would show now although the request did
 * not contain it. Undefined when nothing is hidden. @see design §10.1.3
 *
 * @param items every item of the lists that the view chooses from, with its value
 * @param intruders ids of the items that `get` would newly show although the input lacked them
 */
export function nextHides(
  hides: Hides,
  items: readonly (readonly [id: string, value: string])[],
  intruders: readonly string[],
): Hides | undefined {
  const intruding = new Set(intruders)
  const entries = items.filter(([id, value]) => hides[id] === value || intruding.has(id))
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
