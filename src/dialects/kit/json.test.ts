import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '../../core/problem.ts'
import { readJson } from './json.ts'

/** What fast-check's JSON may hold and readJson refuses. */
const refusedName = (name: string) => name === '__proto__' || refusedText(name)
const refusedText = (text: string) => text.includes('\0') || !text.isWellFormed()

const text = fc.string({ unit: 'binary' }).filter((drawn) => !refusedText(drawn))
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('json'), { maxLength: 4 }),
  object: fc.dictionary(
    text.filter((name) => !refusedName(name)),
    tie('json'),
    { maxKeys: 4, noNullPrototype: true },
  ),
}))

test('gives every value back as it was written', () => {
  fc.assert(fc.property(json, (value) => assert.deepEqual(readJson(JSON.stringify(value)), value)))
})

test('gives every value back from an indented text', () => {
  fc.assert(fc.property(json, (value) => assert.deepEqual(readJson(JSON.stringify(value, null, 2)), value)))
})

test('gives every double back', () => {
  const double = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((drawn) => !Object.is(drawn, -0))
  fc.assert(
    fc.property(double, (value) => assert.equal(readJson(JSON.stringify([value]))?.[0 as never], value)),
  )
})

test('refuses a repeated name at any depth, whatever stands around it', () => {
  const wrapping = fc.array(fc.constantFrom('list', 'object'), { maxLength: 10 })
  const name = text.filter((drawn) => drawn !== '__proto__')
  fc.assert(
    fc.property(name, json, json, wrapping, (twice, first, second, wraps) => {
      const object = `{${JSON.stringify(twice)}:${JSON.stringify(first)},${JSON.stringify(twice)}:${JSON.stringify(second)}}`
      const wrapped = wraps.reduce(
        (inner, wrap) => (wrap === 'list' ? `[1,${inner}]` : `{"a:":${inner}}`),
        object,
      )
      assert.match(faultOf(wrapped), /^a name is repeated/)
    }),
  )
})

test('throws nothing but problems, whatever the text', () => {
  const fragments = [
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    ',',
    '\\',
    '\\u',
    'd800',
    'null',
    '1e999',
    ' ',
    '__proto__',
    '\ufeff',
  ]
  const drawn = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...fragments)).map((all) => all.join('')),
  )
  fc.assert(
    fc.property(drawn, (anything) => assert.ok(typeof codeOf(anything) === 'string')),
    { numRuns: 2000 },
  )
})

test('refuses a name repeated through an escape', () => {
  assert.match(faultOf('{"name":1,"n\\u0061me":2}'), /^a name is repeated/)
})

test('accepts the same name in two objects, and colons and braces in strings', () => {
  assert.deepEqual(readJson('[{"a":":{\\":"},{"a":"\\\\"}]'), [{ a: ':{":' }, { a: '\\' }])
})

for (const written of ['__proto__', '__pr\\u006fto__', '\\u005f_proto__']) {
  test(`refuses a member named ${written}, at any depth`, () => {
    assert.equal(faultOf(`[{"a":{"${written}":{}}}]`), 'a member is named __proto__')
  })
}

test('accepts __proto__ as a value, and the names that every object inherits', () => {
  assert.deepEqual(readJson('{"constructor":"__proto__","toString":1}'), {
    constructor: '__proto__',
    toString: 1,
  })
})

test('refuses U+0000 in a string and in a name', () => {
  assert.equal(faultOf('["a\\u0000"]'), 'U+0000 in a string')
  assert.equal(faultOf('{"\\u0000":1}'), 'U+0000 in a string')
})

test('refuses a lone surrogate, escaped or raw, in a string and in a name', () => {
  for (const lone of ['\\ud800', '\\udc00', '\\udc00\\ud800', '\ud800', '\udc00', '\ud800\\udc00x\ud800']) {
    assert.equal(faultOf(`["${lone}"]`), 'a lone surrogate in a string')
    assert.equal(faultOf(`{"${lone}":1}`), 'a lone surrogate in a string')
  }
})

test('accepts a surrogate pair, escaped or raw', () => {
  assert.deepEqual(readJson('["\\ud83d\\ude00","😀"]'), ['😀', '😀'])
})

test('accepts 64 levels and refuses 65', () => {
  assert.ok(readJson('['.repeat(64) + ']'.repeat(64)))
  assert.equal(faultOf('['.repeat(65) + ']'.repeat(65)), 'nested deeper than 64 levels')
  assert.equal(faultOf(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`), 'nested deeper than 64 levels')
})

test('refuses a number beyond a double', () => {
  assert.equal(faultOf('{"a":[1e999]}'), 'a number is too large')
  assert.equal(faultOf('-1e999'), 'a number is too large')
})

test('tells an absent body from a broken one', () => {
  for (const blank of ['', ' ', '\r\n\t', '\ufeff', '\ufeff ']) assert.equal(codeOf(blank), 'body-missing')
  for (const broken of [
    '{',
    '{}}',
    "{'a':1}",
    '{"a":1,}',
    '[1,]',
    'NaN',
    '01',
    '"',
    '"\t"',
    '{}\ufeff',
    '"a\\"',
  ]) {
    assert.equal(codeOf(broken), 'body-syntax')
  }
})

test('says where the JSON breaks, without quoting the body', () => {
  assert.equal(faultOf('{"secret":"x" "y"}'), 'not JSON at position 14')
  assert.equal(faultOf('secret'), 'not JSON')
})

test('skips a byte order mark and surrounding blanks', () => {
  assert.deepEqual(readJson('\ufeff {"a":null}\n'), { a: null })
})

function codeOf(body: string): string {
  const outcome = outcomeOf(body)
  if (outcome instanceof Error && !(outcome instanceof Problem)) throw outcome
  return outcome?.code ?? 'none'
}

function faultOf(body: string): string {
  const outcome = outcomeOf(body)
  assert.ok(outcome?.is('body-syntax'))
  return outcome.facts.fault
}

function outcomeOf(body: string): Problem | undefined {
  try {
    readJson(body)
    return undefined
  } catch (error) {
    return error as Problem
  }
}
