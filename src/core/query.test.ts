import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Condition } from './query.ts'
import { EVERYTHING, widened } from './query.ts'

const row: Condition = { kind: 'name', test: { is: 'a' } }
const column: Condition = { column: 'number', in: ['1'] }

test('what has a row is asked as it is, what lacks one is not asked', () => {
  assert.deepEqual(widened({ all: [row, { not: row }] }), { all: [row, EVERYTHING] })
})

test('what every reader sees is asked either way', () => {
  assert.deepEqual(widened({ not: { any: [column, row] } }), { all: [{ not: column }, EVERYTHING] })
})

test('a denial of a denial is asked', () => {
  assert.deepEqual(widened({ not: { all: [{ not: row }, column] } }), { any: [row, { not: column }] })
})
