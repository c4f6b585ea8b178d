import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import fc from 'fast-check'
import { sizeOfSet } from '../../core/row-set.ts'
import { TENANT } from '../../core/testing/records.ts'
import { numbered, saving } from '../testing/changes.ts'
import { assertMatching, moreConditions, rowQueries, saveMixed } from '../testing/rows-contract.ts'
import { openSqlite } from './index.ts'
import { createKeptLists } from './kept-lists.ts'
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
    const matching = createMatching(database, statement, limits, createKeptLists(statement, 0))
    await store.read((reader) =>
      assertMatching(
        { matching: async (asked, more) => matching(asked, more), ofRows: reader.ofRows },
        query,
        among,
      ),
    )
  })
  await fc.assert(property, { numRuns: 500 })
})

test('lists that are kept are those of the last commit', async (context) => {
  const { store, database, statement } = await opened(context)
  const kept = createKeptLists(statement, 0)
  const matching = createMatching(database, statement, undefined, kept)
  const query = { tenant: TENANT.id, where: { kind: 'x.new', test: { is: '1' } } as const }
  for (let number = 101; number <= 103; number += 1) {
    const added = [{ kind: 'x.new', key: '1', part: 'name' }]
    await store.transact((transactor) => transactor.save(saving([numbered(number)], { removed: [], added })))
    for (const _ of ['made', 'kept']) {
      const [all] = matching(query, [])
      assert.equal(sizeOfSet(all), number - 100)
    }
  }
})
