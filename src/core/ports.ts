import type { Indexer } from './index-rows.ts'
import type { Heritable } from './inheriting.ts'
import type { Known } from './known.ts'
import type { Matches } from './policy.ts'
import type { Tells } from './reach.ts'
import type { Store } from './store.ts'

/** What the directory needs of the world. */
export interface Ports {
  readonly store: Store
  readonly known: Known
  readonly matches: Matches
  /** Without it, each organization is asked that a role with a condition may be for. */
  readonly tells?: Tells
  readonly indexers: readonly Indexer[]
  /** Members of facets that a merge may hand over. */
  readonly heritable: Heritable
  /** UTC, milliseconds. */
  readonly now: () => string
  readonly newId: () => string
}
