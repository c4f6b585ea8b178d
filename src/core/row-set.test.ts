import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { common, hasRow, rowSetOf, rowsIn, sizeOfSet, together, without } from './row-set.ts'

const numbers = fc.array(fc.oneof(fc.nat(70), fc.nat(5_000), fc.constantFrom(0, 31, 32, 63, 2_047, 2_048)))

test('sets of rows are sets of numbers', () => {
  fc.assert(
    fc.property(numbers, numbers, (left, right) => {
      const [one, other] = [new Set(left), new Set(right)]
      const [bits, others] = [rowSetOf(left.join(',')), rowSetOf(right.join(','))]
      const sorted = (set: Set<number>) => [...set].sort((a, b) => a - b)
      assert.deepEqual(rowsIn(bits), sorted(one))
      assert.equal(sizeOfSet(bits), one.size)
      assert.deepEqual(rowsIn(common(bits, others)), sorted(one.intersection(other)))
      assert.deepEqual(rowsIn(together(bits, others)), sorted(one.union(other)))
      assert.deepEqual(rowsIn(without(bits, others)), sorted(one.difference(other)))
      for (const row of [...left, ...right, 6_000]) assert.equal(hasRow(bits, row), one.has(row))
    }),
  )
})
