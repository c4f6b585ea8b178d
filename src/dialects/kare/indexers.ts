import type { Indexer } from '../../core/index-rows.ts'
import { folded } from '../../core/index-rows.ts'
import { companyFacet } from './lens/facet.ts'
import { EMAIL } from './lens/lists.ts'
import { SHOWN_AS } from './wire.ts'

/** What companies are searched by, besides their names. */
export const indexers: readonly Indexer[] = [
  {
    parts: ['facets.kare'],
    rows(organization) {
      const { type = SHOWN_AS.type } = companyFacet(organization)
      return type === SHOWN_AS.type ? [] : [{ kind: TYPE, key: String(type), part: 'facets.kare' }]
    },
  },
  {
    // Every address that may be shown: which one is depends on more than the record.
    parts: ['emails'],
    rows: ({ emails }) =>
      emails
        .filter(EMAIL.isExpressible)
        .map(({ address }) => ({ kind: EMAILS, key: folded(address), part: 'emails' })),
  },
  {
    parts: ['roles'],
    rows: ({ roles }) =>
      roles['primary-contact'] === undefined ? [] : [{ kind: PRIMARY, key: '1', part: 'roles' }],
  },
]

/** A row of a company whose type is not the one that those without any are shown with. */
export const TYPE = 'kare.type'

/** The organization's own addresses. */
export const EMAILS = 'kare.email'

/** A row of each company with a primary contact. */
export const PRIMARY = 'kare.primary'
