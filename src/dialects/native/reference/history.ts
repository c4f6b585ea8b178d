import type { Operation, Schema } from '../../dialect.ts'
import { anything, dictionary, instant, integer, list, object, oneOf, text, told } from '../../kit/shapes.ts'
import { Merging, Restoring, Unmerging } from '../deed-schema.ts'
import { customMethod } from '../paths.ts'
import { BATCH_TYPE, EVENT_STREAM_TYPE, JSON_TYPE, LIMITS } from '../wire.ts'
import {
  cards,
  ETAG,
  header,
  LINK,
  named,
  organizationCard,
  personCard,
  READ,
  UNCHANGED,
  WRITE,
  WRITTEN,
  whole,
} from './shared.ts'

const KINDS = oneOf('created', 'changed', 'deleted', 'restored', 'merged')

export const parts = told(
  dictionary(list(anything, { minItems: 2, maxItems: 2 })),
  'Part → what it was before and after; null where it was not there.',
)

export const HistoryItem: Schema = object({
  version: integer,
  kind: KINDS,
  at: instant,
  by: text,
  via: text,
  commandId: text,
  parts,
})

/** @see CloudEvents 1.0.2 §3 */
export const CloudEvent: Schema = object({
  specversion: text,
  id: text,
  source: text,
  type: told(text, '`polydex.KIND.WHAT`'),
  subject: text,
  time: instant,
  datacontenttype: text,
  sequence: text,
  data: object({ version: integer, by: text, via: text, commandId: text, parts }),
})

function historyOf(
  path: string,
  kind: 'Organization' | 'Person',
  card: Schema,
): readonly (readonly [string, Operation])[] {
  const what = kind === 'Organization' ? 'an organization' : 'a person'
  return [
    named(`GET ${path}/history`, {
      id: `get${kind}History`,
      tag: 'History',
      summary: `List what happened to ${what}`,
      description: 'The newest first, of each event what the reader may see.',
      query: {
        limit: whole(1, LIMITS.page),
        before: whole(1, LIMITS.version, 'Only versions below this one.'),
      },
      replies: {
        200: {
          description: 'A page',
          content: { [JSON_TYPE]: object({ items: list(HistoryItem) }) },
          headers: LINK,
        },
      },
      problems: [400, 404, 406],
    }),
    named(`GET ${path}/versions/:version`, {
      id: `get${kind}Version`,
      tag: 'History',
      summary: `Read ${what} as it was`,
      headers: READ,
      replies: {
        200: {
          description: 'The Card of that version',
          content: cards(card),
          headers: { ...ETAG, Link: header('`latest-version` and `version-history` (RFC 5829).') },
        },
        304: UNCHANGED,
      },
      problems: [308, 404, 406, 410, 412],
    }),
    named(`POST ${customMethod(path, 'restore')}`, {
      id: `restore${kind}`,
      tag: 'History',
      summary: `Give ${what} back what it was`,
      description: 'As a new version; of all parts, or of those that are named.',
      headers: WRITE,
      body: { content: { [JSON_TYPE]: Restoring as unknown as Schema } },
      replies: {
        200: { description: 'It was restored', content: cards(card), headers: WRITTEN },
        204: { description: 'It was restored, and is not wanted back', headers: ETAG },
      },
      problems: [404, 406, 409, 410, 412, 422, 428],
    }),
  ]
}

const merged = {
  description: 'The organization that stays',
  content: cards(organizationCard),
  headers: WRITTEN,
}

export const historyReference: readonly (readonly [string, Operation])[] = [
  ...historyOf('/organizations/:id', 'Organization', organizationCard),
  ...historyOf('/people/:id', 'Person', personCard),
  named(`POST ${customMethod('/organizations/:id', 'merge')}`, {
    id: 'mergeOrganization',
    tag: 'History',
    summary: 'Merge an organization into another',
    description: 'The path names the one that disappears. People, roles and the website go over.',
    headers: WRITE,
    body: { content: { [JSON_TYPE]: Merging as unknown as Schema } },
    replies: { 200: merged, 204: { description: 'It was merged', headers: ETAG } },
    problems: [404, 406, 409, 410, 412, 422, 428],
  }),
  named(`POST ${customMethod('/organizations/:id', 'unmerge')}`, {
    id: 'unmergeOrganization',
    tag: 'History',
    summary: 'Take a merge back',
    headers: WRITE,
    body: { content: { [JSON_TYPE]: Unmerging as unknown as Schema }, isOptional: true },
    replies: {
      200: {
        description: 'What came back, and what stays because somebody changed it since',
        content: {
          [JSON_TYPE]: object({
            organization: organizationCard,
            people: list(personCard),
            left: list(object({ kind: oneOf('org', 'individual'), uid: text, part: text })),
          }),
        },
      },
    },
    problems: [400, 404, 406, 409, 410, 412, 413, 415, 422],
  }),
  named('GET /changes', {
    id: 'getChanges',
    tag: 'Feed',
    summary: 'Follow what happens',
    description:
      'A batch of CloudEvents, or a stream of server-sent events that goes on. The Link always tells where to go on.',
    query: {
      after: {
        schema: { anyOf: [{ type: 'integer', minimum: 0, maximum: LIMITS.sequence }, { const: 'latest' }] },
        description: 'The sequence behind which to begin.',
      },
      limit: whole(1, LIMITS.batch, 'How many events are looked at.'),
      wait: whole(0, LIMITS.waitSeconds, 'How many seconds to wait for an event.'),
    },
    headers: { 'Last-Event-ID': header('Where a stream was cut off; it wins over `after`.') },
    replies: {
      200: {
        description: 'A batch, or a stream',
        content: {
          [BATCH_TYPE]: list(CloudEvent),
          [JSON_TYPE]: list(CloudEvent),
          [EVENT_STREAM_TYPE]: text,
        },
        headers: LINK,
      },
    },
    problems: [400, 406],
  }),
]
