import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Condition } from '../../core/query.ts'
import type { RowQuery } from '../../core/store.ts'
import { assertMatching, moreConditions, rowQueries, saveMixed } from '../testing/rows-contract.ts'
import { openSqlite } from './index.ts'
import { createKept } from './kept.ts'
import { createMatching } from './matching-rows.ts'
import { statementsOf } from './statements.ts'

/** A store with records, and another connection to it that reads. */
async function opened(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'polydex-'))
  const file = join(folder, 'rows.db')
  const store = openSqlite(file, true)
  const database = new DatabaseSync(file, { readOnly: true })
  context.after(async () => {
    database.close()
    await store.close()
    rmSync(folder, { recursive: true })
  })
  await saveMixed(store)
  return { store, database, statement: statementsOf(database) }
}

test('rows that match are found, whether by lists or one by one', async (context) => {
  const { store, database, statement } = await opened(context)
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
