import type { Dialect } from '../dialect.ts'
import { withoutVerified } from './forgetting.ts'
import { indexers } from './indexers.ts'
import { inherited } from './inheriting.ts'
import { contacts } from './lens/contacts.ts'
import { organization } from './lens/organization.ts'
import { state } from './lens/state.ts'
import { validations } from './lens/validations.ts'
import { replyTo } from './problems.ts'
import { mistakesInCatalogue, rateLimitsOf } from './rate-limits.ts'
import { reference } from './reference.ts'
import { routes } from './routes.ts'
import { BASE_PATH } from './wire.ts'

/** The organizations and contacts of DigiCert's CertCentral Services API v2. */
export const digicert: Dialect = {
  name: 'digicert',
  mounts: [BASE_PATH],
  seesDeleted: false,
  seesPublic: false,
  credentialOf: ({ headers }) => {
    const key = headers['x-dc-devkey']?.trim()
    return key === undefined || key === '' ? 'absent' : { kind: 'key', key }
  },
  routes,
  reference,
  limitsOf: rateLimitsOf,
  replyTo,
  headersOf: () => ({
    'cache-control': 'private,no-cache',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'x-xss-protection': '1; mode=block',
  }),
  indexers,
  indexForm: 1,
  heritable: inherited,
  forgetting: { facet: withoutVerified },
  catalogues: { names: ['digicert'], mistakesIn: mistakesInCatalogue },
  window: {
    lens: organization,
    read: ({ number }) => `${BASE_PATH}/organization/${number}`,
    write: { method: 'PUT', path: ({ number }) => `${BASE_PATH}/organization/${number}/contact` },
  },
  lenses: [contacts, organization, state, validations],
}
