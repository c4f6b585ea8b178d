import type { Operation, Parameter, Schema } from '../../dialect.ts'
import { integer, list, object, oneOf, text } from '../../kit/shapes.ts'
import { JSON_TYPE } from '../wire.ts'
import { DONE, IDEMPOTENCY_KEY, LINK, named, PAGING } from './shared.ts'

const json = (schema: unknown): Readonly<Record<string, Schema>> => ({ [JSON_TYPE]: schema as Schema })
const asked = (description: string): Parameter => ({ schema: text, description })

/** Of a deleted organization, with what became of it: more than a Card may be sent with. */
const shownCard: Schema = { type: 'object', description: 'A Card (RFC 9553).' }

const pageOf = (items: Schema) => object({ items: list(items), 'cursor?': text, 'total?': integer })

const pair: Schema = { type: 'object', description: 'Two organizations, and what they have in common.' }

const couple = { description: 'What is known of the two', content: json(pair) }

/** Lists, searches, and duplicates. */
export const findingReference: readonly (readonly [string, Operation])[] = [
  named('GET /organizations', {
    id: 'listOrganizations',
    tag: 'Organizations',
    summary: 'List and search organizations',
    description:
      'Every word of `q` begins a word of a name, an address of any kind, an identifier or a person; digits are those of phones.',
    query: {
      q: asked('Words, digits, addresses.'),
      label: asked('A label.'),
      country: asked('ISO 3166-1 alpha-2.'),
      postalCode: asked('A postal code.'),
      state: asked(
        '`active`, `inactive`, `deleted`, or several with commas; all but deleted ones unless told.',
      ),
      role: asked('A role that somebody has.'),
      missing: asked('What they lack: `email`, `phone`, …'),
      updatedAfter: asked('A time in UTC.'),
      createdAfter: asked('A time in UTC.'),
      sort: asked('`name`, `number`, `created` or `updated`; `-` before it for the other way round.'),
      ...PAGING,
      count: asked('`true` to be told how many there are.'),
    },
    replies: { 200: { description: 'A page', content: json(pageOf(shownCard)), headers: LINK } },
    problems: [400, 406],
  }),
  named('GET /duplicates', {
    id: 'listDuplicates',
    tag: 'Organizations',
    summary: 'List organizations that may be one, with the reasons',
    query: {
      organization: asked('Only those of one organization.'),
      ...PAGING,
    },
    replies: { 200: { description: 'A page', content: json(pageOf(pair)), headers: LINK } },
    problems: [400, 404, 406],
  }),
  named('GET /duplicates/:left/:right', {
    id: 'getDuplicate',
    tag: 'Organizations',
    summary: 'Read what is known of two organizations',
    replies: { 200: couple },
    problems: [404, 406, 422],
  }),
  named('PUT /duplicates/:left/:right', {
    id: 'putDuplicate',
    tag: 'Organizations',
    summary: 'Tell two organizations apart for good',
    headers: IDEMPOTENCY_KEY,
    body: { content: json(object({ verdict: oneOf('distinct') })) },
    replies: { 200: couple, 201: couple },
    problems: [404, 406, 409, 422],
  }),
  named('DELETE /duplicates/:left/:right', {
    id: 'deleteDuplicate',
    tag: 'Organizations',
    summary: 'Take back that two organizations are two',
    headers: IDEMPOTENCY_KEY,
    replies: { 204: DONE },
    problems: [400, 404, 406, 409, 422],
  }),
]
