import type { Problem, ProblemCode, ProblemFacts, Violation } from '../../core/problem.ts'
import type { Headers, Reply, RequestHead } from '../dialect.ts'
import type { Mistake } from './members.ts'
import { BASE_PATH, JSON_TYPE } from './wire.ts'

/** The vendor's form of a problem: `{"errors":[{"code","message"}]}`. @see specs/digicert.md 1.2 */
export function replyTo(problem: Problem, head: RequestHead): Reply {
  const { status, errors, headers } = isUndocumented(problem, head)
    ? noRoute()
    : (ANSWERS[problem.code] as (facts: unknown) => Answer)(problem.facts)
  return { status, headers: { 'content-type': JSON_TYPE, ...headers }, body: JSON.stringify({ errors }) }
}

interface Answer {
  readonly status: number
  readonly errors: readonly ErrorItem[]
  readonly headers?: Headers
}

interface ErrorItem {
  readonly code: string
  readonly message: string
}

/** Every problem in the vendor's codes. Clients compare the whole code, its pipe included, and some the status alone. */
const ANSWERS: { readonly [Code in ProblemCode]: (facts: ProblemFacts[Code]) => Answer } = {
  'route-not-found': noRoute,
  'method-not-allowed': ({ allowed }) =>
    answer(405, 'method_not_allowed', 'This path does not take that method.', { allow: allowOf(allowed) }),
  unauthenticated: ({ reason }) =>
    reason === 'absent'
      ? answer(401, 'access_denied|missing_key', 'An API key is required in the header X-DC-DEVKEY.')
      : // The recorded body has 123 bytes, and a message that names the second token.
        answer(
          403,
          'access_denied|access_denied_invalid_key',
          'Request refused with access_denied_invalid_key.',
        ),
  forbidden: noPermission,
  'parts-forbidden': noPermission,
  'not-found': ({ kind }) => answer(404, `not_found|${kind}`, `The ${kind} does not exist.`),
  'body-missing': () => answer(400, 'bad_request_format', 'The request has no body.'),
  'body-syntax': ({ fault }) =>
    answer(400, 'bad_request_format', `The request body cannot be read: ${fault}.`),
  'body-too-large': ({ limit }) =>
    answer(413, 'request_too_large', `The request body is larger than ${limit} bytes.`),
  'body-invalid': ({ violations }) => ({ status: 400, errors: violations.map(errorOf) }),
  'media-type-unsupported': () =>
    answer(415, 'unsupported_media_type', `The request body must be ${JSON_TYPE}.`),
  'not-acceptable': () => answer(406, 'not_acceptable', `Only ${JSON_TYPE} can be returned.`),
  'precondition-failed': () => answer(503, 'service_unavailable', 'The organization was busy; try again.'),
  'key-taken': () => answer(400, 'duplicate_value', 'Another organization has a value that must be unique.'),
  refused: ({ reason }) => {
    const known = Object.hasOwn(REFUSALS, reason)
    return answer(400, known ? reason : 'bad_request', known ? REFUSALS[reason as Refusal] : 'Refused.')
  },
  'rate-limited': ({ requests, seconds, retryAfterSeconds }) =>
    answer(
      429,
      'request_limit_exceeded',
      `No more than ${requests} requests are taken in ${seconds} seconds; try again in ${retryAfterSeconds} seconds.`,
      { 'retry-after': String(retryAfterSeconds) },
    ),
  unsound: () => answer(400, 'bad_request', 'The organization would not be valid.'),
  'store-unavailable': () => answer(503, 'service_unavailable', 'The service is not available; try again.'),
  internal: () => answer(500, 'internal_server_error', 'The request failed.'),
}

/** Refusals in the vendor's own terms. */
export type Refusal = 'contact_type_duplicate' | 'duplicate_organization' | 'first_organization'

const REFUSALS: Readonly<Record<Refusal, string>> = {
  contact_type_duplicate:
    'A duplicate contact type was submitted. Make sure your request includes no more than one of each contact type and try again.',
  first_organization: "The account's first organization cannot be deleted.",
  duplicate_organization: 'An organization with this name and address exists.',
}

const CODES: Readonly<Record<Mistake, (member: string) => string>> = {
  missing: (member) => `missing_${member}`,
  invalid: (member) => `invalid_${member}`,
  too_long: (member) => `${member}_too_long`,
  required: (member) => `${member}_required`,
  duplicate: (member) => `duplicate_${member}`,
}

const MESSAGES: Readonly<Record<Mistake, (member: string, params: Violation['params']) => string>> = {
  missing: (member) => `${member} is required.`,
  invalid: (member) => `${member} is not valid.`,
  too_long: (member, { limit }) => `${member} holds at most ${limit} characters.`,
  required: (member) => `${member} cannot be removed.`,
  duplicate: (member) => `${member} is sent twice.`,
}

function errorOf({ path, keyword, params }: Violation): ErrorItem {
  const mistake = keyword as Mistake
  const members = path.filter((step) => typeof step === 'string')
  return { code: CODES[mistake](members.at(-1) ?? 'body'), message: MESSAGES[mistake](placeOf(path), params) }
}

/** Where in the body, as one would write it: `contacts[1].email`. */
function placeOf(path: Violation['path']): string {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
  return steps.join('').replace(/^\./, '')
}

const ORGANIZATION = new RegExp(`^${BASE_PATH}/organization/[^/]+$`)
const CONTACT = new RegExp(`^${BASE_PATH}/organization/[^/]+/contact$`)

/** Paths that exist with methods that the vendor does not have there: a route of their own, not found. @see specs/digicert.md 4 */
function isUndocumented(problem: Problem, { method, path }: RequestHead): boolean {
  if (!problem.is('method-not-allowed')) return false
  return ['GET', 'HEAD', 'POST'].includes(method)
    ? CONTACT.test(path)
    : method === 'PUT' && ORGANIZATION.test(path)
}

function noRoute(): Answer {
  return answer(404, 'not_found|route', 'The path does not exist.')
}

function noPermission(): Answer {
  return answer(403, 'access_denied|missing_permission', 'The API key or its user may not do this.')
}

/** Where GET is allowed, HEAD is. */
function allowOf(allowed: readonly string[]): string {
  return allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ')
}

function answer(status: number, code: string, message: string, headers?: Headers): Answer {
  return { status, errors: [{ code, message }], ...(headers !== undefined && { headers }) }
}
