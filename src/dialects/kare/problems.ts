import type { Problem, ProblemCode, ProblemFacts } from '../../core/problem.ts'
import type { Headers, Reply, RequestHead } from '../dialect.ts'
import { detailOf } from './details.ts'
import { canonicalPath } from './paths.ts'

/** A problem as `{"statusCode","error","message","details"}`; gateways in front of the original have `message` alone. @see specs/kare.md 5 */
export function replyTo(problem: Problem, head: RequestHead): Reply {
  const { status, message, details, headers } = isUndocumented(problem, head)
    ? noRoute()
    : (ANSWERS[problem.code] as (facts: unknown) => Answer)(problem.facts)
  const body = {
    statusCode: status,
    error: PHRASES[status],
    message,
    ...(details !== undefined && { details }),
  }
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
}

interface Answer {
  readonly status: Status
  readonly message: string
  readonly details?: readonly object[]
  readonly headers?: Headers
}

const PHRASES = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const

type Status = keyof typeof PHRASES

const ANSWERS: { readonly [Code in ProblemCode]: (facts: ProblemFacts[Code]) => Answer } = {
  'route-not-found': noRoute,
  'method-not-allowed': ({ allowed }) => ({
    ...answer(405, 'This route does not have that method'),
    headers: {
      allow: allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', '),
    },
  }),
  unauthenticated: ({ reason }) =>
    reason === 'session'
      ? answer(403, 'The tokens are of different sessions')
      : { ...answer(401, 'Unauthorized'), headers: { 'www-authenticate': 'Bearer' } },
  forbidden: () => answer(403, 'Forbidden'),
  'parts-forbidden': () => answer(403, 'Forbidden'),
  'not-found': ({ kind }) =>
    answer(404, `${kind === 'organization' ? 'Company' : 'Company contact'} not found`),
  'body-missing': () => answer(400, 'The request has no body'),
  'body-syntax': ({ fault }) => answer(400, `The request body cannot be read: ${fault}`),
  'body-too-large': ({ limit }) => answer(413, `The request body is larger than ${limit} bytes`),
  'body-invalid': ({ violations }) => ({
    ...answer(400, 'Validation failed'),
    details: violations.map(detailOf),
  }),
  'media-type-unsupported': () => answer(415, 'The request body must be application/json'),
  'not-acceptable': () => answer(406, 'Only application/json can be returned'),
  'precondition-failed': () => answer(409, 'The company was changed at the same time; try again'),
  'key-taken': () => answer(409, 'Another company has this value'),
  refused: ({ reason }) => answer(409, REFUSALS[reason as Refusal] ?? 'Refused'),
  'rate-limited': ({ retryAfterSeconds }) => ({
    ...answer(429, 'Too many requests'),
    headers: { 'retry-after': String(retryAfterSeconds) },
  }),
  unsound: () => answer(400, 'The company would not be valid'),
  'store-unavailable': () => answer(503, 'Service unavailable'),
  internal: () => answer(500, 'Internal server error'),
}

/** Refusals in the vendor's own terms. */
export type Refusal = 'archived'

const REFUSALS: Readonly<Record<Refusal, string>> = {
  archived: 'The company is archived',
}

/** One contact cannot be read alone: as far as the documentation goes, there is no such route. @see specs/kare.md 3 */
function isUndocumented(problem: Problem, { method, path }: RequestHead): boolean {
  const isReading = method === 'GET' || method === 'HEAD'
  return isReading && problem.is('method-not-allowed') && CONTACT.test(canonicalPath(path))
}

const CONTACT = /^\/companies\/v2\/rs\/[^/]+\/contacts\/[^/]+$/

function noRoute(): Answer {
  return answer(404, 'Route not found')
}

function answer(status: Status, message: string): Answer {
  return { status, message }
}
