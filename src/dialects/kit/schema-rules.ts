import type { Violation } from '../../core/problem.ts'
import { type Bag, isBag, type Node, typeOf, typesOf, typeTest, valuesOf } from './schema-node.ts'

/** What a node's own keywords say of a value: the first broken one, or nothing. Members are not looked at. */
export type Judge = (value: unknown) => Fault | undefined

export interface Fault {
  readonly keyword: Keyword
  readonly params: Violation['params']
}

/** A keyword that a value can break, in the order in which a node is judged. */
export type Keyword =
  | 'type'
  | 'enum'
  | 'anyOf'
  | 'format'
  | 'minLength'
  | 'maxLength'
  | 'pattern'
  | 'minimum'
  | 'maximum'
  | 'minItems'
  | 'maxItems'
  | 'uniqueItems'
  | 'minProperties'
  | 'required'
  | 'propertyNames'
  | 'additionalProperties'

export interface SchemaOptions {
  /** Predicates by `format` name, linear in their input. A format that is not here is ignored. */
  readonly formats?: Readonly<Record<string, (text: string) => boolean>>
  /** What the length of a string counts; code points unless told. */
  readonly lengths?: 'code-points' | 'utf16'
}

/** The judge of one node, its patterns compiled. */
export function judgeOf(node: Node, options: SchemaOptions): Judge {
  const general = generalRules(node)
  const strings = stringRules(node, options)
  const numbers = numberRules(node)
  const arrays = arrayRules(node)
  const objects = objectRules(node)
  return (value) => {
    const fault = firstFault(general, value)
    if (fault !== undefined) return fault
    if (typeof value === 'string') return firstFault(strings, value)
    if (typeof value === 'number') return firstFault(numbers, value)
    if (Array.isArray(value)) return firstFault(arrays, value)
    return isBag(value) ? firstFault(objects, value) : undefined
  }
}

/** What the fault of one keyword tells, or nothing if the value has none. */
interface Rule<Value> {
  readonly keyword: Keyword
  readonly paramsOf: (value: Value) => Violation['params'] | undefined
}

function firstFault<Value>(rules: readonly Rule<Value>[], value: Value): Fault | undefined {
  for (const { keyword, paramsOf } of rules) {
    const params = paramsOf(value)
    if (params !== undefined) return { keyword, params }
  }
  return undefined
}

function generalRules(node: Node): Rule<unknown>[] {
  const expected = node.type === undefined ? undefined : typesOf(node)
  return [
    ...rule<unknown, readonly string[]>(expected, 'type', (types) => {
      const fits = typeTest(types)
      return (value) => (fits(value) ? undefined : { actual: typeOf(value), expected: types })
    }),
    ...rule<unknown, readonly unknown[]>(
      valuesOf(node),
      'enum',
      (values) => (value) => (values.includes(value) ? undefined : { values }),
    ),
  ]
}

function stringRules(node: Node, { formats = {}, lengths }: SchemaOptions): Rule<string>[] {
  const lengthOf = lengths === 'utf16' ? (text: string) => text.length : codePointsOf
  const { format = '', minLength, maxLength, pattern } = node
  const isFormat = Object.hasOwn(formats, format) ? formats[format] : undefined
  return [
    ...rule<string, (text: string) => boolean>(
      isFormat,
      'format',
      (isIt) => (text) => (isIt(text) ? undefined : { format }),
    ),
    // A code point is at most two units, so most texts need no counting.
    ...rule<string, number>(
      minLength,
      'minLength',
      (limit) => (text) => (text.length >= 2 * limit ? undefined : below(limit, lengthOf(text))),
    ),
    ...rule<string, number>(
      maxLength,
      'maxLength',
      (limit) => (text) => (text.length <= limit ? undefined : above(limit, lengthOf(text))),
    ),
    ...rule<string, string>(pattern, 'pattern', (source) => {
      const expression = new RegExp(source, 'u')
      return (text) => (expression.test(text) ? undefined : { pattern: source })
    }),
  ]
}

function numberRules({ minimum, maximum }: Node): Rule<number>[] {
  return [
    ...rule<number, number>(minimum, 'minimum', (limit) => (number) => below(limit, number)),
    ...rule<number, number>(maximum, 'maximum', (limit) => (number) => above(limit, number)),
  ]
}

function arrayRules({ minItems, maxItems, uniqueItems }: Node): Rule<readonly unknown[]>[] {
  return [
    ...rule<readonly unknown[], number>(
      minItems,
      'minItems',
      (limit) => (items) => below(limit, items.length),
    ),
    ...rule<readonly unknown[], number>(
      maxItems,
      'maxItems',
      (limit) => (items) => above(limit, items.length),
    ),
    ...rule<readonly unknown[], true>(
      uniqueItems || undefined,
      'uniqueItems',
      () => (items) => (new Set(items.map(canonical)).size === items.length ? undefined : {}),
    ),
  ]
}

function objectRules({ minProperties, required }: Node): Rule<Bag>[] {
  return [
    ...rule<Bag, number>(
      minProperties,
      'minProperties',
      (limit) => (bag) => below(limit, Object.keys(bag).length),
    ),
    ...rule<Bag, readonly string[]>(required, 'required', (names) => (bag) => {
      if (names.every((name) => Object.hasOwn(bag, name))) return undefined
      return { missing: names.filter((name) => !Object.hasOwn(bag, name)) }
    }),
  ]
}

/** The rule of a keyword that the node has, as a list of one; of one that it lacks, as an empty list. */
function rule<Value, Setting>(
  setting: Setting | undefined,
  keyword: Keyword,
  ruleOf: (setting: Setting) => Rule<Value>['paramsOf'],
): Rule<Value>[] {
  return setting === undefined ? [] : [{ keyword, paramsOf: ruleOf(setting) }]
}

function below(limit: number, found: number) {
  return found < limit ? { limit, found } : undefined
}

function above(limit: number, found: number) {
  return found > limit ? { limit, found } : undefined
}

function codePointsOf(text: string): number {
  let points = 0
  for (const _ of text) points++
  return points
}

/** Equal for values that JSON Schema calls equal, whatever the order of their members. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical)}]`
  if (!isBag(value)) return JSON.stringify(value)
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
  return `{${members}}`
}
