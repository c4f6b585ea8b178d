import fc from 'fast-check'
import type { Node } from '../schema-node.ts'

/** Name of a format → texts that have it. */
export type FormatTexts = Readonly<Record<string, fc.Arbitrary<string>>>

interface RandomOptions {
  readonly formats?: FormatTexts
  /** Texts for patterns that cannot be turned round, by their source. */
  readonly patterns?: Readonly<Record<string, fc.Arbitrary<string>>>
  /** How many optional members an object has at most. */
  readonly members?: number
}

/** Values that a schema admits, as far as its keywords are those that a validator here knows. */
export function valuesOf(schema: Node, options: RandomOptions = {}): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((one) => valuesOf(one, options)))
  const types = schema.type === undefined ? [] : [schema.type].flat()
  if (types.length === 0) return ANYTHING
  return fc.oneof(...types.map((type) => ofType(type as string, schema, options)))
}

/** Any JSON, and objects that JavaScript cannot take for what they look like. */
const ANYTHING = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc
    .constantFrom('toString', 'valueOf', 'toJSON', 'constructor', 'length')
    .chain((name) => fc.jsonValue({ maxDepth: 0 }).map((value) => ({ [name]: value }))),
)

function ofType(type: string, schema: Node, options: RandomOptions): fc.Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 100_000 })
    case 'number':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000 })
    case 'string':
      return textsOf(schema, options)
    case 'array':
      return arraysOf(schema, options)
    default:
      return objectsOf(schema, options)
  }
}

/** Prose with everything that wire formats trip over. */
const PROSE = fc.oneof(
  fc.constantFrom(
    'a',
    'Ann, Bob; Co\\',
    'regel 1\nregel 2',
    '"q" ^n',
    '日本語 🙂',
    ' x ',
    'é'.repeat(60),
    'a:b=c',
    '/~1',
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).filter((text) => !text.includes('\0')),
)

function textsOf(schema: Node, { formats = {}, patterns = {} }: RandomOptions): fc.Arbitrary<string> {
  const { format, pattern, minLength = 0, maxLength = Infinity } = schema
  const fits = (text: string) => {
    const { length } = [...text]
    return length >= minLength && length <= maxLength && text.isWellFormed()
  }
  if (format !== undefined && formats[format] !== undefined) return formats[format].filter(fits)
  if (pattern === undefined || pattern === '\\S') {
    const texts = minLength === 0 && pattern === undefined ? fc.oneof(PROSE, fc.constant('')) : PROSE
    return texts.filter((text) => fits(text) && (pattern === undefined || /\S/.test(text)))
  }
  const own = patterns[pattern] ?? fc.stringMatching(new RegExp(pattern))
  return own.filter((text) => fits(text) && !text.includes('\0'))
}

function arraysOf(schema: Node, options: RandomOptions): fc.Arbitrary<unknown[]> {
  const { items = {}, minItems = 0, maxItems = minItems + 3, uniqueItems } = schema
  const limits = { minLength: minItems, maxLength: Math.min(maxItems, minItems + 3) }
  const values = valuesOf(items, options)
  return uniqueItems
    ? fc.uniqueArray(values, { ...limits, selector: (value) => JSON.stringify(value) })
    : fc.array(values, limits)
}

function objectsOf(schema: Node, options: RandomOptions): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema
  const others = Object.keys(properties).filter((name) => !required.includes(name))
  const named = fc
    .subarray(others, { maxLength: Math.min(options.members ?? 6, others.length) })
    .chain((chosen) =>
      fc.record(
        Object.fromEntries(
          [...required, ...chosen].map((name) => [name, valuesOf(properties[name] as Node, options)]),
        ),
      ),
    )
  if (typeof additionalProperties !== 'object') return named
  const names = propertyNames === undefined ? PROSE : textsOf({ type: 'string', ...propertyNames }, options)
  const safe = names.filter((name) => name !== '__proto__' && name.isWellFormed())
  const more = fc.dictionary(safe, valuesOf(additionalProperties, options), {
    maxKeys: 3,
    noNullPrototype: true,
  })
  return fc.tuple(more, named).map(([extra, own]) => ({ ...extra, ...(own as object) }))
}
