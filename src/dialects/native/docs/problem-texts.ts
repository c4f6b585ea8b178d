import type { ProblemType } from '../problems.ts'

interface Explanation {
  readonly means: string
  readonly todo: string
  /** Members besides type, title and status. */
  readonly example?: Readonly<Record<string, unknown>>
}

const UUID = '00000000-0000-4000-8000-000000000001'

/** Of every type of problem. A new one is a compile error until it is explained here. */
export const EXPLANATIONS: Readonly<Record<ProblemType, Explanation>> = {
  'route-not-found': {
    means: 'No resource of this API has such a path.',
    todo: 'Compare the path with the reference. Links of replies never lead here.',
    example: { detail: '/v1/organisations' },
  },
  'method-not-allowed': {
    means: 'The resource is there, and does not take this method.',
    todo: 'Use one of the methods in `Allow`.',
  },
  unauthenticated: {
    means:
      'The request shows no credential, or one that is not good: unknown, revoked, expired, of an issuer that is not trusted, or of a principal that was disabled. `reason` tells which.',
    todo: 'Send a token or an API key as `Authorization: Bearer …`, or name and password with Basic. Ask for a new one when it was good before.',
    example: { reason: 'absent' },
  },
  forbidden: {
    means:
      'The credential is good, and its principal has no role that allows this here. `permission` names what is missing.',
    todo: 'Ask whoever manages access for a role with that permission on this organization.',
    example: { detail: 'It takes the permission organizations.edit.', permission: 'organizations.edit' },
  },
  'parts-forbidden': {
    means:
      'The write would change parts of the record that the principal may read and not write. Nothing was written.',
    todo: 'Send these parts back as they were read, or leave them out of the patch. `parts` names them.',
    example: { detail: 'Not writable: labels.', parts: ['labels'] },
  },
  'not-found': {
    means: 'There is no record with this id or number, or none that the principal may know of.',
    todo: 'Check the id. Ids are UUIDs or positive numbers.',
    example: { detail: 'There is no organization 99999.' },
  },
  gone: {
    means: 'The record was deleted. Its history is still there.',
    todo: 'Read the history; whoever may delete it can restore it with `:restore`.',
  },
  merged: {
    means: 'The organization was merged into another one, which `mergedInto` and `Location` name.',
    todo: 'Follow the redirection and remember the new id. Writes are not redirected.',
    example: { mergedInto: UUID },
  },
  'body-missing': { means: 'The request needs a body and has none.', todo: 'Send one.' },
  'body-syntax': {
    means:
      'The body cannot be read as what it says it is: broken JSON, a name that stands twice in an object, U+0000, a lone surrogate, text that is no UTF-8, nesting deeper than 64 levels, or a vCard that is none.',
    todo: 'Mend the body. `detail` tells what is wrong, and where as far as that is known.',
    example: { detail: 'The body: not JSON at position 12.' },
  },
  'body-too-large': {
    means: 'The body, or the Card that a patch makes, is larger than this resource takes.',
    todo: 'Send less; `limit` is in bytes.',
    example: { detail: 'At most 4194304 bytes.', limit: 4_194_304 },
  },
  invalid: {
    means:
      'The body can be read, and does not say what it should. Everything that is wrong is told at once. Nothing was written.',
    todo: 'Mend what `errors` name: `pointer` leads to the place in the body that was sent, `code` is stable, `detail` is for people.',
    example: {
      errors: [{ pointer: '#/emails/e1/address', detail: 'It is blank.', code: 'pattern' }],
    },
  },
  'query-invalid': {
    means: 'A parameter of the query is not known, stands there twice, or has a value that it does not take.',
    todo: 'Compare the query with the reference.',
    example: { detail: 'limit must be a whole number from 1 to 200.' },
  },
  'header-invalid': {
    means: 'A header that decides what is done cannot be read.',
    todo: 'Mend it, or leave it out.',
    example: { detail: 'Idempotency-Key must be a string of 1 to 255 characters of ASCII.' },
  },
  'patch-failed': {
    means:
      'An operation of the JSON Patch names a place that the record does not have, or a `test` found something else. Nothing was written.',
    todo: 'Read the record again and make the patch anew. `operation` is the index of the one that failed.',
    example: { detail: '/name/full is not what the test says.', operation: 0 },
  },
  'media-type-unsupported': {
    means: 'The body is of a media type that this resource does not read, or is compressed.',
    todo: 'Send `application/jscontact+json`, `application/json` or `text/vcard`, as it is; patches as `Accept-Patch` tells.',
    example: { detail: 'text/plain is not read here.' },
  },
  'not-acceptable': {
    means: 'Nothing that the resource can return is among what `Accept` takes. Nothing was written.',
    todo: 'Accept `application/jscontact+json`, `application/json` or `text/vcard`.',
    example: { detail: 'Nothing fits image/png.' },
  },
  'precondition-failed': {
    means:
      '`If-Match` names a state that the record no longer has, or `If-None-Match` one that it has. Nothing was written.',
    todo: 'Read the record again, see what has changed, and decide anew.',
    example: { detail: 'The ETag is "1-7" now.' },
  },
  'precondition-required': {
    means:
      'This directory asks every writer which version they know, so that nobody overwrites what they have not seen.',
    todo: 'Send `If-Match` with the ETag that was read, or `base` with a patch.',
    example: { detail: 'Send If-Match, or base with a PATCH.' },
  },
  conflict: {
    means:
      'Since the version in `base`, somebody else has changed the same parts. Nothing was written; other parts would have been merged.',
    todo: '`conflicts` has, of each part, what it is now and what was sent: choose, and patch from the current version.',
    example: {
      detail: 'Changed since version 3: name.',
      conflicts: [{ part: 'name', version: 4, current: { nl: 'De Kroon' }, yours: { nl: 'Kroon' } }],
    },
  },
  'key-taken': {
    means: 'Another record has a value that only one can have: an id, or an address to log in with.',
    todo: 'Choose another value, or use the record in `conflictingId`.',
    example: { detail: `Another record has the id ${UUID}.`, conflictingId: UUID },
  },
  'idempotency-mismatch': {
    means: 'The `Idempotency-Key` was used within 24 hours for a request that was not the same.',
    todo: 'Use a fresh key for each deed, and the same one only to repeat it.',
  },
  'idempotency-in-flight': {
    means: 'The first request with this `Idempotency-Key` is still being answered.',
    todo: 'Repeat the request after `Retry-After` seconds.',
  },
  'not-merged': {
    means: 'The organization was not merged into another, or its merge was taken back already.',
    todo: 'Read its history.',
  },
  'same-organization': {
    means: 'An organization cannot be merged into itself.',
    todo: 'Name another one in `into`.',
    example: { errors: [{ pointer: '#/into', detail: 'It is the organization itself.', code: 'same' }] },
  },
  'operation-failed': {
    means: 'An operation of a batch speaks of what an earlier one should have made, and has not.',
    todo: 'See the outcome of the operation that has the name, and send both again.',
    example: { names: ['club'] },
  },
  'beyond-rights': {
    means:
      'Whoever manages access can give roles, and change principals, as far as their own rights go. This goes further. Nothing was changed.',
    todo: 'Ask somebody who has these rights, or a superuser.',
    example: { detail: 'That is more than you have: role editors.' },
  },
  'last-superuser': {
    means: 'Nobody would be left who may do everything.',
    todo: 'Make somebody else a superuser first.',
  },
  'role-held': {
    means:
      'A role that somebody has cannot be deleted: created again, it would give them other rights than it was given for.',
    todo: 'Take the role from the principals in `holders` first.',
    example: { holders: ['importer'] },
  },
  'rate-limited': {
    means: 'The key, or the principal, has sent as many requests as this directory takes in some time.',
    todo: 'Wait for `Retry-After` seconds. `RateLimit` tells with every reply what is left.',
    example: { detail: 'At most 600 requests in 60 seconds.' },
  },
  unsound: {
    means: 'The record would contradict itself. Nothing was written.',
    todo: '`detail` tells what would be wrong.',
    example: { detail: 'the name in the main language is blank.' },
  },
  'store-unavailable': {
    means: 'The directory cannot be reached, or has more to do than it can. Nothing was written.',
    todo: 'Repeat the request after `Retry-After` seconds; writes with an `Idempotency-Key`.',
  },
  internal: {
    means: 'The request failed in a way that nobody thought of. Nothing was written.',
    todo: 'Report it, with the time of the request.',
  },
}
