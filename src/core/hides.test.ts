import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hidesOf, isHidden, nextHides } from './hides.ts'

const items = [
  ['1-1', 'a@x.example'],
  ['1-2', 'b@x.example'],
] as const

test('an item is hidden while it has the value that it was hidden with', () => {
  const hides = { '1-1': 'a@x.example' }
  assert.equal(isHidden(hides, { id: '1-1' }, 'a@x.example'), true)
  assert.equal(isHidden(hides, { id: '1-1' }, 'changed@x.example'), false)
  assert.equal(isHidden(hides, { id: '1-2' }, 'a@x.example'), false)
})

test('what a view would newly show is hidden, beside what is hidden already', () => {
  assert.deepEqual(nextHides({ '1-1': 'a@x.example' }, items, ['1-2']), {
    '1-1': 'a@x.example',
    '1-2': 'b@x.example',
  })
})

test('what has another value, or is gone, is forgotten', () => {
  assert.equal(nextHides({ '1-1': 'before@x.example', '9-9': 'gone' }, items, []), undefined)
})

test('a facet without hides hides nothing', () => {
  assert.deepEqual([hidesOf(undefined), hidesOf({}), hidesOf({ hides: { a: 'b' } })], [{}, {}, { a: 'b' }])
})
