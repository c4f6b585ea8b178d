import { isSame } from '../../../core/dossier.ts'
import type { Facet, Facets } from '../../../core/facet.ts'
import { withFacet } from '../../../core/facet.ts'
import type { Bag, IdMap, Localization } from '../wire.ts'

export type Extras = Readonly<Record<string, IdMap>>

/** The name of the dialect and of its facet. */
export const NATIVE = 'native'

/** How something was written, and what the record made of it: shown for as long as the record says the same. */
export interface Form {
  readonly sent: Bag
  readonly made: unknown
}

/** What RFC 9553 has and the record has not. */
export interface NativeFacet extends Facet {
  /** Map → id of an item → its members that such an item of the record does not have. */
  readonly extras?: Extras
  /** `name`, `addresses/street/nl` → how it was written. */
  readonly forms?: Readonly<Record<string, Form>>
  /** The keys under which the two addresses stand, where they are others than usual. */
  readonly keys?: Readonly<Record<string, string>>
  /** Members of the Card; of maps that the record has something of, the rest. */
  readonly card?: Bag
  readonly localizations?: Readonly<Record<string, Localization>>
}

export function keptOf(facets: Facets): NativeFacet {
  return (facets[NATIVE] as NativeFacet | undefined) ?? {}
}

/** The facets with `kept` as what is kept; empty tables do not exist. */
export function withKept(facets: Facets, kept: NativeFacet): Facets {
  const tables = Object.entries(kept).filter(([, table]) => Object.keys(table as Bag).length > 0)
  const facet = Object.fromEntries(tables)
  return isSame(facet, keptOf(facets)) ? facets : withFacet(facets, NATIVE, facet)
}

/** The members of `bag` but those named. */
export function without(bag: Bag, names: readonly string[]): Bag {
  const others: Record<string, unknown> = {}
  for (const name in bag) if (!names.includes(name)) others[name] = bag[name]
  return others
}

/** Undefined for a map without members: it does not stand in a Card. */
export function filledMap<Map extends object>(map: Map): Map | undefined {
  return Object.keys(map).length === 0 ? undefined : map
}

/** The members that are there. */
export function present<T extends Bag>(bag: T): T {
  const there: Record<string, unknown> = {}
  for (const name in bag) if (bag[name] !== undefined) there[name] = bag[name]
  return there as T
}

/** Those that hold something; what is no table is kept. */
export function tables<T>(all: Readonly<Record<string, T>>): Record<string, T> {
  const holds = (table: T) => typeof table !== 'object' || table === null || Object.keys(table).length > 0
  return Object.fromEntries(Object.entries(all).filter(([, table]) => holds(table)))
}
