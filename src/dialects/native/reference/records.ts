import type { Operation, Parameter, Schema } from '../../dialect.ts'
import { list, object, text } from '../../kit/shapes.ts'
import { JSON_TYPE, LIMITS } from '../wire.ts'
import {
  cards,
  DONE,
  ETAG,
  IDEMPOTENCY_KEY,
  IF_NONE_MATCH,
  LINK,
  LOCATION,
  named,
  organizationCard,
  PAGING,
  PREFER,
  patches,
  personCard,
  READ,
  UNCHANGED,
  WRITE,
  WRITTEN,
  whole,
} from './shared.ts'

const BASE: Readonly<Record<string, Parameter>> = {
  base: whole(
    1,
    LIMITS.version,
    'The version that a patch was made from: what others changed since stays, and the same part is 412.',
  ),
}

/** What can be done to a record, whichever of the two it is. */
function recordOperations(
  path: string,
  kind: 'Organization' | 'Person',
  card: Schema,
): readonly (readonly [string, Operation])[] {
  const tag = kind === 'Organization' ? 'Organizations' : 'People'
  const what = kind === 'Organization' ? 'an organization' : 'a person'
  const shown = { content: cards(card), headers: ETAG }
  const written = { ...shown, headers: WRITTEN }
  const gone = [404, 410]
  return [
    named(`GET ${path}`, {
      id: `get${kind}`,
      tag,
      summary: `Read ${what} as a Card`,
      description: `The Card (JSContact, RFC 9553) with what the reader may see of it, or a vCard.`,
      headers: READ,
      replies: { 200: { description: 'The record', ...shown }, 304: UNCHANGED },
      problems: [308, 406, 412, ...gone],
    }),
    named(`PUT ${path}`, {
      id: `put${kind}`,
      tag,
      summary: `Replace ${what}`,
      description: `The whole Card: what it does not say is taken away, what the writer may not see stays.`,
      headers: { ...WRITE, ...IF_NONE_MATCH },
      body: { content: cards(card) },
      replies: {
        200: { description: 'It was replaced', ...written },
        ...(kind === 'Organization' && {
          201: {
            description: 'It was made, under a UUID that nobody had',
            ...shown,
            headers: { ...WRITTEN, ...LOCATION },
          },
        }),
        204: { description: 'It was replaced, and is not wanted back', headers: ETAG },
      },
      problems: [406, 409, 412, 422, 428, ...gone],
    }),
    named(`PATCH ${path}`, {
      id: `patch${kind}`,
      tag,
      summary: `Change parts of ${what}`,
      query: BASE,
      headers: WRITE,
      body: { content: patches },
      replies: {
        200: { description: 'It was changed', ...written },
        204: { description: 'It was changed, and is not wanted back', headers: ETAG },
      },
      problems: [406, 409, 412, 422, 428, ...gone],
    }),
    named(`DELETE ${path}`, {
      id: `delete${kind}`,
      tag,
      summary: `Delete ${what}`,
      description: 'It keeps its history, and can be restored.',
      headers: WRITE,
      replies: { 204: DONE },
      problems: [400, 409, 412, 422, 428, ...gone],
    }),
  ]
}

export const recordReference: readonly (readonly [string, Operation])[] = [
  named('POST /organizations', {
    id: 'createOrganization',
    tag: 'Organizations',
    summary: 'Create an organization',
    description: 'Its `uid` may choose the UUID. Whoever creates it may read and edit it.',
    headers: { ...IDEMPOTENCY_KEY, ...PREFER },
    body: { content: cards(organizationCard) },
    replies: {
      201: {
        description: 'It was made',
        content: cards(organizationCard),
        headers: { ...WRITTEN, ...LOCATION },
      },
    },
    problems: [406, 409, 410, 422],
  }),
  ...recordOperations('/organizations/:id', 'Organization', organizationCard),
  named('GET /organizations/:id/people', {
    id: 'listPeople',
    tag: 'People',
    summary: 'List the people of an organization',
    query: PAGING,
    replies: {
      200: {
        description: 'Those whom the reader may see, by number: a page',
        content: { [JSON_TYPE]: object({ items: list(personCard), 'cursor?': text }) },
        headers: LINK,
      },
    },
    problems: [308, 400, 404, 406, 410],
  }),
  named('POST /organizations/:id/people', {
    id: 'createPerson',
    tag: 'People',
    summary: 'Add a person to an organization',
    headers: WRITE,
    body: { content: cards(personCard) },
    replies: {
      201: {
        description: 'They were added',
        content: cards(personCard),
        headers: { ...WRITTEN, ...LOCATION },
      },
    },
    problems: [404, 406, 409, 410, 412, 422],
  }),
  ...recordOperations('/people/:id', 'Person', personCard),
]
