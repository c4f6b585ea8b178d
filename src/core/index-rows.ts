import { urlKey } from './keys.ts'
import { nameKey } from './name-key.ts'
import type { Organization } from './organization.ts'
import { mainName } from './organization.ts'

/** One searchable value of an organization. */
export interface IndexRow {
  /** What it is: `name`, `nameKey`, `website`, or a kind that a dialect names `DIALECT.…`. */
  readonly kind: string
  /** As text that compares as it shall sort; at most 255 UTF-16 units are kept, of a website all. */
  readonly key: string
  /** The part it comes from, so that a search is limited to what the reader may read. */
  readonly part: string
}

/**
 * Some of what organizations are searched by. Pure; depends on nothing but the organization, and there on `parts` alone:
 * the fewer they are, the fewer writes compute its rows. No two indexers make rows of one kind.
 */
export interface Indexer {
  /** A change of any of these may change its rows. */
  readonly parts: readonly string[]
  rows(organization: Organization): readonly IndexRow[]
}

/** What a write does to the rows of an organization. */
export interface IndexChange {
  readonly removed: readonly IndexRow[]
  readonly added: readonly IndexRow[]
}

/** Longest index key, in UTF-16 units; longer values are found by their beginning. */
const KEY_LIMIT = 255

/** What the core itself needs. Deleted organizations keep their rows: a website stays reserved. */
export const CORE_INDEXERS: readonly Indexer[] = [
  {
    parts: ['name', 'language'],
    rows(organization) {
      const name = mainName(organization)
      return [
        { kind: 'name', key: folded(name), part: 'name' },
        { kind: 'nameKey', key: nameKey(name), part: 'name' },
      ]
    },
  },
  {
    parts: ['public'],
    rows: (organization) =>
      organization.public === true ? [{ kind: 'public', key: '1', part: 'public' }] : [],
  },
  {
    parts: ['links'],
    rows(organization) {
      const website = organization.links.find(({ kind }) => kind === 'website')
      return website === undefined ? [] : [{ kind: 'website', key: urlKey(website.uri), part: 'links' }]
    },
  },
]

/** Every row of an organization, each once. */
export function rowsOf(indexers: readonly Indexer[], organization: Organization): readonly IndexRow[] {
  return indexers.flatMap((indexer) => [...distinctRows(indexer, organization).values()])
}

/** What of the rows changes with the parts that differ; undefined when nothing does. */
export function indexChange(
  indexers: readonly Indexer[],
  before: Organization,
  after: Organization,
  differs: (part: string) => boolean,
): IndexChange | undefined {
  const removed: IndexRow[] = []
  const added: IndexRow[] = []
  for (const indexer of indexers) {
    if (!indexer.parts.some(differs)) continue
    const old = distinctRows(indexer, before)
    for (const [key, row] of distinctRows(indexer, after)) {
      if (old.get(key)?.part === row.part) old.delete(key)
      else added.push(row)
    }
    removed.push(...old.values())
  }
  return removed.length + added.length === 0 ? undefined : { removed, added }
}

/** By kind and key, of which an organization has one row. */
function distinctRows(indexer: Indexer, organization: Organization): Map<string, IndexRow> {
  const rows = new Map<string, IndexRow>()
  for (const row of indexer.rows(organization)) {
    // A website is compared whole: two that differ late are two.
    const key = row.kind === 'website' ? row.key : cutKey(row.key)
    const name = `${row.kind}\n${key}`
    if (!rows.has(name)) rows.set(name, key === row.key ? row : { ...row, key })
  }
  return rows
}

/** The beginning of a key that is kept; half a character is none. */
export function cutKey(key: string): string {
  if (key.length <= KEY_LIMIT) return key
  const cut = key.slice(0, KEY_LIMIT)
  return cut.isWellFormed() ? cut : cut.slice(0, -1)
}

/** Text as it is compared and sorted: NFKC, lower case. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
