import type { Operation, Parameter, ReplyReference, Schema } from '../../dialect.ts'
import { integer, list, object, oneOf, text, told, uri } from '../../kit/shapes.ts'
import { OrganizationCard, PersonCard } from '../card-schema.ts'
import { JsonPatch } from '../patch-schema.ts'
import { PROBLEM_TYPES } from '../problems.ts'
import { PAGE } from '../search/parameters.ts'
import { BASE_PATH, CARD_TYPE, JSON_PATCH_TYPE, JSON_TYPE, MERGE_PATCH_TYPE, VCARD_TYPE } from '../wire.ts'

// What several operations of this API have in common.

/** What is told of every kind of problem. @see RFC 9457 */
export const Problem: Schema = {
  ...object({
    type: told(
      oneOf(...Object.keys(PROBLEM_TYPES).map((type) => `/docs/problems/${type}`)),
      'A page that explains it.',
    ),
    title: text,
    status: integer,
    'detail?': text,
    'errors?': told(
      list(object({ pointer: text, detail: text, code: text })),
      'Where in the body something is wrong, as a JSON pointer in a fragment.',
    ),
  }),
  description: 'What went wrong. Each type has members of its own.',
  additionalProperties: {},
}

export const MergePatch: Schema = {
  type: 'object',
  description: 'Members to set; null takes one away (RFC 7396).',
}

const asSchema = (schema: unknown): Schema => schema as Schema

export const organizationCard = asSchema(OrganizationCard)
export const personCard = asSchema(PersonCard)
export const jsonPatch = asSchema(JsonPatch)

const vcard = told(text, 'One vCard of version 4.0 (RFC 6350, RFC 9555).')

/** A Card as it may be sent, or answered. */
export function cards(card: Schema): Readonly<Record<string, Schema>> {
  return { [CARD_TYPE]: card, [JSON_TYPE]: card, [VCARD_TYPE]: vcard }
}

export const patches = { [MERGE_PATCH_TYPE]: MergePatch, [JSON_PATCH_TYPE]: jsonPatch }

/** A whole number with its limits. */
export function whole(minimum: number, maximum: number, description?: string): Parameter {
  return { schema: { type: 'integer', minimum, maximum }, ...(description !== undefined && { description }) }
}

export const header = (description: string): Parameter => ({ schema: text, description })

export const ETAG = { ETag: header('Tells this state of what the reader sees from others.') }
export const LOCATION = {
  Location: { schema: { ...uri, format: 'uri-reference' }, description: 'Where it is.' },
}
/** Of a write that shows what was written. */
export const WRITTEN = {
  ...ETAG,
  'Content-Location': { schema: { ...uri, format: 'uri-reference' }, description: 'What the body shows.' },
}
/** What lists take a page by. */
export const PAGING: Readonly<Record<string, Parameter>> = {
  limit: whole(1, PAGE.most),
  cursor: { schema: text, description: 'Where to go on, from the page before.' },
}

export const LINK = { Link: header('`rel="next"`: where to go on.') }

export const IF_MATCH = { 'If-Match': header('An ETag: the write is done to that state or not at all.') }
/** What a read may ask for. */
export const READ = {
  'If-Match': header('An ETag: only that state is wanted.'),
  'If-None-Match': header('An ETag that the reader has.'),
}
export const IF_NONE_MATCH = {
  'If-None-Match': header('An ETag that the reader has; `*` on a write that may only create.'),
}
export const IDEMPOTENCY_KEY = {
  'Idempotency-Key': header(
    'A structured string (RFC 8941) of 1 to 255 characters: the same request with it is done once within 24 hours.',
  ),
}
export const PREFER = { Prefer: header('`return=minimal` or `return=representation` (RFC 7240).') }
export const WRITE = { ...IF_MATCH, ...IDEMPOTENCY_KEY, ...PREFER }

/** A state that the client has already. */
export const UNCHANGED: ReplyReference = { description: 'It is as the client has it' }

/** What was asked for, done, and not told. */
export const DONE: ReplyReference = { description: 'It is done' }

export function named(path: string, operation: Operation): readonly [string, Operation] {
  const [method = '', rest = ''] = path.split(' ')
  return [`${method} ${BASE_PATH}${rest}`, operation]
}
