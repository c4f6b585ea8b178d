import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import type { Indexer } from '../../core/index-rows.ts'
import { CORE_INDEXERS } from '../../core/index-rows.ts'
import type { Walking } from '../../core/reindexing.ts'
import { beginReindexing, reindexNext } from '../../core/reindexing.ts'
import type { Store } from '../../core/store.ts'
import { NOW, TENANT, uuid } from '../../core/testing/records.ts'
import { numbered, personNumbered, replacing, saving } from './changes.ts'

const tenant = TENANT.id

/** What a release with other index rows does to a directory of an earlier one. */
export function reindexContract(engine: string, open: () => Promise<Store>): void {
  const FIRST = 'first.digits'
  const digits: Indexer = {
    parts: ['name'],
    rows: ({ name }) => [{ kind: FIRST, key: (name['nl'] ?? '').replace(/\D/g, ''), part: 'name' }],
    ofPeople: { parts: ['name'], rows: ({ name }) => [{ kind: 'first.people', key: name.full }] },
  }

  /** `count` organizations of the earlier release, and how the one with another indexer walks. */
  async function opened(context: TestContext, count: number) {
    const store = await open()
    context.after(() => store.close())
    await store.transact(async (transactor) => {
      for (let number = 1; number <= count; number += 1)
        await transactor.save(saving([numbered(number), personNumbered(number)]))
    })
    const walking = (walker: string, form = 'b', now = NOW): Walking => ({
      store,
      indexers: [...CORE_INDEXERS, digits],
      form,
      walker,
      now: () => now,
    })
    const holderOf = (key: string, kind = FIRST) => store.read((reader) => reader.holderOf(tenant, kind, key))
    return { store, walking, holderOf }
  }

  const walkAll = async (walking: Walking) => {
    const steps = []
    do steps.push(await reindexNext(walking))
    while (steps.at(-1)?.state === 'walking')
    return steps
  }

  describe(`${engine}: index rows of an earlier release`, () => {
    test('are made anew, step by step, and once', async (context) => {
      const { walking, holderOf } = await opened(context, 45)
      assert.equal(await holderOf('45'), undefined)
      const steps = await walkAll(walking('one'))
      assert.deepEqual(
        steps.map(({ state, looked, changed }) => [state, looked, changed]),
        [
          ['walking', 20, 20],
          ['walking', 20, 20],
          ['done', 5, 5],
        ],
      )
      assert.deepEqual([await holderOf('1'), await holderOf('45')], [uuid(1), uuid(45)])
      assert.deepEqual(await walkAll(walking('two')), [{ state: 'done', looked: 0, changed: 0 }])
    })

    test('go when this release makes them no more', async (context) => {
      const { walking, holderOf } = await opened(context, 1)
      await walkAll(walking('one'))
      await walkAll({ ...walking('one', 'c'), indexers: CORE_INDEXERS })
      assert.equal(await holderOf('1'), undefined)
    })

    test('are gone on with where another process stopped, when it is not heard of any more', async (context) => {
      const { walking } = await opened(context, 45)
      await reindexNext(walking('one'))
      const later = new Date(Date.parse(NOW) + 60_000).toISOString()
      assert.equal((await reindexNext(walking('two'))).state, 'elsewhere')
      assert.deepEqual(await reindexNext(walking('two', 'b', later)), {
        state: 'walking',
        looked: 20,
        changed: 20,
      })
      assert.equal((await reindexNext(walking('one', 'b', later))).state, 'elsewhere')
      assert.deepEqual(await reindexNext(walking('two', 'b', later)), {
        state: 'done',
        looked: 5,
        changed: 5,
      })
    })

    test('may be asked for anew', async (context) => {
      const { store, walking, holderOf } = await opened(context, 1)
      await walkAll(walking('one'))
      const row = { kind: FIRST, key: '1', part: 'name' }
      await store.transact((tx) => tx.saveIndex({ tenant, id: uuid(1) }, { added: [], removed: [row] }))
      assert.equal(await holderOf('1'), undefined)
      await beginReindexing(walking('two'))
      await walkAll(walking('two'))
      assert.equal(await holderOf('1'), uuid(1))
    })

    test('that are there already stand in no way of a write', async (context) => {
      const { store, walking, holderOf } = await opened(context, 1)
      const row = { kind: 'name', key: 'after', part: 'name' }
      await store.transact((tx) => tx.saveIndex({ tenant, id: uuid(1) }, { added: [row], removed: [] }))
      const after = numbered(1, { version: 2, name: { nl: 'After' } })
      await store.transact((tx) => tx.save(replacing(numbered(1), after)))
      await walkAll(walking('one'))
      assert.equal(await holderOf('after', 'name'), uuid(1))
    })
  })
}
