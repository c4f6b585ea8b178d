import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { clip, edited, isBlank, lengthOf } from './text.ts'

test('a text is clipped between code points', () => {
  assert.deepEqual(
    [clip('abc', 2), clip('abc', 3), clip('😀😀', 1), clip('a😀b', 2), clip('', 0)],
    ['ab', 'abc', '😀', 'a😀', ''],
  )
})

test('a clipped text is a well-formed beginning with as many code points as fit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(12), (text, limit) => {
      const clipped = clip(text, limit)
      assert.ok(text.startsWith(clipped) && clipped.isWellFormed())
      assert.equal(lengthOf(clipped), Math.min(limit, [...text].length))
    }),
  )
})

test('the length of a text counts code points', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(lengthOf(text), [...text].length)),
  )
})

test('white space alone is blank', () => {
  assert.deepEqual([undefined, '', ' \n\u00a0', 'a'].map(isBlank), [true, true, true, false])
})

test('what was read and is written back leaves what is stored', () => {
  assert.equal(edited('stored in full', 'stored', 'stored'), 'stored in full')
  assert.equal(edited('stored in full', 'stored', 'sent'), 'sent')
})
