import type { Spelling } from '../shared/spelling.ts'

/** How PostgreSQL writes a search. */
export const SPELLING: Spelling = {
  owner: 'id',
  rowsOf: (tenant, kind) => ({ text: 'tenant = ? and kind = ?', values: [tenant, kind] }),
  ownTable: 'index_rows',
  ownRows: (_tenant, kind) => ({
    text: 'i.tenant = organizations.tenant and i.organization = organizations.id and i.kind = ?',
    values: [kind],
  }),
  ledByRows: '',
  stateAside: 'state',
  contains: 'strpos(search_key, ?) > 0',
  endsWith: (end, length) => ({ text: 'right(search_key, ?) = ?', values: [length, end] }),
  like: 'ilike',
  joinFromLeft: 'join',
  unlimited: null,
}
