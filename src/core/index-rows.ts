import { urlKey } from './keys.ts'
import type { Organization } from './organization.ts'
import { mainName } from './organization.ts'
import type { IndexRow } from './store.ts'

/** Longest index key, in UTF-16 units; longer values are found by their beginning. */
const KEY_LIMIT = 255

const INDEXED_PARTS = new Set(['links', 'name', 'language'])

/** Whether a change of `part` moves the index rows of an organization. */
export function isIndexedPart(part: string): boolean {
  return INDEXED_PARTS.has(part)
}

/** The index rows of an organization. Deleted organizations keep theirs: a website stays reserved. */
export function indexOf(organization: Organization): readonly IndexRow[] {
  const website = organization.links.find(({ kind }) => kind === 'website')
  return [
    { kind: 'name', key: folded(mainName(organization)).slice(0, KEY_LIMIT), part: 'name' },
    ...(website === undefined ? [] : [{ kind: 'website' as const, key: urlKey(website.uri), part: 'links' }]),
  ]
}

/** Text as it is compared and sorted: NFKC, lower case. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
