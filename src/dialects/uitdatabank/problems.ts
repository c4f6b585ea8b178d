import { bareUrl } from '../../core/keys.ts'
import type { Catalogue } from '../../core/principal.ts'
import type { CredentialFault, Problem, ProblemCode } from '../../core/problem.ts'
import type { Reply, RequestHead } from '../dialect.ts'
import { isLegacy, legacyReplyTo } from './legacy-problems.ts'
import { schemaErrorsOf } from './schema-errors.ts'
import { toJson } from './wire.ts'

const PROBS = 'https://api.publiq.be/probs'

/** A problem document, its members in the order of the original. @see specs/uitdatabank.md 3 */
interface ProblemDocument {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly schemaErrors?: ReturnType<typeof schemaErrorsOf>
  /** Of a label that may not be used. */
  readonly label?: string
}

const unauthorizedDetails: Readonly<Record<CredentialFault, (credential: string) => string>> = {
  absent: () => 'Authorization header missing.',
  malformed: (token) =>
    token === ''
      ? 'Authorization header must start with "Bearer ", followed by your token.'
      : `Token "${token}" is not a valid JWT.`,
  unsigned: () => 'Token signature verification failed. The token is likely forged or manipulated.',
  expired: () => 'Token expired (or not yet usable).',
  issuer: () => 'Token is not issued by a valid issuer.',
  claims: () => 'Token is missing one of its required claims.',
  'unknown-key': () => 'No consumer details could be found for the given API key.',
  'missing-key': () =>
    'The given token requires an API key, but no x-api-key header or apiKey URL parameter found.',
  'wrong-password': () => 'Token signature verification failed. The token is likely forged or manipulated.',
  session: () => 'Token is missing one of its required claims.',
}

/** The permission that an action needs, in the words of the original. @see specs/uitdatabank.md 5.4 */
const PERMISSION_NAMES: Readonly<Record<string, string>> = {
  'organizations.delete': 'Organisaties beheren',
  'contributors.read': 'Aanbod bewerken',
  'access.manage': 'Labels beheren',
}

const KIND_NAMES: Readonly<Record<string, string>> = {
  ownership: 'Ownership',
  organization: 'Organizer',
  image: 'Image',
  creator: 'Creator',
  label: 'Label',
}

const invalidBody = (detail?: string): ProblemDocument => ({
  type: `${PROBS}/body/invalid-data`,
  title: 'Invalid body data',
  status: 400,
  ...(detail !== undefined && { detail }),
})

const notFound = (detail?: string): ProblemDocument => ({
  type: `${PROBS}/url/not-found`,
  title: 'Not Found',
  status: 404,
  ...(detail !== undefined && { detail }),
})

const denied: ProblemDocument = { type: `${PROBS}/auth/forbidden`, title: 'Forbidden', status: 403 }

const keyDenied: ProblemDocument = {
  ...denied,
  detail: 'Given API key is not authorized to use Entry API.',
}

const forbidden = (principal: string, action: string, id: string): ProblemDocument => ({
  ...denied,
  detail: `User ${principal} has no permission "${PERMISSION_NAMES[action] ?? 'Organisaties bewerken'}" on resource ${id}`,
})

const plain = (status: number, title: string): ProblemDocument => ({ type: 'about:blank', title, status })

const badRequest = (detail: string): ProblemDocument => ({ ...plain(400, 'Bad Request'), detail })

/** What only this dialect refuses. */
const refusals: Readonly<Record<string, (facts: Readonly<Record<string, unknown>>) => ProblemDocument>> = {
  'invalid-url': () => invalidBody('Given string is not a valid url.'),
  'entry-api': () => ({
    ...denied,
    detail: 'The given token and its related client are not allowed to access EntryAPI.',
  }),
  'api-key': () => keyDenied,
  'no-user': ({ by, value }) => invalidBody(`No user with ${by} ${value} was found in our system.`),
  'ownership-not-allowed': ({ verb, what }) => ({
    ...denied,
    detail:
      what === undefined
        ? `You are not allowed to ${verb} this ownership`
        : `You are not allowed to ${verb} ownership ${what}`,
  }),
  'ownership-exists': ({ id }) => ({
    type: `${PROBS}/uitdatabank/ownership-already-exists`,
    title: 'Ownership already exists',
    status: 409,
    detail: `An ownership request for this item and owner already exists with id ${id}`,
  }),
  'ownership-filter-missing': () => notFound('Query parameter itemId or state is missing.'),
  language: () => notFound('The provided language route parameter is not supported.'),
  // The text differs from the real pattern (specs/uitdatabank.md 3).
  'label-name': () => notFound('The label should match pattern: ^[^;]{2,255}$'),
  'label-reserved': ({ label }) => ({
    type: `${PROBS}/uitdatabank/label-not-allowed`,
    title: 'Label not allowed',
    status: 403,
    detail: `The label "${label}" is reserved and you do not have sufficient permissions to use it.`,
    label: String(label),
  }),
  'label-exists': ({ label }) => ({
    ...plain(409, 'Conflict'),
    detail: `The label "${label}" exists already.`,
  }),
  'image-not-linked': ({ id }) => ({
    type: `${PROBS}/body/image-must-be-linked-to-resource`,
    title: 'Image must be linked to resource',
    status: 400,
    detail: `The image with id ${id} is not linked to the resource. Add it first before you can perform an action.`,
  }),
  form: () => ({
    type: `${PROBS}/body/invalid-syntax`,
    title: 'Invalid body syntax',
    status: 400,
    detail: 'The given request body could not be parsed as multipart/form-data.',
  }),
  query: ({ fault }) => badRequest(`The query cannot be answered: ${fault}.`),
  parameter: ({ name, fault }) => badRequest(`The parameter "${name}" cannot be taken: ${fault}.`),
  creator: () => ({ ...denied, detail: 'You are not allowed to get creator for this item' }),
}

type Documents = { readonly [Code in ProblemCode]: (facts: Problem<Code>['facts']) => ProblemDocument }

const documents: Documents = {
  'route-not-found': () => notFound(),
  'method-not-allowed': ({ allowed }) => ({
    type: `${PROBS}/method/not-allowed`,
    title: 'Method not allowed',
    status: 405,
    detail: `Allowed: ${allowed.join(', ')}`,
  }),
  unauthenticated: ({ reason, credential = '' }) => ({
    type: `${PROBS}/auth/unauthorized`,
    title: 'Unauthorized',
    status: 401,
    detail: unauthorizedDetails[reason](credential),
  }),
  // Without a resource, what was shown is a key of too small a scope.
  forbidden: ({ action, principal, id }) => (id === undefined ? keyDenied : forbidden(principal, action, id)),
  'parts-forbidden': ({ principal, id }) => forbidden(principal, 'organizations.edit', id),
  'not-found': ({ kind, id }) => notFound(`The ${KIND_NAMES[kind] ?? kind} with id "${id}" was not found.`),
  'body-missing': () => ({ type: `${PROBS}/body/missing`, title: 'Body missing', status: 400 }),
  'body-syntax': () => ({
    type: `${PROBS}/body/invalid-syntax`,
    title: 'Invalid body syntax',
    status: 400,
    detail: 'The given request body could not be parsed as JSON.',
  }),
  'body-too-large': () => plain(413, 'Content Too Large'),
  'body-invalid': ({ violations }) => ({ ...invalidBody(), schemaErrors: schemaErrorsOf(violations) }),
  'media-type-unsupported': () => plain(415, 'Unsupported Media Type'),
  'not-acceptable': () => plain(406, 'Not Acceptable'),
  'precondition-failed': () => plain(412, 'Precondition Failed'),
  // Keys are compared whatever their case (1.3), but the original tells them in the case that was sent.
  'key-taken': ({ value }) => ({
    type: `${PROBS}/uitdatabank/duplicate-url`,
    title: 'Duplicate URL',
    status: 400,
    detail: `The url ${value} (normalized to ${bareUrl(value)}) is already in use.`,
  }),
  refused: ({ reason, facts = {} }) => (refusals[reason] ?? (() => invalidBody(reason)))(facts),
  'rate-limited': ({ retryAfterSeconds }) => ({
    ...plain(429, 'Too Many Requests'),
    detail: `Try again in ${retryAfterSeconds} seconds.`,
  }),
  unsound: ({ faults }) => invalidBody(faults.join('; ')),
  'store-unavailable': () => plain(503, 'Service Unavailable'),
  internal: () => plain(500, 'Internal Server Error'),
}

/** Every problem in the form of the edition that the tenant chose. */
export function replyTo(problem: Problem, head: RequestHead, lists: Catalogue['lists']): Reply {
  return (isLegacy(lists) && legacyReplyTo(problem, head)) || currentReplyTo(problem)
}

function currentReplyTo<Code extends ProblemCode>(problem: Problem<Code>): Reply {
  const document = documents[problem.code](problem.facts)
  return {
    status: document.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(problem.is('rate-limited') && { 'retry-after': String(problem.facts.retryAfterSeconds) }),
    },
    body: toJson(document),
  }
}
