import type { Dialect } from '../dialect.ts'
import { catalogues } from './catalogues.ts'
import { credentialOf } from './credentials.ts'
import { indexers } from './indexers.ts'
import { contact } from './lens/contact.ts'
import { existence } from './lens/existence.ts'
import { image } from './lens/image.ts'
import { canonicalPath } from './paths.ts'
import { replyTo } from './problems.ts'
import { reference } from './reference/index.ts'
import { routes } from './routes/index.ts'
import { timeZoneOf, zoneOf } from './wire/time-zones.ts'
import { wishesOf } from './wishes.ts'

/** Nothing of it is worth keeping. @see specs/superoffice.md 2.1 */
const UNCACHED = { 'cache-control': 'no-cache', pragma: 'no-cache', expires: '-1' } as const

/** The companies of SuperOffice's CRM. */
export const superoffice: Dialect = {
  name: 'superoffice',
  mounts: ['/api'],
  seesDeleted: false,
  seesPublic: false,
  rewrite: canonicalPath,
  credentialOf,
  routes,
  reference,
  replyTo,
  wishesOf,
  headersOf: ({ headers }) => ({
    ...UNCACHED,
    'so-timezone': zoneOf(timeZoneOf(headers['so-timezone'])).code,
  }),
  catalogues,
  indexers,
  indexForm: 1,
  heritable: [
    'number1',
    'number2',
    'kananame',
    'business',
    'category',
    'ticketPriority',
    'customerLanguage',
    'supportAssociate',
    'interests',
    'domains',
  ],
  window: {
    lens: contact,
    read: ({ number }) => `/api/v1/Contact/${number}`,
    write: { method: 'PUT', path: ({ number }) => `/api/v1/Contact/${number}` },
  },
  lenses: [contact, existence, image],
}
