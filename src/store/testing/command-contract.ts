import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import { Problem } from '../../core/problem.ts'
import type { Change, Store, Transactor } from '../../core/store.ts'
import { TENANT, uuid } from '../../core/testing/records.ts'
import { eventOf, numbered, personNumbered, saving } from './changes.ts'

const tenant = TENANT.id

/** More than any engine puts into one transaction. */
const MANY = 500

/** How commands run: alone, whole or not at all, and told only when they are durable. */
export function commandContract(engine: string, open: () => Promise<Store>): void {
  const opened = async (context: TestContext): Promise<Store> => {
    const store = await open()
    context.after(() => store.close())
    return store
  }

  const save = (store: Store, change: Change): Promise<void> =>
    store.transact((transactor) => transactor.save(change))

  const noteOf = async (store: Store, number: number): Promise<string | undefined> =>
    (await store.read((reader) => reader.dossier({ tenant, number }, 'none')))?.organization.note

  const eventsOf = (store: Store) => store.read((reader) => reader.events(0, 10_000))

  const refusedAs = (code: string) => (error: unknown) => error instanceof Problem && error.code === code

  describe(`${engine}: commands`, () => {
    test('gives what the work gives', async (context) => {
      const store = await opened(context)
      assert.equal(await store.transact(async () => 'done'), 'done')
      assert.equal(await store.read(async () => 'read'), 'read')
    })

    test('an error of the work is told as it is, and nothing of the work is kept', async (context) => {
      const store = await opened(context)
      const error = new Error('no')
      const work = store.transact(async (transactor) => {
        await transactor.save(saving([numbered(1)]))
        await transactor.saveSettings([{ kind: 'secret', tenant: '', id: 'a', value: { value: 'x' } }])
        throw error
      })
      await assert.rejects(work, (found) => found === error)
      assert.equal(await store.read((reader) => reader.dossier({ tenant, number: 1 }, 'none')), undefined)
      assert.equal(await store.read((reader) => reader.settingsVersion()), 0)
      assert.deepEqual(await eventsOf(store), [])
    })

    test('a command reads its own writes, and so does the next one', async (context) => {
      const store = await opened(context)
      const noteIn = async (transactor: Transactor) =>
        (await transactor.dossier({ tenant, number: 1 }, 'all'))?.organization.note
      const first = store.transact(async (transactor) => {
        await transactor.save(saving([numbered(1, { note: 'x' })]))
        return noteIn(transactor)
      })
      const second = store.transact(noteIn)
      assert.deepEqual(await Promise.all([first, second]), ['x', 'x'])
    })

    test('what a command wrote is read as soon as it is told', async (context) => {
      const store = await opened(context)
      for (let version = 1; version <= 20; version += 1) {
        await save(store, saving([numbered(1, { version, note: String(version) })]))
        assert.equal(await noteOf(store, 1), String(version))
      }
    })

    test('a command that fails takes nothing of the others with it', async (context) => {
      const store = await opened(context)
      const outcomes = await Promise.allSettled([
        save(store, saving([numbered(1)])),
        store.transact(async (transactor) => {
          await transactor.save(saving([numbered(2), personNumbered(1, { organization: uuid(2) })]))
          await transactor.saveSettings([{ kind: 'secret', tenant: '', id: 'a', value: { value: 'x' } }])
          throw new Error('no')
        }),
        save(store, saving([numbered(3)])),
      ])
      const found = await store.read((reader) => reader.organizations({ tenant, offset: 0, limit: 10 }))
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled'],
      )
      assert.deepEqual(
        found.items.map(({ number }) => number),
        [1, 3],
      )
      assert.deepEqual(
        (await eventsOf(store)).map(({ record }) => record),
        [uuid(1), uuid(3)],
      )
      assert.equal(await store.read((reader) => reader.settingsVersion()), 0)
    })

    test(`${MANY} commands at once run one after another`, async (context) => {
      const store = await opened(context)
      await save(store, saving([numbered(1)]))
      const raise = () =>
        store.transact(async (transactor) => {
          const found = await transactor.dossier({ tenant, number: 1 }, 'none')
          const version = (found?.organization.version ?? 0) + 1
          await transactor.save(saving([numbered(1, { version })]))
          return version
        })
      const versions = await Promise.all(Array.from({ length: MANY }, raise))
      assert.deepEqual(
        versions,
        Array.from({ length: MANY }, (_, at) => at + 2),
      )
      const told = (await eventsOf(store)).map(({ version }) => version)
      assert.deepEqual(
        told,
        Array.from({ length: MANY + 1 }, (_, at) => at + 1),
      )
    })
  })

  describe(`${engine}: versions`, () => {
    /** Each row: what is wrong with a change that also has much that is right. */
    const stale: Readonly<Record<string, Change>> = {
      'an organization that has moved on': saving([
        numbered(1, { version: 2, note: 'stale' }),
        personNumbered(2),
      ]),
      'an organization that has moved on, of which nothing is told': {
        ...saving([numbered(1, { version: 2, note: 'stale' })]),
        events: [],
      },
      'a person who has moved on, of whom nothing is told': {
        ...saving([personNumbered(1, { version: 2, title: 'stale' })]),
        events: [],
      },
      'an organization that is not there': saving([numbered(9, { version: 2 }), personNumbered(2)]),
      'a new organization with an id that is taken': saving([numbered(1, { number: 8 }), personNumbered(2)]),
      'a new organization with a number that is taken': saving([
        numbered(8, { number: 1 }),
        personNumbered(2),
      ]),
      'a person who has moved on': saving([
        numbered(1, { version: 4, note: 'stale' }),
        personNumbered(1, { version: 2 }),
      ]),
      'a person who is not there': saving([
        numbered(1, { version: 4, note: 'stale' }),
        personNumbered(9, { version: 2 }),
      ]),
      'a new person with an id that is taken': saving([
        numbered(1, { version: 4, note: 'stale' }),
        personNumbered(1, { number: 8 }),
      ]),
    }

    for (const [fault, change] of Object.entries(stale)) {
      test(`${fault} is refused, with everything else of the command`, async (context) => {
        const store = await opened(context)
        await save(store, saving([numbered(1), personNumbered(1)]))
        await save(store, saving([numbered(1, { version: 2 }), personNumbered(1, { version: 2 })]))
        await save(store, saving([numbered(1, { version: 3, note: 'kept' })]))
        await assert.rejects(save(store, change), refusedAs('precondition-failed'))
        const found = await store.read((reader) => reader.dossier({ tenant, number: 1 }, 'all'))
        assert.deepEqual([found?.organization.version, found?.organization.note], [3, 'kept'])
        assert.deepEqual(
          found?.people.map(({ number, version }) => [number, version]),
          [[1, 2]],
        )
        assert.equal((await eventsOf(store)).length, 5)
      })
    }

    test('of two commands that start from one version, the second is refused', async (context) => {
      const store = await opened(context)
      await save(store, saving([numbered(1)]))
      const outcomes = await Promise.allSettled([
        save(store, saving([numbered(1, { version: 2, note: 'first' })])),
        save(store, saving([numbered(1, { version: 2, note: 'second' })])),
      ])
      assert.deepEqual(
        outcomes.map(({ status }) => status),
        ['fulfilled', 'rejected'],
      )
      assert.equal(await noteOf(store, 1), 'first')
    })
  })

  describe(`${engine}: sequences`, () => {
    const next = (store: Store, of = tenant, name = 'organization') =>
      store.transact((transactor) => transactor.nextNumber(of, name))

    test('each counts from 1, for its tenant and name', async (context) => {
      const store = await opened(context)
      assert.deepEqual([await next(store), await next(store), await next(store)], [1, 2, 3])
      assert.deepEqual([await next(store, 'other'), await next(store, tenant, 'person')], [1, 1])
    })

    test('no number is given twice to what is kept', async (context) => {
      const store = await opened(context)
      const take = (isKept: boolean) =>
        store.transact(async (transactor) => {
          const number = await transactor.nextNumber(tenant, 'organization')
          await transactor.save({ people: [], events: [eventOf(numbered(number))] })
          if (!isKept) throw new Error('no')
          return number
        })
      const outcomes = await Promise.allSettled(Array.from({ length: 60 }, (_, at) => take(at % 3 !== 0)))
      const kept = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
      assert.equal(kept.length, 40)
      assert.equal(new Set(kept).size, 40)
    })
  })

  describe(`${engine}: closing`, () => {
    test('waits for what has begun', async (context) => {
      const store = await opened(context)
      const begun = Array.from({ length: 20 }, (_, at) => save(store, saving([numbered(at + 1)])))
      const closed = store.close()
      const outcomes = await Promise.allSettled(begun)
      await closed
      assert.ok(outcomes.every(({ status }) => status === 'fulfilled'))
    })

    test('afterwards the store is unavailable, and may be closed again', async (context) => {
      const store = await opened(context)
      await store.close()
      await assert.rejects(
        store.read((reader) => reader.settingsVersion()),
        refusedAs('store-unavailable'),
      )
      await assert.rejects(
        store.transact(async () => {}),
        refusedAs('store-unavailable'),
      )
      await store.close()
    })

    test('tells who watches after each commit, until they stop', async (context) => {
      const store = await opened(context)
      let told = 0
      const stop = store.watch(() => {
        told += 1
      })
      await save(store, saving([numbered(1)]))
      // More than once does no harm.
      assert.ok(told > 0)
      stop()
      const before = told
      await save(store, saving([numbered(2)]))
      assert.equal(told, before)
    })
  })
}
