import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { OrganizationState } from '../../core/organization.ts'
import type { Condition } from '../../core/query.ts'
import { TENANT } from '../../core/testing/records.ts'
import { numbered, saving } from '../testing/changes.ts'
import { openSqlite } from './index.ts'

const STATES = ['active', 'inactive', 'deleted'] as const
const states = fc.subarray([...STATES])
const conditions: fc.Arbitrary<Condition> = fc.oneof(
  states.map((some) => ({ column: 'state' as const, in: some })),
  fc.array(states, { maxLength: 3 }).map((all) => ({
    all: all.map((some) => ({ column: 'state' as const, in: some })),
  })),
  fc.array(states, { maxLength: 2 }).map((any) => ({
    any: any.map((some) => ({ column: 'state' as const, in: some })),
  })),
  states.map((some) => ({ not: { column: 'state' as const, in: some } })),
)

test('a list tells how many there are of its states, whatever was written and taken back', async () => {
  const writes = fc.array(fc.tuple(fc.nat(5), fc.constantFrom(...STATES), fc.boolean()), { maxLength: 20 })
  const asked = fc.record({ states: fc.option(states), where: fc.option(conditions) })
  const property = fc.asyncProperty(writes, asked, async (all, query) => {
    const store = openSqlite(':memory:', true)
    const has = new Map<number, { version: number; state: OrganizationState }>()
    for (const [at, state, isKept] of all) {
      const version = (has.get(at)?.version ?? 0) + 1
      const written = store.transact(async (transactor) => {
        await transactor.save(saving([numbered(at + 1, { version, state })]))
        if (!isKept) throw new Error('taken back')
      })
      if (isKept) has.set(at, { version, state })
      await (isKept ? written : assert.rejects(written, /taken back/))
    }
    const stale = store.transact((transactor) =>
      transactor.save(saving([numbered(1, { version: 99, state: 'deleted' })])),
    )
    await assert.rejects(stale, { code: 'precondition-failed' })
    const found = await store.read((reader) =>
      reader.organizations({
        tenant: TENANT.id,
        ...(query.states !== null && { states: query.states }),
        ...(query.where !== null && { where: query.where }),
        offset: 0,
        limit: 100,
      }),
    )
    await store.close()
    const passes = (condition: Condition | null, state: string): boolean => {
      if (condition === null) return true
      if ('all' in condition) return condition.all.every((one) => passes(one, state))
      if ('any' in condition) return condition.any.some((one) => passes(one, state))
      if ('not' in condition) return !passes(condition.not, state)
      return 'in' in condition && condition.in.includes(state)
    }
    const expected = [...has.values()].filter(
      ({ state }) => (query.states ?? [state]).includes(state) && passes(query.where, state),
    )
    assert.deepEqual([found.total, found.items.length], [expected.length, expected.length])
  })
  await fc.assert(property, { numRuns: 60 })
})
