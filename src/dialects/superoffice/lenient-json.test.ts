import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Problem } from '../../core/problem.ts'
import { readLenientJson } from './lenient-json.ts'

const isSyntax = (error: unknown) => error instanceof Problem && error.is('body-syntax')

describe('lenient JSON', () => {
  test('reads JSON as it is', () => {
    assert.deepEqual(readLenientJson('{"a":"x,}","b":[1,2]}'), { a: 'x,}', b: [1, 2] })
  })

  test('overlooks a comma before a closing bracket', () => {
    assert.deepEqual(readLenientJson('{"a":[1,2,\n],}'), { a: [1, 2] })
  })

  test('reads strings in single quotes, with what they escape', () => {
    assert.deepEqual(readLenientJson(`{'a':'it\\'s "x" \\\\ \\n'}`), { a: 'it\'s "x" \\ \n' })
  })

  test('reads names without quotes, but no other words', () => {
    assert.deepEqual(readLenientJson('{ContactId:1,true:null}'), { ContactId: 1, true: null })
    assert.throws(() => readLenientJson('{a:NaN}'), isSyntax)
    assert.throws(() => readLenientJson('{"a":text}'), isSyntax)
  })

  test('skips comments', () => {
    assert.deepEqual(readLenientJson('/* one */{"a":1, // two\n"b":"http://x",}'), { a: 1, b: 'http://x' })
  })

  for (const text of ['[,]', '{,}', '{"a":1,,}', "{'a':'b", '{"a":1} x', '/', '/* ', '{"a":"\\u0000",}']) {
    test(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(() => readLenientJson(text), isSyntax)
    })
  }

  test('refuses repeated names and prototypes, however they are written', () => {
    assert.throws(() => readLenientJson(`{"a":1,'a':2}`), isSyntax)
    assert.throws(() => readLenientJson('{__proto__:1}'), isSyntax)
  })

  test('tells a blank body from a bad one', () => {
    assert.throws(
      () => readLenientJson(' '),
      (error) => error instanceof Problem && error.is('body-missing'),
    )
  })

  test('takes a time that grows with the length only', () => {
    const started = performance.now()
    assert.throws(() => readLenientJson(`{"a${'\\"'.repeat(500_000)}`), isSyntax)
    assert.throws(() => readLenientJson('/*'.repeat(500_000)), isSyntax)
    assert.throws(() => readLenientJson(`${'['.repeat(1_000_000)},`), isSyntax)
    assert.ok(performance.now() - started < 5_000)
  })
})
