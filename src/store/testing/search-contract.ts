import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import type { RowTest } from '../../core/query.ts'
import type { OrganizationQuery, SharedQuery, Store } from '../../core/store.ts'
import { TENANT } from '../../core/testing/records.ts'
import { numbered, replacing, saving } from './changes.ts'

const tenant = TENANT.id

const NAMES = [
  'Écho',
  'alpha',
  'ALPHA 2',
  '100 % zeker_?',
  'Straße',
  'ﬁlm',
  '😀 club',
  "o'neil",
  'a\\b',
  'İstanbul',
]

const named = (test: RowTest): Asked => ({ where: { kind: 'name', test } })

type Asked = Partial<Omit<OrganizationQuery, 'tenant'>>

/** How organizations are searched, sorted and paged. The numbers are 1 for the first of `NAMES`, 2 for the next… */
export function searchContract(engine: string, open: () => Promise<Store>): void {
  const withNames = async (context: TestContext): Promise<Store> => {
    const store = await open()
    context.after(() => store.close())
    await store.transact(async (transactor) => {
      for (const [at, name] of NAMES.entries()) {
        const state = at === 0 ? 'deleted' : at === 1 ? 'inactive' : 'active'
        await transactor.save(saving([numbered(at + 1, { state, name: { nl: name, fr: `fr ${name}` } })]))
      }
      await transactor.save(saving([numbered(1, { tenant: 'other', name: { nl: 'alpha' } })]))
    })
    return store
  }

  const numbersFor = async (
    store: Store,
    asked: Asked,
  ): Promise<readonly [numbers: readonly number[], total: number]> => {
    const page = await store.read((reader) =>
      reader.organizations({ tenant, offset: 0, limit: 100, ...asked }),
    )
    return [page.items.map(({ number }) => number), page.total]
  }

  const all = NAMES.map((_, at) => at + 1)

  /** Each row: what is asked, and the numbers that are found. */
  const rows: readonly (readonly [
    title: string,
    asked: Asked,
    numbers: readonly number[],
    total?: number,
  ])[] = [
    ['everything, by number', {}, all],
    ['a page, and how many there are', { offset: 2, limit: 3 }, [3, 4, 5], NAMES.length],
    ['no page at all, but how many there are', { limit: 0 }, [], NAMES.length],
    ['a page beyond the end', { offset: 50 }, [], NAMES.length],
    ['everything, without a limit', { limit: Number.POSITIVE_INFINITY }, all],
    ['one state', { states: ['inactive'] }, [2]],
    ['several states', { states: ['deleted', 'inactive'] }, [1, 2]],
    ['no state', { states: [] }, []],
    ['part of a name, whatever its case', { search: 'LPH' }, [2, 3]],
    ['part of a name with accents, whatever its case', { search: 'éCHO' }, [1]],
    ['a composed form for a decomposed one', { search: 'E\u0301cho' }, [1]],
    ['compatible characters', { search: 'film' }, [6]],
    ['characters that a pattern would take for its own', { search: '% zeker_?' }, [4]],
    ['a single per cent sign', { search: '%' }, [4]],
    ['a quote', { search: "o'n" }, [8]],
    ['a backslash', { search: '\\' }, [9]],
    ['text beyond the Basic Multilingual Plane', { search: '😀' }, [7]],
    ['a whole number, and names that contain it', { search: '2' }, [2, 3]],
    ['no part of a number', { search: '0' }, [4]],
    ['a number that nothing can have', { search: '99999999999999999999' }, []],
    ['only the main name', { search: 'fr ' }, []],
    ['a name that begins so', named({ startsWith: 'alpha' }), [2, 3]],
    ['a name that begins beyond the Basic Multilingual Plane', named({ startsWith: '😀' }), [7]],
    ['any text for an asterisk', named({ like: 'a*2' }), [3]],
    ['one character for a question mark', named({ like: 'alph?' }), [2]],
    ['one character for one of two units', named({ like: '? club' }), [7]],
    ['wildcards that stand for themselves', named({ like: '100 % zeker_\\?' }), [4]],
    ['a pattern that takes nothing else for a wildcard', named({ like: '%?_' }), []],
    ['a backslash in a pattern', named({ like: 'a\\\\b' }), [9]],
    ['a row that passes all tests', named({ all: [{ startsWith: 'a' }, { endsWith: '2' }] }), [3]],
    ['any row for no test at all', named({ all: [] }), all],
    ['the highest number first', { sort: [{ by: 'number', descending: true }] }, all.toReversed()],
    ['a search within states', { search: 'alpha', states: ['active'] }, [3]],
    [
      'names as folded bytes, then numbers',
      { sort: [{ by: 'name', descending: false }] },
      [4, 9, 2, 3, 6, 10, 8, 5, 1, 7],
    ],
    ['numbers in a range', { where: { column: 'number', range: { from: '3', to: '5' } } }, [3, 4, 5]],
    ['numbers up to one', { where: { column: 'number', range: { to: '3', excludes: 'to' } } }, [1, 2]],
    [
      'the order that the keys have been given, others and none in their places',
      {
        sort: [
          {
            by: 'name',
            descending: false,
            ranks: { of: new Map(['alpha', 'film'].map((key, at) => [key, 2 - at])), others: 0, none: 3 },
          },
        ],
      },
      [1, 3, 4, 5, 7, 8, 9, 10, 6, 2],
    ],
    [
      'the order of a second kind of row where the first is lacking',
      { sort: [{ by: 'website', orElseBy: 'name', descending: true }] },
      [7, 1, 5, 8, 10, 6, 3, 2, 9, 4],
    ],
    [
      'nothing in the order of rows that the reader may not read',
      { sort: [{ by: 'name', descending: true }], hiddenParts: ['name'] },
      all,
    ],
    [
      'nothing in the order of rows beyond those that the reader may read',
      {
        sort: [{ by: 'name', descending: true, ranks: { of: new Map(), others: 0, none: 1 } }],
        onlyParts: ['x'],
      },
      all,
    ],
    [
      'a page without counting, and that there are more',
      { offset: 2, limit: 3, isUncounted: true },
      [3, 4, 5],
      6,
    ],
    ['the last page without counting', { offset: 8, limit: 3, isUncounted: true }, [9, 10], NAMES.length],
    [
      'a page of names without counting',
      { sort: [{ by: 'name', descending: false }], offset: 2, limit: 3, isUncounted: true },
      [2, 3, 6],
      6,
    ],
    [
      'names backwards without counting, of some',
      {
        sort: [{ by: 'name', descending: true }],
        states: ['active'],
        where: { not: { column: 'number', in: ['7'] } },
        isUncounted: true,
      },
      [5, 8, 10, 6, 3, 9, 4],
    ],
    [
      'names that begin so, backwards',
      { ...named({ startsWith: 'a' }), sort: [{ by: 'name', descending: true }] },
      [3, 2, 9],
    ],
    [
      'a page of names that begin so, and are not of some',
      {
        where: {
          all: [
            { kind: 'name', test: { startsWith: 'a' } },
            { all: [{ not: { kind: 'name', test: { contains: '2' } } }] },
          ],
        },
        sort: [{ by: 'name', descending: false }],
        offset: 1,
        limit: 1,
        isUncounted: true,
      },
      [2],
      2,
    ],
    [
      'names that begin so, in the order of another kind of row',
      { ...named({ startsWith: 'a' }), sort: [{ by: 'nameKey', descending: false }], isUncounted: true },
      [9, 2, 3],
    ],
    [
      'names that begin so, and what else leaves few',
      {
        where: {
          all: [
            { kind: 'name', test: { startsWith: 'a' } },
            { column: 'number', in: ['3', '9', '10'] },
          ],
        },
        sort: [{ by: 'name', descending: false }],
        isUncounted: true,
      },
      [9, 3],
    ],
    [
      'what has a row of one kind or of another',
      {
        where: {
          any: [
            { kind: 'nameKey', test: { is: 'strasse' } },
            { kind: 'name', test: { is: 'alpha' } },
            { kind: 'name', test: { startsWith: 'alpha' } },
          ],
        },
      },
      [2, 3, 5],
    ],
    [
      'nothing by one of two kinds that the reader may not read',
      {
        where: {
          any: [
            { kind: 'nameKey', test: { is: 'strasse' } },
            { kind: 'name', test: { is: 'alpha' } },
          ],
        },
        hiddenParts: ['name'],
      },
      [],
    ],
    ['no page without counting', { offset: 0, limit: 0, isUncounted: true }, [], 1],
    [
      'names backwards',
      {
        sort: [
          { by: 'name', descending: true },
          { by: 'number', descending: false },
        ],
      },
      [7, 1, 5, 8, 10, 6, 3, 2, 9, 4],
    ],
  ]

  describe(`${engine}: searching`, () => {
    for (const [title, asked, numbers, total] of rows) {
      test(`finds ${title}`, async (context) => {
        const store = await withNames(context)
        assert.deepEqual(await numbersFor(store, asked), [numbers, total ?? numbers.length])
      })
    }

    test('tells the keys that several organizations have, and which of them are not deleted', async (context) => {
      const store = await open()
      context.after(() => store.close())
      const keys = [['a', 'b'], ['b', 'c'], ['b', 'c', 'd'], ['d'], ['e']]
      await store.transact(async (transactor) => {
        for (const [at, own] of keys.entries()) {
          const state = at === 3 ? 'deleted' : 'active'
          const added = own.map((key) => ({ kind: 'x.key', key, part: key === 'c' ? 'note' : 'name' }))
          await transactor.save(saving([numbered(at + 1, { state })], { removed: [], added }))
        }
        const added = [{ kind: 'x.key', key: 'e', part: 'name' }]
        await transactor.save(saving([numbered(1, { tenant: 'other' })], { removed: [], added }))
      })
      const shared = (asked: Partial<SharedQuery>) =>
        store.read((reader) => reader.shared({ tenant, kind: 'x.key', limit: 9, ...asked }))
      const holders = (key: string, limit: number) =>
        store.read((reader) => reader.holdersOf(tenant, 'x.key', key, limit))
      assert.deepEqual(await shared({}), { keys: ['b', 'c', 'd'] })
      assert.deepEqual(await shared({ limit: 1 }), { keys: ['b'], next: 'b' })
      assert.deepEqual(await shared({ after: 'b' }), { keys: ['c', 'd'] })
      assert.deepEqual(await shared({ hiddenParts: ['note'] }), { keys: ['b', 'd'] })
      assert.deepEqual(await shared({ onlyParts: ['note'] }), { keys: ['c'] })
      assert.equal((await holders('b', 9)).length, 3)
      assert.equal((await holders('b', 2)).length, 2)
      assert.equal((await holders('d', 9)).length, 1)
    })

    test('finds a name as it is now', async (context) => {
      const store = await withNames(context)
      const before = numbered(2, { name: { nl: NAMES[1] ?? '' } })
      const after = numbered(2, { version: 2, name: { nl: 'omega' } })
      await store.transact((transactor) => transactor.save(replacing(before, after)))
      assert.deepEqual(await numbersFor(store, { search: 'alpha' }), [[3], 1])
      assert.deepEqual(await numbersFor(store, { search: 'OMEGA' }), [[2], 1])
    })
  })
}
