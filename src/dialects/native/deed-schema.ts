import { Type } from 'typebox'
import { LIMITS } from './wire.ts'

/** Which version of a record, and which of its parts. */
export const Restoring = Type.Object(
  {
    version: Type.Integer({ minimum: 1, maximum: LIMITS.version }),
    parts: Type.Optional(Type.Array(Type.String(), { minItems: 1, uniqueItems: true })),
  },
  { additionalProperties: false },
)

/** Into which organization, by UUID, URN or number, and what goes over besides people and roles. */
export const Merging = Type.Object(
  {
    into: Type.Unsafe<string | number>({ type: ['string', 'integer'] }),
    fillsEmpty: Type.Optional(Type.Boolean()),
    mergesIdenticalPeople: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

export const Unmerging = Type.Object({}, { additionalProperties: false })
