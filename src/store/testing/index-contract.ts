import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import type { IndexRow, PersonIndexChange } from '../../core/index-rows.ts'
import type { Change, Store } from '../../core/store.ts'
import { TENANT, uuid } from '../../core/testing/records.ts'
import { numbered, personNumbered, replacing, saving } from './changes.ts'

const tenant = TENANT.id

/** What is saved of index keys, and who has them. */
export function indexContract(engine: string, open: () => Promise<Store>): void {
  const opened = async (context: TestContext): Promise<Store> => {
    const store = await open()
    context.after(() => store.close())
    return store
  }

  const save = (store: Store, ...changes: readonly Change[]): Promise<void> =>
    store.transact(async (transactor) => {
      for (const change of changes) await transactor.save(change)
    })

  const holderOf = (store: Store, key: string) =>
    store.read((reader) => reader.holderOf(tenant, 'website', key))

  describe(`${engine}: index keys`, () => {
    const website = (uri: string) => [{ id: '1-1', uri, kind: 'website' as const }]

    test('a website is held by the organization that was saved with it', async (context) => {
      const store = await opened(context)
      await save(store, saving([numbered(1, { links: website('https://www.x.example/') })]))
      assert.equal(await holderOf(store, 'x.example'), uuid(1))
      assert.equal(await holderOf(store, 'y.example'), undefined)
      assert.equal(await store.read((reader) => reader.holderOf(tenant, 'name', 'x.example')), undefined)
    })

    test('an organization with very many rows is saved as one with few', async (context) => {
      const store = await opened(context)
      const rows = Array.from({ length: 150_000 }, (_, at): IndexRow => {
        return { kind: 'x.many', key: String(at), part: 'labels' }
      })
      await save(store, saving([numbered(1)], { removed: [], added: rows }))
      const held = await store.read((reader) => reader.holderOf(tenant, 'x.many', '149999'))
      assert.equal(held, uuid(1))
    })

    test('new keys replace those before; no keys leave them', async (context) => {
      const store = await opened(context)
      const before = numbered(1, { links: website('x.example') })
      await save(store, saving([before]))
      await save(store, replacing(before, { ...before, version: 2, links: website('y.example') }))
      assert.deepEqual(
        [await holderOf(store, 'x.example'), await holderOf(store, 'y.example')],
        [undefined, uuid(1)],
      )
      const after = numbered(1, { version: 3, links: website('y.example') })
      await save(store, { organization: { after, before: 2 }, people: [], events: [] })
      assert.equal(await holderOf(store, 'y.example'), uuid(1))
    })

    test('a deleted organization keeps its website', async (context) => {
      const store = await opened(context)
      await save(store, saving([numbered(1, { links: website('x.example') })]))
      await save(store, saving([numbered(1, { version: 2, state: 'deleted', links: website('x.example') })]))
      assert.equal(await holderOf(store, 'x.example'), uuid(1))
    })
  })

  describe(`${engine}: index keys of people`, () => {
    const rowOf = (number: number, key: string): IndexRow => ({
      kind: 'x.term',
      key: `${key} ${number}`,
      part: 'people',
    })
    const from = uuid(1)

    test('come with a person, move with them, and go', async (context) => {
      const store = await opened(context)
      const holderOfTerm = (key: string) =>
        store.read((reader) => reader.holderOf(tenant, 'x.term', `${key} 1`))
      const [ann, nelson] = [rowOf(1, 'ann'), rowOf(1, 'nelson')]
      await save(store, saving([numbered(1)]), saving([numbered(2)]))
      const saved = async (version: number, organization: string, index: PersonIndexChange) => {
        const after = personNumbered(1, { version, organization })
        await save(store, { people: [{ after, before: version - 1, index }], events: [] })
        return [await holderOfTerm('ann'), await holderOfTerm('nelson')]
      }
      assert.deepEqual(await saved(1, from, { from, removed: [], added: [ann] }), [uuid(1), undefined])
      const renamed = await saved(2, from, { from, removed: [ann], added: [nelson] })
      assert.deepEqual(renamed, [undefined, uuid(1)])
      const moved = await saved(3, uuid(2), { from, removed: [nelson], added: [ann, nelson] })
      assert.deepEqual(moved, [uuid(2), uuid(2)])
      const gone = await saved(4, uuid(2), { from: uuid(2), removed: [ann, nelson], added: [] })
      assert.deepEqual(gone, [undefined, undefined])
    })

    test('of two people with one name stay with the other one', async (context) => {
      const store = await opened(context)
      const change = (number: number, version: number, index: Partial<PersonIndexChange>): Change => ({
        people: [
          {
            after: personNumbered(number, { version }),
            before: version - 1,
            index: { from, removed: [], added: [], ...index },
          },
        ],
        events: [],
      })
      await save(store, saving([numbered(1)]), change(1, 1, { added: [rowOf(1, 'ann')] }))
      await save(store, change(2, 1, { added: [rowOf(2, 'ann')] }))
      await save(store, change(1, 2, { removed: [rowOf(1, 'ann')] }))
      const found = await store.read((reader) =>
        reader.organizations({
          tenant,
          where: { kind: 'x.term', test: { startsWith: 'ann' } },
          offset: 0,
          limit: 9,
        }),
      )
      assert.deepEqual([found.items.map(({ number }) => number), found.total], [[1], 1])
    })
  })
}
