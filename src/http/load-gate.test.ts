import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../core/problem.ts'
import { createLoadGate, TURN_MS, WAIT_AT_MOST_MS } from './load-gate.ts'

const LARGE = 100_000

function house(limit: number, now = () => 0) {
  const gate = createLoadGate(now, limit)
  const releases: (() => void)[] = []
  const isLetIn = (bytes: number) => {
    try {
      gate.admit(bytes, (release) => releases.push(release))
      return true
    } catch (error) {
      assert.ok(error instanceof Problem && error.is('store-unavailable'))
      return false
    }
  }
  return { gate, releases, isLetIn, keep: (release: () => void) => releases.push(release) }
}

test('as much as there is room for is let in, and no more', () => {
  const { isLetIn } = house(2 * LARGE)
  assert.deepEqual([isLetIn(LARGE), isLetIn(LARGE), isLetIn(LARGE)], [true, true, false])
})

test('what is small is let in as long as the rest fits', () => {
  const { isLetIn } = house(2 * LARGE)
  assert.deepEqual([isLetIn(2 * LARGE), isLetIn(10), isLetIn(0)], [true, true, true])
})

test('answers that nobody takes keep everybody out, until somebody does', () => {
  const { gate, releases, isLetIn, keep } = house(2 * LARGE)
  gate.hold(3 * LARGE, keep)
  assert.equal(isLetIn(0), false)
  for (const release of releases) release()
  assert.equal(isLetIn(0), true)
})

test('who comes when those before them have taken too long is sent away, and let in at the next turn', async () => {
  let at = 0
  const { isLetIn } = house(LARGE, () => at)
  assert.equal(isLetIn(0), true)
  at = WAIT_AT_MOST_MS
  assert.equal(isLetIn(0), true)
  at = WAIT_AT_MOST_MS + 1
  assert.equal(isLetIn(0), false)
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(isLetIn(0), true)
})

test('requests behind much work begin in the order in which they came, and others are looked for in between', async () => {
  let at = 0
  const { gate } = house(LARGE, () => at)
  const begun: string[] = []
  const work = async (name: string) => {
    const turn = gate.turn()
    if (turn !== undefined) await turn
    begun.push(name)
    at += TURN_MS / 2
  }
  const all = ['a', 'b', 'c', 'd', 'e'].map(work)
  assert.equal(begun.join(' '), 'a b')
  setImmediate(() => begun.push('look'))
  await Promise.all(all)
  assert.equal(begun.join(' '), 'a b c d look e')
})

test('nobody waits while there is little to do', () => {
  const { gate } = house(LARGE)
  assert.equal(gate.turn(), undefined)
})

test('who comes while others wait for too long is sent away', async () => {
  let at = 0
  const { gate, isLetIn } = house(LARGE, () => at)
  gate.busyFor()
  at = TURN_MS
  const turn = gate.turn()
  at = TURN_MS + WAIT_AT_MOST_MS + 1
  assert.equal(isLetIn(0), false)
  await assert.rejects(async () => turn, /too many came at once/)
  assert.equal(isLetIn(0), true)
})

test('who was let in while there was room is sent away when there is none at their turn', async () => {
  let at = 0
  const { gate, keep } = house(LARGE, () => at)
  gate.busyFor()
  at = TURN_MS
  const turn = gate.turn()
  gate.hold(2 * LARGE, keep)
  await assert.rejects(async () => turn, /too much is on its way/)
})
