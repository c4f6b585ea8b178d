import type { Problem, ProblemCode, ProblemFacts, Violation } from '../../core/problem.ts'
import type { Headers, Reply, RequestHead } from '../dialect.ts'
import { detailOf } from './details.ts'
import { codingOf, NO_CODING } from './media.ts'
import { BASE_PATH, JSON_PATCH_TYPE, MERGE_PATCH_TYPE, PROBLEM_TYPE } from './wire.ts'

/** Every type of problem that the API tells, with a page each at `/docs/problems/NAME`. @see RFC 9457 §4 */
export const PROBLEM_TYPES = {
  'route-not-found': { status: 404, title: 'There is nothing at this path' },
  'method-not-allowed': { status: 405, title: 'This resource does not have that method' },
  unauthenticated: { status: 401, title: 'A valid credential is needed' },
  forbidden: { status: 403, title: 'You may not do this' },
  'parts-forbidden': { status: 403, title: 'You may not write some of the parts that you changed' },
  'not-found': { status: 404, title: 'There is no such record' },
  gone: { status: 410, title: 'The record was deleted' },
  merged: { status: 308, title: 'The organization was merged into another' },
  'body-missing': { status: 400, title: 'The request has no body' },
  'body-syntax': { status: 400, title: 'The body cannot be read' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  invalid: { status: 422, title: 'The request is not valid' },
  'query-invalid': { status: 400, title: 'The query is not valid' },
  'header-invalid': { status: 400, title: 'A header is not valid' },
  'patch-failed': { status: 409, title: 'The patch does not fit the record' },
  'media-type-unsupported': { status: 415, title: 'The body is of a media type that is not read here' },
  'not-acceptable': { status: 406, title: 'Nothing that you accept can be returned' },
  'precondition-failed': { status: 412, title: 'The record has changed' },
  'precondition-required': { status: 428, title: 'Say which version you are changing' },
  conflict: { status: 412, title: 'Somebody else changed the same parts' },
  'key-taken': { status: 409, title: 'Another record has this value' },
  'idempotency-mismatch': { status: 422, title: 'The idempotency key belongs to another request' },
  'idempotency-in-flight': {
    status: 409,
    title: 'The first request with this idempotency key is not finished',
  },
  'not-merged': { status: 409, title: 'There is no merge to take back' },
  'same-organization': { status: 422, title: 'An organization cannot be merged into itself' },
  'beyond-rights': { status: 403, title: 'Nobody can give what they do not have' },
  'last-superuser': { status: 409, title: 'Somebody must stay who may do everything' },
  'role-held': { status: 409, title: 'Somebody has this role' },
  'operation-failed': { status: 424, title: 'An operation that this one builds on has failed' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  unsound: { status: 422, title: 'The record would not be sound' },
  'store-unavailable': { status: 503, title: 'The directory cannot be reached' },
  internal: { status: 500, title: 'The request failed' },
} as const

export type ProblemType = keyof typeof PROBLEM_TYPES

/** Refusals in terms of this API. */
export type Refusal = Exclude<ProblemType, Exclude<ProblemCode, 'body-invalid' | 'refused'> | 'invalid'>

/** What a problem of one type says besides. */
interface Answer {
  readonly type: ProblemType
  readonly detail?: string
  readonly more?: Readonly<Record<string, unknown>>
  readonly headers?: Headers
}

/** A problem as a document of its own type. @see RFC 9457 */
export function replyTo(problem: Problem, head: RequestHead): Reply {
  const answerOf = ANSWERS[problem.code] as (facts: unknown, head: RequestHead) => Answer
  const { type, detail, more, headers } = answerOf(problem.facts, head)
  const { status, title } = PROBLEM_TYPES[type]
  const document = {
    type: `/docs/problems/${type}`,
    title,
    status,
    ...(detail !== undefined && { detail }),
    ...more,
  }
  const all = { 'content-type': PROBLEM_TYPE, 'cache-control': ASKED_AGAIN, ...headers }
  return { status, headers: all, body: JSON.stringify(document) }
}

/**
 * Caches may keep 308, 404 and 410 as long as they like, where nothing is said, and browsers keep a 308 for good: who was merged
 * or deleted may come back. @see RFC 9110 §15.1
 */
const ASKED_AGAIN = 'private, no-cache'

/** Whoever has shown a token is told that it is the token. @see RFC 6750 §3 */
function challengeTo({ authorization = '' }: Headers): Headers {
  const bearer = /^\s*bearer /i.test(authorization) ? 'Bearer error="invalid_token"' : 'Bearer'
  return { 'www-authenticate': `${bearer}, Basic realm="Polydex", charset="UTF-8"` }
}

const ANSWERS: { readonly [Code in ProblemCode]: (facts: ProblemFacts[Code], head: RequestHead) => Answer } =
  {
    'route-not-found': ({ path }) => ({ type: 'route-not-found', detail: path }),
    'method-not-allowed': ({ allowed }) => ({
      type: 'method-not-allowed',
      headers: { allow: allowOf(allowed) },
    }),
    unauthenticated: ({ reason }, { headers }) => ({
      type: 'unauthenticated',
      more: { reason },
      headers: challengeTo(headers),
    }),
    forbidden: ({ action }) => ({
      type: 'forbidden',
      detail: `It takes the permission ${action}.`,
      more: { permission: action },
    }),
    'parts-forbidden': ({ parts }) => ({
      type: 'parts-forbidden',
      detail: `Not writable: ${parts.join(', ')}.`,
      more: { parts },
    }),
    'not-found': ({ kind, id }) => ({ type: 'not-found', detail: `There is no ${kind} ${id}.` }),
    'body-missing': () => ({ type: 'body-missing' }),
    'body-syntax': ({ fault }) => ({ type: 'body-syntax', detail: `The body: ${fault}.` }),
    'body-too-large': ({ limit }) => ({
      type: 'body-too-large',
      detail: `At most ${limit} bytes.`,
      more: { limit },
    }),
    'body-invalid': ({ violations }) => ({
      type: 'invalid',
      more: { errors: violations.flatMap(eachMember).map(errorOf) },
    }),
    'media-type-unsupported': ({ mediaType }, head) => unread(mediaType, head),
    'not-acceptable': ({ accept }) => ({ type: 'not-acceptable', detail: `Nothing fits ${accept}.` }),
    'precondition-failed': ({ reason }) => ({
      type: 'precondition-failed',
      ...(reason !== '' && { detail: reason }),
    }),
    'key-taken': ({ key, value, holder }) => ({
      type: 'key-taken',
      detail: `Another record has the ${key} ${value}.`,
      more: holder === undefined ? {} : { conflictingId: holder },
    }),
    refused: ({ reason, facts = {} }, head) => refusalOf(reason as Refusal, facts, head),
    'rate-limited': ({ requests, seconds, retryAfterSeconds }) => ({
      type: 'rate-limited',
      detail: `At most ${requests} requests in ${seconds} seconds.`,
      headers: { 'retry-after': String(retryAfterSeconds) },
    }),
    unsound: ({ faults }) => ({ type: 'unsound', detail: `${faults.join('; ')}.` }),
    'store-unavailable': () => ({ type: 'store-unavailable', headers: { 'retry-after': '1' } }),
    internal: () => ({ type: 'internal' }),
  }

/** What is read instead. @see RFC 9110 §15.5.16, RFC 5789 §2.2 */
function unread(mediaType: string, head: RequestHead): Answer {
  const type = 'media-type-unsupported'
  const coding = codingOf(head)
  if (coding !== undefined)
    return { type, detail: `No body in ${coding} is read here.`, headers: { 'accept-encoding': NO_CODING } }
  return {
    type,
    ...(mediaType !== '' && { detail: `${mediaType} is not read here.` }),
    headers: head.method === 'PATCH' ? { 'accept-patch': `${MERGE_PATCH_TYPE}, ${JSON_PATCH_TYPE}` } : {},
  }
}

function refusalOf(
  type: Refusal,
  { detail, headers, ...more }: Record<string, unknown>,
  head: RequestHead,
): Answer {
  const known = Object.hasOwn(PROBLEM_TYPES, type) ? type : 'unsound'
  if (known === 'merged') return mergedAway(String(more['mergedInto']), head)
  return {
    type: known,
    ...(typeof detail === 'string' && { detail }),
    more,
    headers: { ...(headers as Headers | undefined) },
  }
}

/** Readers are sent on. Writers are not: a client that follows by itself would delete, or merge, the one that stayed. */
function mergedAway(mergedInto: string, { method, path, query }: RequestHead): Answer {
  const more = { mergedInto }
  if (method !== 'GET' && method !== 'HEAD')
    return { type: 'gone', detail: `It was merged into ${mergedInto}.`, more }
  const location = path.replace(AT_ORGANIZATION, `$1${mergedInto}`)
  return { type: 'merged', more, headers: { location: query === '' ? location : `${location}?${query}` } }
}

/** The path of an organization, and where its id or number stands. */
const AT_ORGANIZATION = new RegExp(`^(${BASE_PATH}/organizations/)[^/:]+`)

/** Where in the body, and what is wrong there. @see RFC 9457 §3, RFC 6901 §6 */
function errorOf(violation: Violation) {
  return { pointer: pointerTo(violation.path), detail: detailOf(violation), code: violation.keyword }
}

/** One violation for each member that does not exist, where it stands. */
export function eachMember(violation: Violation): readonly Violation[] {
  const { keyword, path, params } = violation
  const names =
    keyword === 'additionalProperties'
      ? params['extra']
      : keyword === 'propertyNames'
        ? params['wrong']
        : undefined
  if (names === undefined) return [violation]
  return (names as readonly string[]).map((name) => ({ keyword, path: [...path, name], params: {} }))
}

export function pointerTo(path: Violation['path']): string {
  const steps = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
  // A fragment has no second number sign, which a URI as a whole has. @see RFC 3986 §3.5
  return `#${encodeURI(steps.join('')).replaceAll('#', '%23')}`
}

/** Where GET is allowed, HEAD is. */
function allowOf(allowed: readonly string[]): string {
  return allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ')
}
