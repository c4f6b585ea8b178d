import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { IndexChange, IndexRow } from '../../core/index-rows.ts'
import type { Change, Store } from '../../core/store.ts'
import { TENANT } from '../../core/testing/records.ts'
import { openBeside } from '../testing/beside.ts'
import { eventOf, numbered, personNumbered, saving } from '../testing/changes.ts'
import type { Kept } from './kept.ts'
import { createKept } from './kept.ts'
import { createMatching } from './matching-rows.ts'
import { statementsOf } from './statements.ts'

const tenant = TENANT.id

const ROW: IndexRow = { kind: 'x.new', key: '1', part: 'name' }

const STEPS = ['has', 'has not', 'comes', 'made anew', 'a', 'b', 'c'] as const

type Step = (typeof STEPS)[number]

/**
 * Organizations that have the row, by themselves, by one person who goes about, or by a look at what is due; and that are
 * called otherwise.
 */
function createChanging(store: Store) {
  const versions = new Map<number, number>()
  const names = new Map<number, IndexRow>()
  let at: number | undefined
  let version = 0
  const saved = (number: number, index: IndexChange): Change => {
    versions.set(number, (versions.get(number) ?? 0) + 1)
    return saving([numbered(number, { version: versions.get(number) ?? 1 })], index)
  }
  const called = (number: number, key: string): Change => {
    const old = names.get(number)
    names.set(number, { kind: 'name', key, part: 'name' })
    const index = { removed: old === undefined ? [] : [old], added: [{ kind: 'name', key, part: 'name' }] }
    return saved(number, index)
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
  const made: Readonly<Record<Step, (number: number) => Change | undefined>> = {
    has: (number) => saved(number, { removed: [], added: [ROW] }),
    'has not': (number) => saved(number, { removed: [ROW], added: [] }),
    comes: moved,
    'made anew': () => undefined,
    a: (number) => called(number, 'a'),
    b: (number) => called(number, 'b'),
    c: (number) => called(number, '\u{1f600}'),
  }
  return (number: number, step: Step) =>
    store.transact(async (transactor) => {
      if (!versions.has(number)) await transactor.save(called(number, 'b'))
      const change = made[step](number)
      if (change !== undefined) await transactor.save(change)
      else await transactor.saveIndex(numbered(number), { removed: [], added: [ROW] })
    })
}

test('lists and names that are kept are brought up to date with every commit', async (context) => {
  const { store, database } = openBeside(context)
  const statement = statementsOf(database)
  const change = createChanging(store)
  const fresh = () => createKept(database, statement)
  const where = { kind: ROW.kind, test: { is: ROW.key } } as const
  const everyone = { tenant, where: { column: 'number', range: { from: '0' } } } as const

  const told = ({ snapshot, lists, names }: Kept) =>
    snapshot(() => {
      const matching = createMatching(statement, lists)
      const [all] = matching(everyone, [])
      const orders = [false, true].flatMap((descending) =>
        [undefined, 'a', 'b', 'x', '\u{ffff}'].map((after) =>
          [1, 2, 9].map((most) => names.first(tenant, all, { descending, after }, most)),
        ),
      )
      return { has: matching({ tenant, where }, [])[0], orders }
    })

  const steps = fc.array(
    fc.record({
      number: fc.integer({ min: 201, max: 205 }),
      step: fc.constantFrom(...STEPS),
      isAsked: fc.boolean(),
    }),
    { maxLength: 20 },
  )
  const property = fc.asyncProperty(steps, fc.integer({ min: 1, max: 8 }), async (all, most) => {
    const kept = createKept(database, statement, { most, long: 0 })
    for (const { number, step, isAsked } of [...all, { number: 201, step: 'has' as const, isAsked: true }]) {
      await change(number, step)
      if (isAsked) assert.deepEqual(told(kept), told(fresh()))
    }
  })
  await fc.assert(property, { numRuns: 100, endOnFailure: true })
})
