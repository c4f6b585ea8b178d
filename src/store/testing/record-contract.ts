import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import type { Dossier, People } from '../../core/dossier.ts'
import type { Change, OrganizationKey, PersonKey, Stock, Store } from '../../core/store.ts'
import { TENANT, uuid } from '../../core/testing/records.ts'
import { eventOf, numbered, personNumbered, saving } from './changes.ts'

const tenant = TENANT.id

/** What is saved of records, people, index keys and events, and how it is read. */
export function recordContract(engine: string, open: () => Promise<Store>): void {
  const opened = async (context: TestContext): Promise<Store> => {
    const store = await open()
    context.after(() => store.close())
    return store
  }

  const save = (store: Store, ...changes: readonly Change[]): Promise<void> =>
    store.transact(async (transactor) => {
      for (const change of changes) await transactor.save(change)
    })

  const dossier = (store: Store, key: OrganizationKey, people: People = 'none', focus?: PersonKey) =>
    store.read((reader) => reader.dossier(key, people, focus))

  const holderOf = (store: Store, key: string, of = tenant) =>
    store.read((reader) => reader.holderOf(of, 'website', key))

  describe(`${engine}: records`, () => {
    test('an organization is read by id and by number, as it was saved, member for member', async (context) => {
      const store = await opened(context)
      const saved = numbered(1, { name: { nl: 'x', fr: '😀' }, facets: { a: { z: null, b: [1.5, '"'] } } })
      await save(store, saving([saved]))
      const byId = await dossier(store, { tenant, id: saved.id })
      const byNumber = await dossier(store, { tenant, number: 1 })
      assert.deepEqual(byId, { organization: saved, people: [] })
      assert.deepEqual(byNumber, byId)
      assert.equal(JSON.stringify(byId?.organization.name), '{"nl":"x","fr":"😀"}')
    })

    test('what was never saved is not found, whatever the key', async (context) => {
      const store = await opened(context)
      await save(store, saving([numbered(1)]))
      const keys = [0, -1, 2, 1.5, Number.NaN, 2 ** 31, 2 ** 53, Number.POSITIVE_INFINITY].map((number) => ({
        number,
      }))
      for (const key of [...keys, { id: uuid(2) }, { id: '' }, { id: "'" }, {}]) {
        assert.equal(await dossier(store, { tenant, ...key }), undefined)
      }
    })

    test('the highest number that an int32 holds is found', async (context) => {
      const store = await opened(context)
      await save(store, saving([numbered(2 ** 31 - 1)]))
      assert.equal((await dossier(store, { tenant, number: 2 ** 31 - 1 }))?.organization.number, 2 ** 31 - 1)
    })

    test('a new version replaces the one before', async (context) => {
      const store = await opened(context)
      await save(store, saving([numbered(1)]))
      await save(store, saving([numbered(1, { version: 2, note: 'x' })]))
      const found = await dossier(store, { tenant, number: 1 })
      assert.deepEqual([found?.organization.version, found?.organization.note], [2, 'x'])
    })

    test('tenants share nothing but the engine', async (context) => {
      const store = await opened(context)
      const links = [{ id: '1-1', uri: 'https://x.example', kind: 'website' as const }]
      await save(store, saving([numbered(1, { links }), personNumbered(1)]))
      await save(
        store,
        saving([numbered(1, { tenant: 'other', note: 'other' }), personNumbered(1, { tenant: 'other' })]),
      )
      assert.equal((await dossier(store, { tenant, number: 1 }))?.organization.note, undefined)
      assert.equal(
        (await dossier(store, { tenant: 'other', id: uuid(1) }, 'all'))?.organization.note,
        'other',
      )
      assert.equal(await dossier(store, { tenant: 'third', id: uuid(1) }), undefined)
      assert.equal(await holderOf(store, 'x.example', 'other'), undefined)
      await save(store, saving([numbered(1, { version: 2, note: 'ours' })]))
      assert.equal((await dossier(store, { tenant: 'other', number: 1 }))?.organization.note, 'other')
    })
  })

  describe(`${engine}: people`, () => {
    const roles = { support: uuid(103), 'primary-contact': uuid(101), 'technical-contact': uuid(101) }

    const withPeople = async (context: TestContext): Promise<Store> => {
      const store = await opened(context)
      const people = [3, 1, 2].map((number) => personNumbered(number))
      const deleted = personNumbered(4, { state: 'deleted' })
      await save(store, saving([numbered(1, { roles }), ...people, deleted]))
      await save(store, saving([numbered(2), personNumbered(5, { organization: uuid(2) })]))
      return store
    }

    const numbersOf = (found: Dossier | undefined) => found?.people.map(({ number }) => number)

    test('all people are those of the organization that are not deleted, by number', async (context) => {
      const store = await withPeople(context)
      assert.deepEqual(numbersOf(await dossier(store, { tenant, number: 1 }, 'all')), [1, 2, 3])
    })

    test('role holders are each given once, by number', async (context) => {
      const store = await withPeople(context)
      assert.deepEqual(numbersOf(await dossier(store, { tenant, number: 1 }, 'role-holders')), [1, 3])
      assert.deepEqual(numbersOf(await dossier(store, { tenant, number: 2 }, 'role-holders')), [])
    })

    test('a person is in focus by id or number, of that organization alone', async (context) => {
      const store = await withPeople(context)
      const focused = async (focus?: PersonKey) =>
        numbersOf(await dossier(store, { tenant, number: 1 }, 'focus', focus))
      assert.deepEqual(await focused({ number: 2 }), [2])
      assert.deepEqual(await focused({ id: uuid(102) }), [2])
      const others = [
        { number: 5 },
        { id: uuid(105) },
        { number: 4 },
        { number: 9 },
        { number: 0.5 },
        { id: 'x' },
      ]
      for (const focus of [...others, undefined]) assert.deepEqual(await focused(focus), [])
    })

    test('a person is read as it was saved, and replaced by its next version', async (context) => {
      const store = await withPeople(context)
      const edited = personNumbered(2, { version: 2, title: 'Directeur', facets: { a: { b: [null] } } })
      await save(store, saving([edited]))
      assert.deepEqual((await dossier(store, { tenant, number: 1 }, 'all'))?.people[1], edited)
    })

    test('a person who moves belongs to the other organization', async (context) => {
      const store = await withPeople(context)
      await save(store, saving([personNumbered(2, { version: 2, organization: uuid(2) })]))
      assert.deepEqual(numbersOf(await dossier(store, { tenant, number: 1 }, 'all')), [1, 3])
      assert.deepEqual(numbersOf(await dossier(store, { tenant, number: 2 }, 'all')), [2, 5])
    })

    test('gives everyone of an organization, deleted or not, and the events of one record', async (context) => {
      const store = await opened(context)
      const gone = personNumbered(2, { state: 'deleted' })
      await save(store, saving([numbered(1), personNumbered(1), gone]))
      await save(store, saving([numbered(1, { version: 2, note: 'x' })]), saving([numbered(2)]))
      await store.read(async (reader) => {
        const everyone = await reader.everyone(TENANT.id, uuid(1))
        assert.deepEqual(
          everyone.map(({ number, state }) => [number, state]),
          [
            [1, 'active'],
            [2, 'deleted'],
          ],
        )
        const events = await reader.history(TENANT.id, uuid(1))
        assert.deepEqual(
          events.map(({ record, version }) => [record, version]),
          [
            [uuid(1), 1],
            [uuid(1), 2],
          ],
        )
        assert.deepEqual(await reader.history('other', uuid(1)), [])
        const versions = async (before: number, limit: number) =>
          (await reader.history(TENANT.id, uuid(1), before, limit)).map(({ version }) => version)
        assert.deepEqual(
          [await versions(3, 1), await versions(3, 9), await versions(2, 9)],
          [[2], [1, 2], [1]],
        )
      })
    })

    test('gives every organization of all tenants once, with all that belongs to it, however many at a time', async (context) => {
      const store = await opened(context)
      const elsewhere = numbered(1, { tenant: 'other' })
      const row = { kind: 'name', key: 'a', part: 'name' }
      const change = saving([numbered(2), personNumbered(3, { organization: uuid(2), state: 'deleted' })])
      await save(
        store,
        { ...change, organization: { after: numbered(2), before: 0, index: { removed: [], added: [row] } } },
        saving([numbered(1)]),
        saving([numbered(3)]),
        saving([elsewhere]),
      )
      for (const limit of [1, 2, 9]) {
        const found: Stock[] = []
        for (;;) {
          const stocks = await store.read((reader) => reader.inventory(found.at(-1)?.organization, limit))
          found.push(...stocks)
          if (stocks.length < limit) break
        }
        assert.deepEqual(
          found.map(({ organization }) => `${organization.tenant} ${organization.number}`),
          [`${tenant} 1`, `${tenant} 2`, `${tenant} 3`, 'other 1'],
        )
        assert.deepEqual(
          found[1]?.people.map(({ number, state }) => [number, state]),
          [[3, 'deleted']],
        )
        assert.deepEqual(found[1]?.rows, [row])
      }
    })

    test('the stamp of the people moves without a new version of the organization', async (context) => {
      const store = await withPeople(context)
      const people = { count: 7, at: '2024-01-01T00:00:00.000Z', shownAt: 1_704_067_200 }
      await save(store, { people: [], peopleOf: numbered(1, { people }), events: [] })
      const found = await dossier(store, { tenant, number: 1 })
      assert.deepEqual([found?.organization.version, found?.organization.people], [1, people])
      await save(store, saving([numbered(1, { version: 2, people: { ...people, count: 0 } })]))
      assert.deepEqual((await dossier(store, { tenant, number: 1 }))?.organization.people, people)
    })
  })

  describe(`${engine}: events`, () => {
    test('come in order, as they were saved, after a cursor and no more than asked for', async (context) => {
      const store = await opened(context)
      const parts = { note: ['a', 'b'], 'facets.kare': [{ x: [1] }, { x: null }] } as const
      const event = eventOf(numbered(1, { version: 2 }), parts)
      assert.equal(await store.read((reader) => reader.lastSeq()), 0)
      await save(store, saving([numbered(1), personNumbered(1)]), saving([numbered(2)]))
      await save(store, { people: [], events: [event] })
      const all = await store.read((reader) => reader.events(0, 10))
      const [, second, third] = all
      assert.deepEqual(
        all.map(({ record }) => record),
        [uuid(1), uuid(101), uuid(2), uuid(1)],
      )
      assert.ok(all.every(({ seq }, at) => seq > (all[at - 1]?.seq ?? 0)))
      assert.deepEqual(all[3], { ...event, seq: all[3]?.seq })
      assert.deepEqual(await store.read((reader) => reader.events(second?.seq ?? 0, 1)), [third])
      assert.deepEqual(await store.read((reader) => reader.events(all[3]?.seq ?? 0, 10)), [])
      assert.equal(await store.read((reader) => reader.lastSeq()), all[3]?.seq)
    })

    test('two events never tell of one version', async (context) => {
      const store = await opened(context)
      await save(store, saving([numbered(1)]))
      await assert.rejects(save(store, { people: [], events: [eventOf(numbered(1))] }))
      assert.equal((await store.read((reader) => reader.events(0, 10))).length, 1)
    })
  })
}
