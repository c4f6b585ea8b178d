import type { Credential, Dialect, RequestHead } from '../dialect.ts'
import { catalogues } from './legacy-problems.ts'
import { contactPoint } from './lens/contact-point.ts'
import { contributors } from './lens/contributors.ts'
import { images } from './lens/images.ts'
import { labels, labelsAlone } from './lens/labels.ts'
import { organizer } from './lens/organizer.ts'
import { replyTo } from './problems.ts'
import { reference } from './reference.ts'
import { routes } from './routes.ts'
import { indexers } from './search/indexers.ts'
import { judge } from './token-kinds.ts'

/** Words that are replaced anywhere in a path, the names of labels included. @see specs/uitdatabank.md 0 */
const RENAMED = new RegExp(
  [
    'contactPoint',
    'bookingInfo',
    'priceInfo',
    'majorInfo',
    'subEvents',
    'typicalAgeRange',
    'bookingAvailability',
    'cardSystems',
    'distributionKey',
    'departurePlaces',
    'birthdateRange',
  ].join('|'),
  'g',
)

const METHODS = 'GET,POST,PUT,PATCH,DELETE'

/** The organizers of the UiTdatabank Entry API. */
export const uitdatabank: Dialect = {
  name: 'uitdatabank',
  mounts: ['/organizers', '/imports/organizers', '/ownerships', '/images', '/labels', '/contexts'],
  seesDeleted: true,
  seesPublic: true,
  rewrite: (path) => path.replace(RENAMED, inKebabCase).replace(/(?<=.)\/$/, ''),
  credentialOf,
  judge,
  routes,
  reference,
  replyTo,
  headersOf,
  preflight: ({ method, headers }) =>
    method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
      ? { status: 204 }
      : undefined,
  indexers,
  indexForm: 1,
  heritable: ['educationalDescription'],
  catalogues,
  window: {
    lens: organizer,
    read: ({ id }) => `/organizers/${id}`,
    write: { method: 'PUT', path: ({ id }) => `/organizers/${id}` },
  },
  lenses: [organizer, contactPoint, images, labels, labelsAlone, contributors],
}

function inKebabCase(word: string): string {
  return word.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** @see specs/uitdatabank.md 3.4 */
function credentialOf({ headers }: RequestHead): Credential | 'absent' | 'malformed' {
  const header = headers['authorization']
  if (header === undefined || header === '') return 'absent'
  const token = /^Bearer (.+)$/.exec(header)?.[1]
  return token === undefined ? 'malformed' : { kind: 'bearer', token }
}

/** Sent with every response; the `Allow` is the same for all paths. @see specs/uitdatabank.md 0 */
function headersOf({ headers }: RequestHead): Record<string, string> {
  return {
    allow: METHODS,
    'access-control-allow-methods': METHODS,
    'access-control-allow-credentials': 'true',
    'access-control-allow-origin': headers['origin'] ?? '*',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? 'authorization,x-api-key',
  }
}
