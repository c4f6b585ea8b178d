import type { Schema } from '../../dialect.ts'

/** Writes schemas with references in place of those that have a name. */
export interface Referring {
  (schema: Schema): Schema
  /** The same of a schema that has a name itself: what stands in it. */
  within(schema: Schema): Schema
}

/** @param named name → schema; the very object is what is found again, not one that says the same */
export function referring(named: Readonly<Record<string, Schema>>): Referring {
  const names = new Map(Object.entries(named).map(([name, schema]) => [schema, name]))

  function refer(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(refer)
    if (typeof value !== 'object' || value === null) return value
    const name = names.get(value as Schema)
    return name === undefined ? inside(value as Schema) : { $ref: `#/components/schemas/${name}` }
  }

  function inside(schema: Schema): Schema {
    return Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, refer(value)]))
  }

  return Object.assign((schema: Schema) => refer(schema) as Schema, { within: inside })
}
