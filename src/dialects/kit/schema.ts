import type { TSchema } from 'typebox'
import type { Violation } from '../../core/problem.ts'
import { type Bag, isBag, type Node, requireKnown, typeOf, typesOf, typeTest } from './schema-node.ts'
import { type Fault, judgeOf, type SchemaOptions } from './schema-rules.ts'

export type { Keyword, SchemaOptions } from './schema-rules.ts'

/** All that a value breaks of one schema, in the schema's order; empty if it is valid. */
export type Validator = (value: unknown) => readonly Violation[]

/**
 * The validator of a schema, built once.
 *
 * A node gives one violation, that of its first broken keyword in the order of `Keyword`. Members are visited only if
 * their array or object breaks nothing itself; additional ones are judged only if the named ones are valid. At most
 * 100 violations.
 * @throws Error if the schema uses a keyword or a type that would not be checked
 * @see specs/uitdatabank.md 3.1
 */
export function compileSchema(schema: TSchema, options: SchemaOptions = {}): Validator {
  const check = checkOf(schema, options)
  return (value) => {
    const walk: Walk = { path: [], found: [] }
    check(value, walk)
    return walk.found
  }
}

const MOST_VIOLATIONS = 100

/** Where the validation is in the value, and what it has found so far. */
interface Walk {
  readonly path: (string | number)[]
  readonly found: Violation[]
}

/** Adds what a value breaks to the walk. */
type Check<Value = unknown> = (value: Value, walk: Walk) => void

function checkOf(node: Node, options: SchemaOptions): Check {
  requireKnown(node)
  const judge = judgeOf(node, options)
  const union = node.anyOf && unionCheck(node.anyOf, options)
  const items = node.items && itemsCheck(node.items, options)
  const properties = propertiesCheck(node, options)
  return (value, walk) => {
    const fault = judge(value)
    if (fault !== undefined) report(fault, walk)
    else if (union !== undefined) union(value, walk)
    else if (Array.isArray(value)) items?.(value, walk)
    else if (isBag(value)) properties(value, walk)
  }
}

/** Tries the branches whose type fits. If none is valid, a lone one speaks for itself, else the union is broken. */
function unionCheck(nodes: readonly Node[], options: SchemaOptions): Check {
  const branches = nodes.map((node) => {
    const types = typesOf(node)
    return {
      types: types ?? ['any'],
      fits: types ? typeTest(types) : () => true,
      check: checkOf(node, options),
    }
  })
  const expected = branches.flatMap(({ types }) => types)
  return (value, walk) => {
    const fitting = branches.filter(({ fits }) => fits(value))
    const before = walk.found.length
    for (const { check } of fitting) {
      walk.found.length = before
      check(value, walk)
      if (walk.found.length === before) return
    }
    if (fitting.length === 1) return
    walk.found.length = before
    report({ keyword: 'anyOf', params: { actual: typeOf(value), expected } }, walk)
  }
}

function itemsCheck(node: Node, options: SchemaOptions): Check<readonly unknown[]> {
  const check = checkOf(node, options)
  return (array, walk) => {
    for (let index = 0; index < array.length; index++) visit(check, index, array[index], walk)
  }
}

function propertiesCheck(node: Node, options: SchemaOptions): Check<Bag> {
  const named = Object.entries(node.properties ?? {}).map(([name, schema]) => ({
    name,
    check: checkOf(schema, options),
  }))
  const patterned = Object.entries(node.patternProperties ?? {}).map(([pattern, schema]) => ({
    expression: new RegExp(pattern, 'u'),
    check: checkOf(schema, options),
  }))
  const expressions = patterned.map(({ expression }) => expression)
  const nameCheck = node.propertyNames && judgeOf(node.propertyNames, options)
  const additional = additionalCheck(node, expressions, options)
  return (bag, walk) => {
    const before = walk.found.length
    for (const { name, check } of named) if (Object.hasOwn(bag, name)) visit(check, name, bag[name], walk)
    for (const { expression, check } of patterned) {
      for (const name of Object.keys(bag)) if (expression.test(name)) visit(check, name, bag[name], walk)
    }
    if (nameCheck !== undefined) {
      const wrong = Object.keys(bag).filter((name) => nameCheck(name) !== undefined)
      if (wrong.length > 0) report({ keyword: 'propertyNames', params: { wrong } }, walk)
    }
    if (walk.found.length === before) additional?.(bag, walk)
  }
}

function additionalCheck(
  node: Node,
  patterns: readonly RegExp[],
  options: SchemaOptions,
): Check<Bag> | undefined {
  const { properties = {}, additionalProperties = true } = node
  if (additionalProperties === true) return undefined
  const isNamed = (name: string) =>
    Object.hasOwn(properties, name) || patterns.some((pattern) => pattern.test(name))
  const extraOf = (bag: Bag) => Object.keys(bag).filter((name) => !isNamed(name))
  if (additionalProperties !== false) {
    const check = checkOf(additionalProperties, options)
    return (bag, walk) => {
      for (const name of extraOf(bag)) visit(check, name, bag[name], walk)
    }
  }
  return (bag, walk) => {
    const extra = extraOf(bag)
    if (extra.length > 0) report({ keyword: 'additionalProperties', params: { extra } }, walk)
  }
}

function visit(check: Check, step: string | number, value: unknown, walk: Walk): void {
  if (walk.found.length >= MOST_VIOLATIONS) return
  walk.path.push(step)
  check(value, walk)
  walk.path.pop()
}

function report({ keyword, params }: Fault, { path, found }: Walk): void {
  found.push({ path: [...path], keyword, params })
}
