import type { Dialect } from '../dialect.ts'
import { credentialOf } from './credentials.ts'
import { keptAnswers } from './idempotency.ts'
import { inherited } from './lens/inheriting.ts'
import { NATIVE } from './lens/kept.ts'
import { organizationCard } from './lens/organization-card.ts'
import { newPeople, personCard, presence } from './lens/person-card.ts'
import { rewrite } from './paths.ts'
import { replyTo } from './problems.ts'
import { limitHeadersOf, rateLimitsOf } from './rate-limits.ts'
import { reference } from './reference/index.ts'
import { state } from './routes/organizations.ts'
import { routes } from './routes.ts'
import { indexers } from './search/indexers.ts'
import { catalogues } from './settings.ts'
import { BASE_PATH } from './wire.ts'

/** The API of this directory itself: JSContact over HTTP. */
export const native: Dialect = {
  name: NATIVE,
  mounts: [BASE_PATH, '/openapi', '/docs'],
  seesDeleted: true,
  seesPublic: false,
  rewrite,
  credentialOf,
  routes,
  reference,
  limitsOf: rateLimitsOf,
  limitHeadersOf,
  replyTo,
  headersOf: () => ({ 'x-content-type-options': 'nosniff' }),
  catalogues,
  window: {
    lens: organizationCard,
    read: ({ id }) => `${BASE_PATH}/organizations/${id}`,
    write: { method: 'PUT', path: ({ id }) => `${BASE_PATH}/organizations/${id}` },
  },
  indexers,
  indexForm: 2,
  heritable: inherited,
  forgetting: { answers: keptAnswers },
  lenses: [organizationCard, personCard, newPeople, presence, state],
}
