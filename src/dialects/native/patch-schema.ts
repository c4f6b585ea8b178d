import { Type } from 'typebox'

/** Members that an operation does not have are passed over. @see RFC 6902 §4 */
export const JsonPatch = Type.Array(
  Type.Object({
    op: Type.Enum(['add', 'remove', 'replace', 'move', 'copy', 'test'], { type: 'string' }),
    path: Type.String({ format: 'json-pointer' }),
    from: Type.Optional(Type.String({ format: 'json-pointer' })),
    value: Type.Optional(Type.Any()),
  }),
)
