import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type TSchema, Type } from 'typebox'
import type { Violation } from '../../core/problem.ts'
import { compileSchema, type SchemaOptions } from './schema.ts'

/** Each row: what a schema says of a value that breaks it, and that its neighbour on the good side is valid. */
const limits: readonly (readonly [
  rule: string,
  TSchema,
  valid: unknown,
  broken: unknown,
  Violation['params'],
])[] = [
  ['type', Type.String(), '', 5, { actual: 'integer', expected: ['string'] }],
  ['type', Type.Number(), 5, '5', { actual: 'string', expected: ['number'] }],
  ['type', Type.Integer(), 5.0, 5.5, { actual: 'number', expected: ['integer'] }],
  ['type', Type.Array(Type.Null()), [], {}, { actual: 'object', expected: ['array'] }],
  ['type', Type.Object({}), {}, [], { actual: 'array', expected: ['object'] }],
  ['type', Type.Object({}), {}, null, { actual: 'null', expected: ['object'] }],
  ['type', Type.Boolean(), false, 0, { actual: 'integer', expected: ['boolean'] }],
  ['type', Type.Null(), null, false, { actual: 'boolean', expected: ['null'] }],
  ['enum', Type.Enum(['nl', 'fr']), 'fr', 'es', { values: ['nl', 'fr'] }],
  ['enum', Type.Literal('nl'), 'nl', 'fr', { values: ['nl'] }],
  ['minLength', Type.String({ minLength: 2 }), 'ab', 'a', { limit: 2, found: 1 }],
  ['minLength', Type.String({ minLength: 2 }), '😀😀', '😀', { limit: 2, found: 1 }],
  ['maxLength', Type.String({ maxLength: 2 }), 'ab', 'abc', { limit: 2, found: 3 }],
  ['maxLength', Type.String({ maxLength: 2 }), '😀😀', '😀😀😀', { limit: 2, found: 3 }],
  ['pattern', Type.String({ pattern: '^.$' }), '😀', 'ab', { pattern: '^.$' }],
  ['minimum', Type.Number({ minimum: -90 }), -90, -90.1, { limit: -90, found: -90.1 }],
  ['maximum', Type.Number({ maximum: 90 }), 90, 91, { limit: 90, found: 91 }],
  ['minItems', Type.Array(Type.Null(), { minItems: 1 }), [null], [], { limit: 1, found: 0 }],
  ['maxItems', Type.Array(Type.Null(), { maxItems: 1 }), [null], [null, null], { limit: 1, found: 2 }],
  [
    'uniqueItems',
    Type.Array(Type.Any(), { uniqueItems: true }),
    ['1', 1, [1], { a: 1 }],
    ['a', 'A', 'a'],
    {},
  ],
  [
    'uniqueItems',
    Type.Array(Type.Any(), { uniqueItems: true }),
    [],
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    {},
  ],
  ['minProperties', Type.Object({}, { minProperties: 1 }), { a: 1 }, {}, { limit: 1, found: 0 }],
  ['required', Type.Object({ b: Type.Any(), a: Type.Any() }), { a: 1, b: 2 }, {}, { missing: ['b', 'a'] }],
  [
    'additionalProperties',
    Type.Object({ a: Type.Any() }, { additionalProperties: false }),
    { a: 1 },
    { z: 1, a: 1, y: 1 },
    { extra: ['z', 'y'] },
  ],
]

for (const [keyword, schema, valid, broken, params] of limits) {
  test(`${keyword}: ${JSON.stringify(broken)} breaks ${JSON.stringify(schema)}`, () => {
    assert.deepEqual(violationsOf(schema, valid), [])
    assert.deepEqual(violationsOf(schema, broken), [{ path: [], keyword, params }])
  })
}

test('counts UTF-16 units where a dialect asks for it', () => {
  const schema = Type.String({ minLength: 3, maxLength: 4 })
  assert.deepEqual(keywordsOf(schema, ['😀😀', 'abc'], { lengths: 'utf16' }), [])
  assert.deepEqual(violationsOf(schema, '😀😀😀', { lengths: 'utf16' })[0]?.params, { limit: 4, found: 6 })
  assert.deepEqual(violationsOf(schema, '😀', { lengths: 'utf16' })[0]?.params, { limit: 3, found: 2 })
})

test('asks the given formats and ignores others', () => {
  const formats = { even: (text: string) => text.length % 2 === 0 }
  const broken = [{ path: [], keyword: 'format', params: { format: 'even' } }]
  assert.deepEqual(violationsOf(Type.String({ format: 'even' }), 'odd', { formats }), broken)
  assert.deepEqual(violationsOf(Type.String({ format: 'odd' }), 'even', { formats }), [])
  assert.deepEqual(violationsOf(Type.String({ format: 'constructor' }), 'even', { formats }), [])
})

test('reports the first broken keyword of a node only', () => {
  const never = { formats: { never: () => false } }
  const strict = { type: 'string', enum: ['a'], format: 'never', minLength: 2, maxLength: 1, pattern: 'x' }
  const { enum: _, ...without } = strict
  const { format: __, ...lengths } = without
  assert.deepEqual(keywordsOf(strict, [5, 'b', 'a'], never), ['type', 'enum', 'format'])
  assert.deepEqual(keywordsOf(without, ['', 'ab'], never), ['format', 'format'])
  assert.deepEqual(keywordsOf(lengths, ['', 'ab'], never), ['minLength', 'maxLength'])
})

test('a missing property hides what its object holds, and duplicates hide what their array holds', () => {
  const schema = Type.Object({ a: Type.Any(), b: Type.Optional(Type.String()) }, { minProperties: 1 })
  const list = Type.Array(Type.String(), { minItems: 2, uniqueItems: true })
  assert.deepEqual(keywordsOf(schema, [{}, { b: 5 }, { a: 1, b: 5 }]), ['minProperties', 'required', 'type'])
  assert.deepEqual(keywordsOf(list, [[5], [5, 5], [5, 'a']]), ['minItems', 'uniqueItems', 'type'])
})

test('judges additional properties only when the named ones are valid', () => {
  const schema = Type.Object({ a: Type.String() }, { additionalProperties: false })
  assert.deepEqual(
    keywordsOf(schema, [
      { a: 5, b: 1 },
      { a: 'x', b: 1 },
    ]),
    ['type', 'additionalProperties'],
  )
})

test('judges additional properties by their own schema', () => {
  const schema = Type.Object({ a: Type.Any() }, { additionalProperties: Type.String() })
  assert.deepEqual(pathsOf(schema, { a: 1, b: 2, c: 'x' }), [['b']])
})

test('visits properties in the order of the schema, and every item', () => {
  const schema = Type.Object({ a: Type.Array(Type.String()), 'b/~': Type.String() })
  assert.deepEqual(pathsOf(schema, { 'b/~': 1, a: ['x', 1, 'y', 2] }), [['a', 1], ['a', 3], ['b/~']])
})

test('reports at most 100 violations, the last one whole', () => {
  const rows = Type.Array(Type.Object({ a: Type.Array(Type.String()) }))
  const value = Array.from({ length: 60 }, () => ({ a: [1, 2] }))
  assert.equal(pathsOf(Type.Array(Type.String()), Array(100).fill(1)).length, 100)
  assert.equal(pathsOf(Type.Array(Type.String()), Array(101).fill(1)).length, 100)
  assert.deepEqual(pathsOf(rows, value).slice(99), [[49, 'a', 1]])
})

test('is not fooled by the names that every object inherits', () => {
  const schema = Type.Object({ constructor: Type.Optional(Type.String()), toString: Type.Any() })
  const strict = Type.Object({ a: Type.Optional(Type.Any()) }, { additionalProperties: false })
  assert.deepEqual(violationsOf(schema, {})[0]?.params, { missing: ['toString'] })
  assert.deepEqual(violationsOf(strict, { constructor: 1 })[0]?.params, { extra: ['constructor'] })
})

test('a list of types admits each of them', () => {
  const schema = Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 1 })
  assert.deepEqual(keywordsOf(schema, [null, 'a', 'ab', 5]), ['maxLength', 'type'])
})

test('a union speaks through the only branch that has the type of the value', () => {
  const schema = Type.Object({ a: Type.Union([Type.Array(Type.String({ maxLength: 1 })), Type.Null()]) })
  assert.deepEqual(keywordsOf(schema, [{ a: null }, { a: ['x'] }, { a: ['xy'] }]), ['maxLength'])
  assert.deepEqual(pathsOf(schema, { a: ['x', 'xy', 'xyz'] }), [
    ['a', 1],
    ['a', 2],
  ])
})

test('a union is broken itself when no branch, or more than one, has the type of the value', () => {
  const schema = Type.Union([Type.String({ maxLength: 1 }), Type.String({ minLength: 3 }), Type.Null()])
  const params = { actual: 'integer', expected: ['string', 'string', 'null'] }
  assert.deepEqual(violationsOf(schema, 5), [{ path: [], keyword: 'anyOf', params }])
  assert.deepEqual(keywordsOf(schema, ['a', 'ab', 'abc']), ['anyOf'])
})

test('refuses to build a schema with a keyword or a type that it would not check', () => {
  assert.throws(() => compileSchema(Type.Array(Type.Number({ multipleOf: 2 }))), /multipleOf is not checked/)
  assert.throws(() => compileSchema(Type.Array(Type.BigInt())), /bigint is not one/)
})

test('never throws, whatever the value', () => {
  const item = Type.Object({ a: Type.Union([Type.Integer(), Type.Null()]) }, { additionalProperties: false })
  const validator = compileSchema(Type.Array(item, { uniqueItems: true }))
  fc.assert(fc.property(fc.jsonValue(), (value) => assert.ok(validator([value]).length <= 1)))
})

function violationsOf(schema: TSchema, value: unknown, options?: SchemaOptions): readonly Violation[] {
  return compileSchema(schema, options)(value)
}

function keywordsOf(schema: TSchema, values: readonly unknown[], options?: SchemaOptions): string[] {
  return values.flatMap((value) => violationsOf(schema, value, options).map(({ keyword }) => keyword))
}

function pathsOf(schema: TSchema, value: unknown): Violation['path'][] {
  return violationsOf(schema, value).map(({ path }) => path)
}
