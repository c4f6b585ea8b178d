import { Type } from 'typebox'
import { JSON_PATCH_TYPE, JSON_TYPE, MERGE_PATCH_TYPE } from '../wire.ts'

/** Most operations of one batch. */
export const OPERATIONS_AT_MOST = 1_000

/** What one operation of a batch may be: a write of an organization or of a person, as one would send it alone. */
const Operation = Type.Object(
  {
    method: Type.Enum(['POST', 'PUT', 'PATCH', 'DELETE'], { type: 'string' }),
    path: Type.String({ pattern: '^/(?:organizations(?:/[^/:?#]+(?:/people)?)?|people/[^/:?#]+)$' }),
    as: Type.Optional(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]{0,63}$' })),
    mediaType: Type.Optional(Type.Enum([JSON_TYPE, MERGE_PATCH_TYPE, JSON_PATCH_TYPE], { type: 'string' })),
    ifMatch: Type.Optional(Type.String()),
    ifNoneMatch: Type.Optional(Type.String()),
    base: Type.Optional(Type.Integer({ minimum: 1 })),
    body: Type.Optional(Type.Any()),
  },
  { additionalProperties: false },
)

export const BatchBody = Type.Object(
  {
    atomic: Type.Optional(Type.Boolean()),
    operations: Type.Array(Operation, { minItems: 1, maxItems: OPERATIONS_AT_MOST }),
  },
  { additionalProperties: false },
)
