import type { Spelling } from '../shared/spelling.ts'

/** How SQLite writes a search. */
export const SPELLING: Spelling = {
  contains: 'instr(search_key, ?) > 0',
  endsWith: (end, length) => ({ text: 'substr(search_key, ?) = ?', values: [-length, end] }),
  like: 'like',
  // A cross join is made in the order that it is written in.
  joinFromLeft: 'cross join',
  unlimited: -1,
}
