import type { Problem, ProblemCode, ProblemFacts } from '../../core/problem.ts'
import type { Reply, RequestHead } from '../dialect.ts'
import { answerTypeFor, textOf } from './media-types.ts'
import { type Answer, ARGUMENT, INVALID, refusalAnswer, SECURITY } from './refusals.ts'

/** What a contact has not. */
const ABSENT: Readonly<Record<string, string>> = { image: 'has no image' }

/** What stopped a write. */
const UNMET: Readonly<Record<string, string>> = {
  'if-unmodified-since': 'has changed since the requested If-Unmodified-Since timestamp',
  'if-match': 'is no longer the one that If-Match names',
  'if-none-match': 'is one that If-None-Match names',
}

/** @see specs/superoffice.md 2.3 */
const ANSWERS: {
  readonly [Code in ProblemCode]: (facts: ProblemFacts[Code], head: RequestHead) => Answer
} = {
  'route-not-found': ({ path }) => ({
    status: 404,
    message: `No HTTP resource was found that matches the request URI '${path}'.`,
  }),
  'method-not-allowed': ({ allowed }, { method }) => ({
    status: 405,
    message: `The requested resource does not support http method '${method}'.`,
    headers: { allow: allowed.join(', ') },
  }),
  unauthenticated: () => ({
    status: 401,
    type: 'AuthenticationException',
    message: 'Authentication failed: a valid Basic, SOTicket or Bearer credential is required',
    headers: { 'www-authenticate': 'Basic' },
  }),
  forbidden: ({ action }) => ({
    ...SECURITY,
    message: `Access denied: no right to ${verbOf(action)} this contact`,
  }),
  'parts-forbidden': ({ parts }) => ({
    ...SECURITY,
    message: `Access denied: no right to write ${parts.join(', ')}`,
  }),
  'not-found': ({ kind, id }) => ({
    status: 404,
    type: 'SoNotFoundException',
    message:
      kind === 'field' ? `Custom field ${id} not found` : `Contact id ${id} ${ABSENT[kind] ?? 'not found'}`,
  }),
  'body-missing': () => ({ ...ARGUMENT, message: 'Entity to save is not in request body' }),
  'body-syntax': ({ fault }) => ({ ...INVALID, detail: `The body can not be read: ${fault}.` }),
  'body-too-large': ({ limit }) => ({
    status: 413,
    message: `The request body is larger than ${limit} bytes.`,
  }),
  'body-invalid': ({ violations }) => {
    const [violation] = violations
    const place = violation === undefined ? '' : violation.path.join('.')
    const expected = String(violation?.params['expected'] ?? '')
    return { ...INVALID, detail: `${place === '' ? 'The entity' : place} must be of type '${expected}'.` }
  },
  'media-type-unsupported': ({ mediaType }) => ({
    status: 415,
    message: `The request contains an entity body of media type '${mediaType}', which is not supported.`,
  }),
  'not-acceptable': ({ accept }) => ({
    status: 406,
    message: `No response of type '${accept}' is available.`,
  }),
  'precondition-failed': ({ reason }) => ({
    status: 412,
    type: 'PreconditionFailedException',
    message: `ContactEntity ${UNMET[reason] ?? UNMET['if-unmodified-since']}`,
  }),
  'key-taken': ({ value }) => ({ ...ARGUMENT, message: `${value} belongs to another contact` }),
  refused: refusalAnswer,
  'rate-limited': ({ retryAfterSeconds }) => ({
    status: 429,
    message: `Too many requests: try again in ${retryAfterSeconds} seconds`,
    headers: { 'retry-after': String(retryAfterSeconds) },
  }),
  unsound: ({ faults }) => ({ ...ARGUMENT, message: `The contact can not be saved: ${faults.join('; ')}` }),
  'store-unavailable': () => ({
    status: 503,
    type: 'SoServerException',
    message: 'The server can not reach its database',
  }),
  internal: () => ({ status: 500, type: 'SoServerException', message: 'An unexpected error has occurred' }),
}

const SOURCE = 'SuperOffice.Services.Implementation'

/** The vendor's form of a problem; the text stands under both keys by which clients know it. */
export function replyTo(problem: Problem, head: RequestHead): Reply {
  const answerOf = ANSWERS[problem.code] as (facts: unknown, head: RequestHead) => Answer
  const { status, type, message, detail, headers } = answerOf(problem.facts, head)
  const body =
    type === undefined
      ? { Message: message, ...(detail !== undefined && { MessageDetail: detail }) }
      : { Error: true, ErrorType: type, ErrorMessage: message, Message: message, ErrorSource: SOURCE }
  const contentType = answerTypeFor(head.headers)
  return {
    status,
    headers: { 'content-type': contentType, ...headers },
    body: textOf(contentType, 'Error', body),
  }
}

function verbOf(action: string): string {
  return action.split('.').at(-1) ?? action
}
