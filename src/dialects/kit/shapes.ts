// JSON Schemas of what is answered, in few words.

type Schema = Readonly<Record<string, unknown>>

export const text: Schema = { type: 'string' }
export const integer: Schema = { type: 'integer' }
export const number: Schema = { type: 'number' }
export const flag: Schema = { type: 'boolean' }
export const nothing: Schema = { type: 'null' }
export const anything: Schema = {}
export const instant: Schema = { type: 'string', format: 'date-time' }
export const uri: Schema = { type: 'string', format: 'uri' }
export const bytes: Schema = { type: 'string', format: 'binary' }

/** An object with these members; a name with a question mark may be missing. */
export function object(members: Readonly<Record<string, Schema>>, more: Schema = {}): Schema {
  const names = Object.keys(members)
  const required = names.filter((name) => !name.endsWith('?'))
  const properties = Object.fromEntries(names.map((name) => [name.replace(/\?$/, ''), members[name]]))
  return { type: 'object', properties, ...(required.length > 0 && { required }), ...more }
}

export function list(items: Schema, more: Schema = {}): Schema {
  return { type: 'array', items, ...more }
}

/** Names that are data → values. */
export function dictionary(values: Schema): Schema {
  return { type: 'object', additionalProperties: values }
}

export function oneOf(...values: readonly (string | number)[]): Schema {
  return { type: typeof values[0] === 'number' ? 'integer' : 'string', enum: values }
}

export function orNull(schema: Schema): Schema {
  return { anyOf: [schema, nothing] }
}

/** All that both have. */
export function both(left: Schema, right: Schema): Schema {
  const required = [left, right].flatMap((schema) => (schema['required'] ?? []) as readonly string[])
  return {
    type: 'object',
    properties: { ...(left['properties'] as object), ...(right['properties'] as object) },
    ...(required.length > 0 && { required: [...new Set(required)] }),
  }
}

/** With no member required: what a client chooses from. */
export function partial({ required: _, ...schema }: Schema): Schema {
  return schema
}

/** The same with a few words. */
export function told(schema: Schema, description: string): Schema {
  return { ...schema, description }
}
