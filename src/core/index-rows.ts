import { urlKey } from './keys.ts'
import type { Organization } from './organization.ts'
import { mainName } from './organization.ts'

/** One searchable value of an organization. */
export interface IndexRow {
  /** What it is: `name`, `website`, or a kind that a dialect names `DIALECT.…`. */
  readonly kind: string
  /** As text that compares as it shall sort; at most 255 UTF-16 units are kept, of a website all. */
  readonly key: string
  /** The part it comes from, so that a search is limited to what the reader may read. */
  readonly part: string
}

/** What somebody searches organizations by. Pure; depends on nothing but the organization. */
export interface Indexer {
  /** A change of any of these makes the rows anew. */
  readonly parts: readonly string[]
  rows(organization: Organization): readonly IndexRow[]
}

/** Longest index key, in UTF-16 units; longer values are found by their beginning. */
const KEY_LIMIT = 255

/** What the core itself needs. Deleted organizations keep their rows: a website stays reserved. */
export const coreIndexer: Indexer = {
  parts: ['links', 'name', 'language', 'public'],
  rows(organization) {
    const website = organization.links.find(({ kind }) => kind === 'website')
    return [
      { kind: 'name', key: folded(mainName(organization)), part: 'name' },
      ...(organization.public === true ? [{ kind: 'public', key: '1', part: 'public' }] : []),
      ...(website === undefined ? [] : [{ kind: 'website', key: urlKey(website.uri), part: 'links' }]),
    ]
  },
}

/** All of `indexers` as one; a row that two of them make is kept once. */
export function joinedIndexer(indexers: readonly Indexer[]): Indexer {
  return {
    parts: [...new Set(indexers.flatMap(({ parts }) => parts))],
    rows(organization) {
      const rows = new Map<string, IndexRow>()
      for (const { kind, key, part } of indexers.flatMap((indexer) => indexer.rows(organization))) {
        // A website is compared whole: two that differ late are two.
        const kept = { kind, key: kind === 'website' ? key : key.slice(0, KEY_LIMIT), part }
        rows.set(`${kind}\n${kept.key}`, kept)
      }
      return [...rows.values()]
    },
  }
}

/** Text as it is compared and sorted: NFKC, lower case. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
