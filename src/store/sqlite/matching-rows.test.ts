import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import fc from 'fast-check'
import type { IndexChange } from '../../core/index-rows.ts'
import type { Change, Store } from '../../core/store.ts'
import { TENANT } from '../../core/testing/records.ts'
import { eventOf, numbered, personNumbered, saving } from '../testing/changes.ts'
import { assertMatching, moreConditions, rowQueries, saveMixed } from '../testing/rows-contract.ts'
import { openSqlite } from './index.ts'
import type { KeptLists } from './kept-lists.ts'
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
    const matching = createMatching(
      database,
      statement,
      limits,
      createKeptLists(statement, { long: 0, most: 100 }),
    )
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

const ROW = { kind: 'x.new', key: '1', part: 'name' }

type Step = 'has' | 'has not' | 'comes' | 'made anew'

/** Organizations that have the row, by themselves, by one person who goes about, or by a look at what is due. */
function createChanging(store: Store) {
  const versions = new Map<number, number>()
  let at: number | undefined
  let version = 0
  const saved = (number: number, index: IndexChange) => {
    versions.set(number, (versions.get(number) ?? 0) + 1)
    return saving([numbered(number, { version: versions.get(number) ?? 1 })], index)
  }
  const moved = (number: number): Change => {
    const before = at
    at = number
    version += 1
    const after = personNumbered(1, { version, organization: numbered(number).id })
    const parts =
      before === undefined ? {} : { organization: [numbered(before).id, after.organization] as const }
    const index = { removed: [ROW], added: [ROW], from: numbered(before ?? number).id }
    return { people: [{ after, before: version - 1, index }], events: [eventOf(after, parts)] }
  }
  return async (number: number, step: Step) => {
    await store.transact(async (transactor) => {
      if (!versions.has(number)) await transactor.save(saved(number, { removed: [], added: [] }))
      if (step === 'has') await transactor.save(saved(number, { removed: [], added: [ROW] }))
      if (step === 'has not') await transactor.save(saved(number, { removed: [ROW], added: [] }))
      if (step === 'comes') await transactor.save(moved(number))
      if (step === 'made anew') await transactor.saveIndex(numbered(number), { removed: [], added: [ROW] })
    })
  }
}

test('lists that are kept are brought up to date with every commit', async (context) => {
  const { store, database, statement } = await opened(context)
  const change = createChanging(store)
  const query = { tenant: TENANT.id, where: { kind: ROW.kind, test: { is: ROW.key } } }
  const rowsIn = (lists: KeptLists) => createMatching(database, statement, undefined, lists)(query, [])[0]
  const steps = fc.array(
    fc.record({
      number: fc.integer({ min: 201, max: 204 }),
      step: fc.constantFrom<Step>('has', 'has not', 'comes', 'made anew'),
      isAsked: fc.boolean(),
    }),
    { maxLength: 20 },
  )
  const property = fc.asyncProperty(steps, fc.integer({ min: 1, max: 8 }), async (all, most) => {
    const kept = createKeptLists(statement, { long: 0, most })
    for (const { number, step, isAsked } of [...all, { number: 201, step: 'has' as const, isAsked: true }]) {
      await change(number, step)
      if (isAsked) assert.deepEqual(rowsIn(kept), rowsIn(createKeptLists(statement)))
    }
  })
  await fc.assert(property, { numRuns: 50, endOnFailure: true })
})
