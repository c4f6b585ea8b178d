import type { Spelling } from '../shared/spelling.ts'

/** The number of a kind: null, which no row has, while nobody has written one. */
const KIND = '(select id from index_kinds where tenant = ? and name = ?)'

/** How SQLite writes a search. */
export const SPELLING: Spelling = {
  owner: 'key',
  rowsOf: (tenant, kind) => ({ text: `kind = ${KIND}`, values: [tenant, kind] }),
  ownTable: 'organization_rows',
  ownRows: (tenant, kind) => ({
    text: `i.organization = organizations.key and i.kind = ${KIND}`,
    values: [tenant, kind],
  }),
  ledByRows: 'indexed by organizations_looked_at',
  stateAside: '+state',
  contains: 'instr(search_key, ?) > 0',
  endsWith: (end, length) => ({ text: 'substr(search_key, ?) = ?', values: [-length, end] }),
  like: 'like',
  // A cross join is made in the order that it is written in.
  joinFromLeft: 'cross join',
  unlimited: -1,
}
