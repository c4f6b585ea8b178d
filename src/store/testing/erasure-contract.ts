import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import type { Store } from '../../core/store.ts'
import { TENANT, uuid } from '../../core/testing/records.ts'
import { numbered, personNumbered, saving } from './changes.ts'

const tenant = TENANT.id

/** What an erasure needs of an engine. */
export function erasureContract(engine: string, open: () => Promise<Store>): void {
  const opened = async (context: TestContext): Promise<Store> => {
    const store = await open()
    context.after(() => store.close())
    return store
  }

  const save = (store: Store, ...changes: readonly Parameters<typeof saving>[0][]): Promise<void> =>
    store.transact(async (transactor) => {
      for (const records of changes) await transactor.save(saving(records))
    })

  describe(`${engine}: erasure`, () => {
    test('an event that is blanked keeps its place, whoever else is written with it', async (context) => {
      const store = await opened(context)
      await save(store, [numbered(1)], [numbered(2)])
      const [first, second] = await store.read((reader) => reader.events(0, 10))
      assert.ok(first !== undefined)
      await store.transact(async (transactor) => {
        await transactor.save(saving([numbered(3)]))
        await transactor.blank([{ ...first, parts: { note: [null, null] } }])
        assert.deepEqual((await transactor.history(tenant, first.record))[0]?.parts, { note: [null, null] })
      })
      const after = await store.read((reader) => reader.events(0, 10))
      assert.deepEqual(after.slice(0, 2), [{ ...first, parts: { note: [null, null] } }, second])
      assert.equal(after.length, 3)
    })

    test('nothing is blanked by a command that fails', async (context) => {
      const store = await opened(context)
      await save(store, [numbered(1)])
      const before = await store.read((reader) => reader.events(0, 10))
      await assert.rejects(
        store.transact(async (transactor) => {
          await transactor.blank(before.map((event) => ({ ...event, parts: {} })))
          throw new Error('no')
        }),
      )
      await assert.rejects(
        store.transact((transactor) => transactor.blank(before.map((event) => ({ ...event, seq: 99 })))),
      )
      assert.deepEqual(await store.read((reader) => reader.events(0, 10)), before)
    })

    test('objects are found by an id in their value', async (context) => {
      const store = await opened(context)
      const object = (id: string, value: unknown) => ({ kind: 'answer', id, about: '', value })
      await store.transact(async (transactor) => {
        await transactor.saveObject(tenant, object('a', { body: `{"uid":"urn:uuid:${uuid(1)}"}` }))
        await transactor.saveObject(tenant, object('b', { body: uuid(2) }))
        await transactor.saveObject(tenant, { ...object('c', uuid(1)), kind: 'image' })
        await transactor.saveObject('other', object('d', uuid(1)))
      })
      const naming = (id: string) => store.read((reader) => reader.objectsNaming(tenant, 'answer', id))
      assert.deepEqual(await naming(uuid(1)), [object('a', { body: `{"uid":"urn:uuid:${uuid(1)}"}` })])
      assert.deepEqual(await naming('%'), [])
    })

    test('files are written anew with all that is there', async (context) => {
      const store = await opened(context)
      await save(store, [numbered(1), personNumbered(1)])
      const before = await store.read((reader) => reader.inventory(undefined, 10))
      assert.equal(await store.purge(), true)
      assert.deepEqual(await store.read((reader) => reader.inventory(undefined, 10)), before)
      await save(store, [numbered(2)])
      assert.equal(await store.read((reader) => reader.lastSeq()), 3)
    })
  })
}
