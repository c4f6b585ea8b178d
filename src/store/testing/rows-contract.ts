import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { IndexRow } from '../../core/index-rows.ts'
import type { Organization } from '../../core/organization.ts'
import type { Condition } from '../../core/query.ts'
import { matchesRows } from '../../core/row-matching.ts'
import { rowsIn } from '../../core/row-set.ts'
import type { Reader, RowQuery, RowStamps, StampsFrom, Store } from '../../core/store.ts'
import { TENANT } from '../../core/testing/records.ts'
import { numbered, replacing, saving } from './changes.ts'

const tenant = TENANT.id

/** Sets of rows, and what is told of rows without their documents. */
export function rowsContract(engine: string, open: () => Promise<Store>): void {
  describe(`${engine}: rows of organizations`, () => {
    test('those that match are told all at once, with those of them that match more', async () => {
      const store = await open()
      await saveMixed(store)
      const property = fc.asyncProperty(rowQueries, moreConditions, (query, among) =>
        store.read(async (reader) => assertMatching(reader, query, among)),
      )
      await fc.assert(property, { numRuns: 200 })
      await store.close()
    })

    test('each tells when its parts changed, and the log which of them did since', async (context) => {
      const store = await open()
      context.after(() => store.close())
      const all = [1, 2, 3, 4, 5].map((number) =>
        numbered(number, { changed: { name: { version: 1, at: dayOf(number), by: 'ann' } } }),
      )
      await store.transact(async (transactor) => {
        for (const one of all) await transactor.save(saving([one]))
        await transactor.save(saving([numbered(1, { tenant: 'other' })]))
      })
      const told = await stampsBehind(store, { row: 0 })
      const expected = [...all, numbered(1, { tenant: 'other' })]
      assert.deepEqual(told.map(plain), expected.map(stampsOf))

      const seq = await store.read((reader) => reader.lastSeq())
      assert.deepEqual(await stampsBehind(store, { seq }), [])
      const latest = new Map(all.map((one) => [one.number, one]))
      for (const [at, number] of [4, 2, 4].entries()) {
        const before = latest.get(number) as Organization
        const version = before.version + 1
        const stamp = { version, at: dayOf(7 + at), by: 'bram' }
        const after = { ...before, version, note: `${at}`, changed: { ...before.changed, note: stamp } }
        await store.transact((transactor) => transactor.save(replacing(before, after)))
        latest.set(number, after)
      }
      const since = new Map((await stampsBehind(store, { seq })).map((one) => [one.number, plain(one)]))
      assert.deepEqual(since, new Map([4, 2].map((one) => [one, stampsOf(latest.get(one) as Organization)])))
    })
  })
}

/** What a set of rows stands for is what a look at each tells. */
export async function assertMatching(
  reader: Pick<Reader, 'matching' | 'ofRows'>,
  query: RowQuery,
  among: readonly Condition[],
): Promise<void> {
  const [all, ...some] = await reader.matching(query, among)
  const { states, where = { all: [] } } = query
  const holds = (condition: Condition) => (number: number) =>
    matchesRows(condition, mixedOne(number), rowsFor(number).filter(isKnownTo(query)))
  const expected = MIXED.filter(holds(where)).filter(
    (number) => states === undefined || states.includes(mixedOne(number).state),
  )
  const numbersOf = async (rows: readonly number[]) =>
    (await reader.ofRows(rows)).map(({ number }) => number).sort((left, right) => left - right)
  assert.deepEqual(await numbersOf(rowsIn(all)), expected, JSON.stringify(query))
  for (const [at, condition] of among.entries())
    assert.deepEqual(await numbersOf(rowsIn(some[at] ?? all)), expected.filter(holds(condition)))
}

const MIXED = Array.from({ length: 40 }, (_, at) => at + 1)

export async function saveMixed(store: Store): Promise<void> {
  await store.transact(async (transactor) => {
    for (const number of MIXED)
      await transactor.save(saving([mixedOne(number)], { removed: [], added: rowsFor(number) }))
    await transactor.save(saving([numbered(1, { tenant: 'other' })], { removed: [], added: rowsFor(1) }))
  })
}

function mixedOne(number: number): Organization {
  const state = number % 5 === 0 ? 'deleted' : number % 7 === 0 ? 'inactive' : 'active'
  return numbered(number, { state, created: { at: dayOf(number % 9), by: 'ann' }, shownAt: 1_000 + number })
}

function rowsFor(number: number): readonly IndexRow[] {
  return [
    { kind: 'name', key: `n${number % 10}`, part: 'name' },
    ...(number % 2 === 0 ? [{ kind: 'x.word', key: 'aa', part: 'note' }] : []),
    ...(number % 3 === 0 ? [{ kind: 'x.word', key: 'ab', part: 'labels' }] : []),
    ...(number % 4 === 0 ? [{ kind: 'x.note', key: `b${number}`, part: 'note' }] : []),
  ]
}

function isKnownTo({ hiddenParts = [], onlyParts }: RowQuery) {
  return ({ part }: IndexRow) => !hiddenParts.includes(part) && onlyParts?.includes(part) !== false
}

const atoms = fc.constantFrom<Condition[]>(
  { kind: 'x.word', test: { startsWith: 'a' } },
  { kind: 'x.word', test: { is: 'ab' } },
  { kind: 'x.word', test: { contains: 'b' } },
  { kind: 'x.word' },
  { kind: 'x.note', part: 'note', test: { startsWith: 'b1' } },
  { kind: 'x.note', part: 'note' },
  { kind: 'x.none', test: { is: 'a' } },
  { kind: 'name', test: { any: [{ is: 'n3' }, { is: 'n4' }] } },
  { column: 'state', in: ['active', 'inactive'] },
  { column: 'state', in: ['deleted'] },
  { column: 'number', in: ['3', '4', '12', 'x'] },
  { column: 'number', range: { from: '10', to: '30', excludes: 'to' } },
  { column: 'shownAt', range: { from: '1020' } },
  { column: 'createdAt', range: { to: '2024-01-04T00:00:00.000Z' } },
)

const mixed: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'rows' },
    { weight: 3, arbitrary: atoms },
    { weight: 1, arbitrary: tie('condition').map((not): Condition => ({ not })) },
    { weight: 2, arbitrary: fc.array(tie('condition'), { maxLength: 3 }).map((all) => ({ all })) },
    { weight: 2, arbitrary: fc.array(tie('condition'), { maxLength: 3 }).map((any) => ({ any })) },
  ),
})).condition

export const moreConditions = fc.array(mixed, { maxLength: 3 })

export const rowQueries: fc.Arbitrary<RowQuery> = fc
  .record({
    states: fc.option(fc.subarray(['active', 'inactive', 'deleted'] as const), { nil: undefined }),
    where: fc.option(mixed, { nil: undefined }),
    hiddenParts: fc.option(fc.subarray(['note', 'labels']), { nil: undefined }),
    onlyParts: fc.option(fc.subarray(['name', 'note', 'labels']), { nil: undefined }),
  })
  .map(({ states, where, hiddenParts, onlyParts }) => ({
    tenant,
    ...(states && { states }),
    ...(where && { where }),
    ...(hiddenParts && { hiddenParts }),
    ...(onlyParts && { onlyParts }),
  }))

const dayOf = (day: number): string => `2024-01-0${day + 1}T00:00:00.000Z`.replace('010T', '10T')

/** A stretch after the other, each of few. */
async function stampsBehind(store: Store, from: StampsFrom): Promise<readonly RowStamps[]> {
  const all: RowStamps[] = []
  let asked = from
  for (;;) {
    const { items, end, isEnd } = await store.read((reader) => reader.stamps(asked, 2))
    all.push(...items)
    asked = 'row' in from ? { row: end } : { seq: end }
    if (isEnd) return all
  }
}

function plain({ number, created, changed }: RowStamps) {
  return { number, created, changed }
}

function stampsOf({ number, created, changed }: Organization) {
  return { number, created: created.at, changed }
}
