import { test } from 'node:test'
import fc from 'fast-check'
import type { Condition } from '../../core/query.ts'
import type { RowQuery } from '../../core/store.ts'
import { openBeside } from '../testing/beside.ts'
import { assertMatching, moreConditions, rowQueries, saveMixed } from '../testing/rows-contract.ts'
import { createKept } from './kept.ts'
import { createMatching } from './matching-rows.ts'
import { statementsOf } from './statements.ts'

test('rows that match are found, whether by lists or one by one', async (context) => {
  const { store, database } = openBeside(context)
  const statement = statementsOf(database)
  await saveMixed(store)
  const few = fc.record({
    led: fc.constantFrom(0, 5, 1_000),
    unled: fc.constantFrom(0, 10, 1_000),
    beside: fc.constantFrom(0, 20, 1_000),
    longer: fc.constantFrom(0, 0.5, 25),
  })
  const property = fc.asyncProperty(rowQueries, moreConditions, few, async (query, among, limits) => {
    const kept = createKept(database, statement, { most: 100, long: 0 })
    const matching = createMatching(statement, kept.lists, limits)
    const told = async (asked: RowQuery, more: readonly Condition[]) =>
      kept.snapshot(() => matching(asked, more))
    await store.read(({ ofRows }) => assertMatching({ matching: told, ofRows }, query, among))
  })
  await fc.assert(property, { numRuns: 500 })
})
