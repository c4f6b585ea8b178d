import type { Sql } from './search-conditions.ts'

/** What the engines write differently in a search. */
export interface Spelling {
  /** The column of `organizations` that index rows name their organization by. */
  readonly owner: 'id' | 'key'
  /** The index rows of one kind. */
  readonly rowsOf: (tenant: string, kind: string) => Sql
  /** Where the rows of one organization stand together. */
  readonly ownTable: string
  /** The rows `i` of one kind that the organization at hand has in there. */
  readonly ownRows: (tenant: string, kind: string) => Sql
  /** Of `organizations`, where rows of the index lead to them: what keeps the engine from another way. */
  readonly ledByRows: string
  /** The column of states, where it must not lead the engine away from an order. */
  readonly stateAside: string
  /** Whether a key contains the text of one question mark. */
  readonly contains: string
  /** Whether a key ends in a text of so many characters. */
  readonly endsWith: (end: string, length: number) => Sql
  /** The operator of patterns, to which letters of ASCII are the same in either case. */
  readonly like: string
  /** A join that starts from its left side, as far as the engine can be told so. */
  readonly joinFromLeft: string
  /** The limit of a page that has none. */
  readonly unlimited: number | null
}
