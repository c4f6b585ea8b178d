/** A JSON Schema, as far as it is known here. TypeBox writes such objects. */
export interface Node {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Node[]
  readonly format?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly items?: Node
  readonly minProperties?: number
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Node>>
  readonly additionalProperties?: boolean | Node
  /** Only schemas of strings: of the names of members. */
  readonly propertyNames?: Node
  /** Members whose names match are no additional ones. */
  readonly patternProperties?: Readonly<Record<string, Node>>
}

/** @throws Error if the node has a keyword, or a type, that would not be checked */
export function requireKnown(node: Node): void {
  const unknown = Object.keys(node).find((keyword) => !Object.hasOwn(KNOWN, keyword))
  if (unknown !== undefined) throw new Error(`the schema keyword ${unknown} is not checked`)
  const strange = typesOf(node)?.find((type) => !Object.hasOwn(TYPE_TESTS, type))
  if (strange !== undefined) throw new Error(`the type ${strange} is not one of JSON Schema`)
}

/** The types that a node admits; undefined if it admits all. */
export function typesOf(node: Node): readonly string[] | undefined {
  if (typeof node.type === 'string') return [node.type]
  return node.type ?? valuesOf(node)?.map(typeOf)
}

/** Whether a value is of one of the types; an `integer` is a `number` too. */
export function typeTest(types: readonly string[]): (value: unknown) => boolean {
  const tests = types.map((type) => TYPE_TESTS[type as TypeName])
  const [first, ...others] = tests
  if (first !== undefined && others.length === 0) return first
  return (value) => tests.some((test) => test(value))
}

/** The JSON Schema type of a value; a whole number is an `integer`, however it was written. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

type TypeName = 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'null'

const TYPE_TESTS: Readonly<Record<TypeName, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: isBag,
  null: (value) => value === null,
}

/** An object of JSON, with any members. */
export type Bag = Readonly<Record<string, unknown>>

export function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The values that a node admits, if it lists them. */
export function valuesOf(node: Node): readonly unknown[] | undefined {
  return node.const === undefined ? node.enum : [node.const]
}

/** Keywords that are checked, or that say nothing about a value. */
const KNOWN: Readonly<Record<keyof Node | 'title' | 'description' | 'default' | 'examples' | '$id', true>> = {
  type: true,
  enum: true,
  const: true,
  anyOf: true,
  format: true,
  minLength: true,
  maxLength: true,
  pattern: true,
  minimum: true,
  maximum: true,
  minItems: true,
  maxItems: true,
  uniqueItems: true,
  items: true,
  minProperties: true,
  required: true,
  properties: true,
  additionalProperties: true,
  propertyNames: true,
  patternProperties: true,
  title: true,
  description: true,
  default: true,
  examples: true,
  $id: true,
}
