import type { Operation, Parameter, Schema } from '../../dialect.ts'
import { anything, flag, integer, list, object, oneOf, text, told } from '../../kit/shapes.ts'
import { BatchBody } from '../batch/schema.ts'
import { customMethod } from '../paths.ts'
import { JSON_TYPE } from '../wire.ts'
import { parts } from './history.ts'
import { IDEMPOTENCY_KEY, named, PREFER } from './shared.ts'

export const batch = BatchBody as unknown as Schema

const outcome = object({ status: integer, 'location?': text, 'etag?': text, 'body?': anything })

const asked = object({ method: text, path: text })

const EXPLAIN: Readonly<Record<string, Parameter>> = {
  explain: { schema: text, description: 'Tells what the other API does not show, too.' },
}

const places = list(object({ path: text, value: anything }))

const explanation = object({
  unseen: told(
    object({ organization: list(text), person: list(text) }),
    'Parts that the other API never looks at.',
  ),
  hidden: told(places, 'What it shows would be the same without it.'),
  clipped: told(places, 'Texts whose end it does not show.'),
  isPartial: told(flag, 'Whether there is more than could be tried.'),
})

export const otherReference: readonly (readonly [string, Operation])[] = [
  named(`POST ${customMethod('/organizations', 'batch')}`, {
    id: 'writeBatch',
    tag: 'Batches',
    summary: 'Write many records',
    description:
      'Each as if it had been sent alone, in their order; or, with `atomic`, all or none. What one makes `as` a name, later ones call `$NAME`. Long answers come without `body` once there are many of them.',
    headers: { ...IDEMPOTENCY_KEY, ...PREFER },
    body: { content: { [JSON_TYPE]: batch } },
    replies: {
      200: {
        description: 'What became of each, in their order',
        content: { [JSON_TYPE]: object({ outcomes: list(outcome) }) },
      },
    },
    problems: [404, 405, 406, 409, 410, 412, 422, 424, 428],
  }),
  named('GET /organizations/:id/views/:dialect', {
    id: 'getView',
    tag: 'Views',
    summary: 'Read what clients of another API see of an organization',
    query: EXPLAIN,
    replies: {
      200: {
        description: 'What they are answered',
        content: {
          [JSON_TYPE]: object({
            request: asked,
            status: integer,
            'body?': anything,
            'explanation?': explanation,
          }),
        },
      },
    },
    problems: [400, 404, 406],
  }),
  named(`POST ${customMethod('/organizations/:id/views/:dialect', 'preview')}`, {
    id: 'previewView',
    tag: 'Views',
    summary: 'Tell what a write through another API would do',
    description: 'The body is one of that API. Nothing is written.',
    body: { content: { '*/*': anything }, isOptional: true },
    replies: {
      200: {
        description: 'What the other API would answer, and what would change',
        content: {
          [JSON_TYPE]: object({
            request: asked,
            status: integer,
            'body?': anything,
            changes: list(
              object({ kind: text, recordKind: oneOf('organization', 'person'), record: text, parts }),
            ),
          }),
        },
      },
    },
    problems: [404, 406, 409],
  }),
]
