import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { createOrderedIds } from './ordered-ids.ts'

test('ids sort as they were made, whatever the clock does, and are UUIDs of version 7', () => {
  const times = fc.array(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), {
    minLength: 1,
  })
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 500 }), (clock, count) => {
      let looks = 0
      const now = () => clock[looks++ % clock.length]?.toISOString() ?? ''
      const newId = createOrderedIds(now, randomUUID)
      const ids = Array.from({ length: count }, newId)
      assert.deepEqual(ids, ids.toSorted())
      assert.equal(new Set(ids).size, count)
      for (const id of ids)
        assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    }),
  )
})

test('more ids than one millisecond holds go on in the next', () => {
  const newId = createOrderedIds(() => '2026-01-01T00:00:00.000Z', randomUUID)
  const ids = Array.from({ length: 10_000 }, newId)
  assert.deepEqual(ids, ids.toSorted())
  assert.deepEqual(new Set(ids.map((id) => id.slice(0, 13))).size, 3)
})
