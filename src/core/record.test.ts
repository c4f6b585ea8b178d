import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lastChange, nextShownAt } from './record.ts'
import { CREATED, organization } from './testing/records.ts'

const at = (second: number): string => new Date(second * 1000 + 999).toISOString()

test('a version shows the whole second in which it was made', () => {
  assert.equal(nextShownAt(0, at(1_000)), 1_000)
})

test('every version within one second shows a later one', () => {
  assert.equal(nextShownAt(1_000, at(1_000)), 1_001)
  assert.equal(nextShownAt(1_001, at(1_000)), 1_002)
})

test('a clock that goes back takes no time back', () => {
  assert.equal(nextShownAt(1_030, at(1_000)), 1_031)
})

test('what is shown runs at most a minute ahead of the clock', () => {
  assert.equal(nextShownAt(1_059, at(1_000)), 1_060)
  assert.equal(nextShownAt(1_060, at(1_000)), 1_060)
  assert.equal(nextShownAt(2_000, at(1_000)), 2_000)
})

test('the last change of some parts is the newest of their stamps, else the creation', () => {
  const stamp = (version: number) => ({ version, at: `at ${version}`, by: 'bram' })
  const record = organization({ changed: { name: stamp(3), note: stamp(5) } })
  assert.deepEqual(lastChange(record, ['name', 'emails']), stamp(3))
  assert.deepEqual(lastChange(record, ['name', 'note']), stamp(5))
  assert.deepEqual(lastChange(record, ['emails']), { version: 1, ...CREATED })
})
