import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createOwnTimes } from './own-times.ts'
import { lastChange } from './record.ts'
import type { Reader, RowStamps, Store } from './store.ts'
import { organization } from './testing/records.ts'

const PARTS = ['name', 'emails', 'note', 'facets.kare']

/** An engine that knows nothing but stamps: each change is an event. */
function stampsAlone() {
  const rows = new Map<number, RowStamps>()
  const log: number[] = []
  const pieceOf = (found: readonly RowStamps[], end: number, isEnd: boolean) => ({ items: found, end, isEnd })
  const reader: Pick<Reader, 'lastSeq' | 'stamps'> = {
    lastSeq: async () => log.length,
    async stamps(from, limit) {
      if ('seq' in from) {
        const happened = log.slice(from.seq, from.seq + limit)
        const found = [...new Set(happened)].map((row) => rows.get(row) as RowStamps)
        return pieceOf(found, from.seq + happened.length, happened.length < limit)
      }
      const found = [...rows.values()].filter(({ row }) => row > from.row).sort((a, b) => a.row - b.row)
      const first = found.slice(0, limit)
      return pieceOf(first, first.at(-1)?.row ?? from.row, first.length < limit)
    },
  }
  const store: Pick<Store, 'read'> = { read: async (work) => work(reader as Reader) }
  return {
    store,
    save(stamps: RowStamps) {
      rows.set(stamps.row, stamps)
      log.push(stamps.row)
    },
    rows,
  }
}

const times = fc.constantFrom(
  '2024-01-01T00:00:00.000Z',
  '2024-01-02T00:00:00.500Z',
  '1969-12-31T23:59:59.999Z',
)
const changes = fc.record({
  row: fc.integer({ min: 1, max: 40 }),
  parts: fc.subarray(PARTS),
  at: times,
  isLookedAt: fc.boolean(),
})

test('what is kept tells the last change of any parts, however often they change', async () => {
  const property = fc.asyncProperty(fc.array(changes, { maxLength: 200 }), times, async (all, created) => {
    const { store, save, rows } = stampsAlone()
    const kept = createOwnTimes(store)
    for (const [index, { row, parts, at, isLookedAt }] of all.entries()) {
      const version = index + 1
      const changed = Object.fromEntries(parts.map((part) => [part, { version, at, by: 'ann' }]))
      save({ row, number: row * 2, created, changed: { ...rows.get(row)?.changed, ...changed } })
      if (!isLookedAt && version < all.length) continue
      const stamped = await kept.current()
      assert.ok(stamped !== undefined)
      assert.equal(stamped.numberOf(41), undefined)
      for (const { row: known, number, changed: before } of rows.values()) {
        assert.equal(stamped.numberOf(known), number)
        for (const asked of [[], ['name'], ['emails', 'note'], PARTS, ['unknown']]) {
          const record = organization({ created: { at: created, by: 'ann' }, changed: before })
          const last = Date.parse(lastChange(record, asked).at)
          assert.equal(stamped.lastOf(known, stamped.maskOf(asked)), last, `${known} ${asked}`)
        }
      }
    }
  })
  await fc.assert(property, { numRuns: 100 })
})

test('very many are gathered beside what else is asked, and too many are not kept', async () => {
  const { store, save } = stampsAlone()
  const created = '2024-01-01T00:00:00.000Z'
  for (let row = 1; row <= 9_000; row += 1) save({ row, number: row, created, changed: {} })
  const kept = createOwnTimes(store)
  assert.equal(await kept.current(), undefined)
  save({ row: 9_001, number: 9_001, created, changed: {} })
  while ((await kept.current()) === undefined) await new Promise((resolve) => setImmediate(resolve))
  save({ row: 9_002, number: 9_002, created, changed: {} })
  assert.equal((await kept.current())?.numberOf(9_002), 9_002)
  save({ row: 600_000, number: 1, created, changed: {} })
  assert.equal(await kept.current(), undefined)
  assert.equal(await kept.current(), undefined)
})

test('what was not read is read by whoever asks next', async () => {
  const { store, save } = stampsAlone()
  save({ row: 1, number: 7, created: '2024-01-01T00:00:00.000Z', changed: {} })
  let isDown = true
  const kept = createOwnTimes({
    read: (work) => (isDown ? Promise.reject(new Error('down')) : store.read(work)),
  })
  await assert.rejects(kept.current(), /down/)
  isDown = false
  assert.equal((await kept.current())?.numberOf(1), 7)
})
