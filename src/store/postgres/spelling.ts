import type { Spelling } from '../shared/spelling.ts'

/** How PostgreSQL writes a search. */
export const SPELLING: Spelling = {
  contains: 'strpos(search_key, ?) > 0',
  endsWith: (end, length) => ({ text: 'right(search_key, ?) = ?', values: [length, end] }),
  like: 'ilike',
  joinFromLeft: 'join',
  unlimited: null,
}
