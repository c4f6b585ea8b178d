import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import type { IndexRow } from '../../core/index-rows.ts'
import { CORE_INDEXERS, rowsOf } from '../../core/index-rows.ts'
import type { Organization } from '../../core/organization.ts'
import type { Condition } from '../../core/query.ts'
import { matchesRows } from '../../core/row-matching.ts'
import type { Position, Store, WalkOrder, WalkQuery } from '../../core/store.ts'
import { TENANT } from '../../core/testing/records.ts'
import { numbered, replacing, saving } from './changes.ts'
import { isTheirs, MANY, rowsFor, SECRETS } from './secrets.ts'

const tenant = TENANT.id

/** By number, from 1; two have one name, three one creation. */
const NAMES = ['b', 'a', 'Écho', 'a', '😀', 'ﬁlm', 'c']

const ORDERS: readonly WalkOrder[] = (['name', 'number', 'createdAt', 'shownAt'] as const).flatMap((by) => [
  { by, descending: false },
  { by, descending: true },
])

type Asked = Partial<Omit<WalkQuery, 'tenant'>>

/** How organizations are met along an order, page by page. */
export function walkContract(engine: string, open: () => Promise<Store>): void {
  const opened = async (context: TestContext): Promise<Store> => {
    const store = await open()
    context.after(() => store.close())
    await store.transact(async (transactor) => {
      for (const organization of ALL) await transactor.save(saving([organization], indexOf(organization)))
      await transactor.save(saving([numbered(1, { tenant: 'other' })]))
    })
    return store
  }

  const numbersOn = async (store: Store, asked: Asked): Promise<readonly number[]> => {
    const along = { by: 'number', descending: false } as const
    const numbers: number[] = []
    let after: Position | undefined
    do {
      const place = after === undefined ? {} : { after }
      const stretch = await store.read((reader) =>
        reader.walk({ tenant, along, limit: 2, ...asked, ...place }),
      )
      assert.ok(stretch.items.length <= (asked.limit ?? 2))
      numbers.push(...stretch.items.map(({ number }) => number))
      after = stretch.next
    } while (after !== undefined)
    return numbers
  }

  /** The numbers of each page, and what it tells of how many there are. */
  const countedPages = async (store: Store, asked: Asked & Pick<WalkQuery, 'along' | 'limit'>) => {
    const pages: (readonly [numbers: readonly number[], total: number | undefined])[] = []
    let after: Position | undefined
    do {
      const query = { tenant, ...asked, isCounted: true as const, ...(after && { after }) }
      const { items, next, total } = await store.read((reader) => reader.walk(query))
      pages.push([items.map(({ number }) => number), total])
      after = next
    } while (after !== undefined)
    return pages
  }

  /** Each row: what is looked for, and the numbers that are found. */
  const rows: readonly (readonly [title: string, asked: Asked, numbers: readonly number[]])[] = [
    ['every organization', {}, [1, 2, 3, 4, 5, 6, 7]],
    ['those of one state', { states: ['inactive'] }, [7]],
    ['those with a row', { where: { kind: 'x.even' } }, [2, 4, 6]],
    ['those without one', { where: { not: { kind: 'x.even' } } }, [1, 3, 5, 7]],
    ['those with rows that begin so', { where: { kind: 'name', test: { startsWith: 'a' } } }, [2, 4]],
    [
      'those with rows of several conditions',
      {
        where: {
          all: [
            { kind: 'x.even', test: { is: '1' } },
            { kind: 'name', test: { in: ['a', 'film'] } },
          ],
        },
      },
      [2, 4, 6],
    ],
    [
      'those with a row or a number',
      {
        where: {
          any: [
            { kind: 'name', test: { is: 'c' } },
            { column: 'number', in: ['3', 'x', '99999999999'] },
            { all: [{ kind: 'x.even' }, { kind: 'name', test: { is: 'film' } }] },
          ],
        },
      },
      [3, 6, 7],
    ],
    ['none of no alternative', { where: { any: [] } }, []],
    ['none by a row that the reader may not read', { where: { kind: 'x.even' }, hiddenParts: ['note'] }, []],
    [
      'none by a row of other parts than the reader may read',
      { where: { kind: 'x.even', test: { is: '1' } }, onlyParts: ['name'] },
      [],
    ],
    [
      'those that were created in a time',
      { where: { column: 'createdAt', range: { from: dayOf(1), to: dayOf(2), excludes: 'to' } } },
      [4, 5, 6],
    ],
    ['those that were changed since', { where: { column: 'shownAt', range: { from: '1005' } } }, [1, 2, 3]],
  ]

  describe(`${engine}: walking along an order`, () => {
    for (const [title, asked, numbers] of rows) {
      test(`meets ${title}, whatever the order`, async (context) => {
        const store = await opened(context)
        const among = ALL.filter(({ number }) => numbers.includes(number))
        for (const along of ORDERS) {
          const sorted = among.toSorted(comparing(along)).map(({ number }) => number)
          for (const limit of [1, 3]) {
            assert.deepEqual(
              await numbersOn(store, { ...asked, along, limit }),
              sorted,
              JSON.stringify(along),
            )
            assert.deepEqual(
              await countedPages(store, { ...asked, along, limit }),
              pagesOf(sorted, limit),
              JSON.stringify(along),
            )
          }
        }
      })
    }

    test('goes on behind a place where nothing stands any more', async (context) => {
      const store = await opened(context)
      const along = { by: 'name', descending: false } as const
      const first = await store.read((reader) => reader.walk({ tenant, along, limit: 2 }))
      const [, last] = first.items
      const renamed = { ...(last as Organization), version: 2, name: { nl: 'zz' } }
      await store.transact((transactor) => transactor.save(replacing(last as Organization, renamed)))
      const rest = await store.read((reader) =>
        reader.walk({ tenant, along, limit: 9, ...(first.next && { after: first.next }) }),
      )
      assert.deepEqual(
        rest.items.map(({ number }) => number),
        [1, 7, 6, 4, 3, 5],
      )
    })

    test('ends early where records are large', async (context) => {
      const store = await open()
      context.after(() => store.close())
      const note = 'x'.repeat(4_000_000)
      await store.transact(async (transactor) => {
        for (let number = 1; number <= 4; number += 1)
          await transactor.save(saving([numbered(number, { note })]))
      })
      const along = { by: 'number', descending: false } as const
      const first = await store.read((reader) => reader.walk({ tenant, along, limit: 9 }))
      assert.ok(first.items.length < 4 && first.next !== undefined)
      assert.deepEqual(await numbersOn(store, { limit: 9 }), [1, 2, 3, 4])
    })

    test('tells those who may know of some organizations nothing of the others', async (context) => {
      const [alone, beside] = [await open(), await open()]
      context.after(() => Promise.all([alone.close(), beside.close()]))
      for (const store of [alone, beside]) {
        await store.transact(async (transactor) => {
          for (const number of MANY.filter((one) => store === beside || isTheirs(one)))
            await transactor.save(saving([numbered(number)], { removed: [], added: rowsFor(number) }))
        })
      }
      const pages = async (store: Store, along: WalkOrder, where: Condition, among: Condition) => {
        const told: (readonly [found: readonly number[], next: Position | undefined])[] = []
        let found: number[] = []
        let place: Pick<WalkQuery, 'after' | 'looks'> = {}
        do {
          const asked = { tenant, along, among, limit: 250 - found.length, where: { all: [among, where] } }
          const { items, next, looks } = await store.read((reader) => reader.walk({ ...asked, ...place }))
          found.push(...items.map(({ number }) => number))
          place = { ...(next && { after: next }), ...(looks !== undefined && { looks }) }
          if (looks !== undefined) continue
          told.push([found, next])
          found = []
        } while (place.after !== undefined)
        return told
      }
      for (const along of ORDERS.filter((_, at) => at % 7 === 0)) {
        for (const where of SECRETS) {
          for (const contains of ['e', 'late']) {
            const among: Condition = { kind: 'x.theirs', test: { contains } }
            const told = await pages(beside, along, where, among)
            assert.deepEqual(told, await pages(alone, along, where, among), JSON.stringify([along, where]))
            const expected = MANY.filter((number) =>
              matchesRows({ all: [among, where] }, numbered(number), rowsFor(number)),
            )
            const numbers = told.flatMap(([found]) => found).toSorted((left, right) => left - right)
            assert.deepEqual(numbers, expected, JSON.stringify([along, where]))
          }
        }
      }
    })

    test('may end early where much is looked at in vain, and finds all the same', async (context) => {
      const store = await open()
      context.after(() => store.close())
      const rare = new Set([1, 5_000, 10_000, 12_000])
      await store.transact(async (transactor) => {
        for (let number = 1; number <= 12_000; number += 1) {
          const added: IndexRow[] = [{ kind: 'name', key: 'x', part: 'name' }]
          if (!rare.has(number)) added.push({ kind: 'x.common', key: '1', part: 'note' })
          await transactor.save(saving([numbered(number)], { removed: [], added }))
        }
      })
      for (const along of ORDERS) {
        const where = { not: { kind: 'x.common' } }
        const first = await store.read((reader) => reader.walk({ tenant, along, limit: 9, where }))
        assert.ok(first.items.length === rare.size || first.next !== undefined, along.by)
        const found = await numbersOn(store, { where, along, limit: 9 })
        assert.deepEqual(
          found.toSorted((left, right) => left - right),
          [...rare],
        )
      }
      const common = { kind: 'x.common', test: { is: '1' } } as const
      for (const along of ORDERS) {
        for (const where of [common, { not: common }]) {
          const found = Array.from({ length: 12_000 }, (_, at) => at + 1).filter(
            (number) => rare.has(number) !== (where === common),
          )
          const pages = await countedPages(store, { where, along, limit: 3_000 })
          const sorted = along.descending ? found.toReversed() : found
          assert.deepEqual(pages, pagesOf(sorted, 3_000), `${along.by}, counted`)
        }
      }
      const page = await store.read((reader) =>
        reader.walk({ tenant, along: { by: 'number', descending: true }, limit: 3, where: common }),
      )
      assert.deepEqual(
        page.items.map(({ number }) => number),
        [11_999, 11_998, 11_997],
      )
    })
  })
}

/** As they are told where all are counted: none ends early. */
function pagesOf(numbers: readonly number[], limit: number) {
  const count = Math.max(1, Math.ceil(numbers.length / limit))
  return Array.from({ length: count }, (_, at) => [
    numbers.slice(at * limit, (at + 1) * limit),
    numbers.length,
  ])
}

const dayOf = (day: number): string => `2024-01-0${day + 1}T00:00:00.000Z`

const ALL: readonly Organization[] = NAMES.map((name, at) =>
  numbered(at + 1, {
    name: { nl: name },
    state: at === 6 ? 'inactive' : 'active',
    created: { at: dayOf(Math.floor(at / 3)), by: 'ann' },
    shownAt: 1007 - at,
  }),
)

function indexOf(organization: Organization) {
  const even: IndexRow[] = organization.number % 2 === 0 ? [{ kind: 'x.even', key: '1', part: 'note' }] : []
  return { removed: [], added: [...rowsOf(CORE_INDEXERS, organization), ...even] }
}

function comparing({ by, descending }: WalkOrder) {
  const sign = descending ? -1 : 1
  const keyOf = ({ number, name, created, shownAt }: Organization): string | number => {
    // U+1F600 sorts behind all of the others, whatever is compared.
    const keys = {
      name: (name['nl'] ?? '').normalize('NFKC').toLowerCase(),
      number,
      createdAt: created.at,
      shownAt,
    }
    return keys[by]
  }
  return (left: Organization, right: Organization): number => {
    const [first, second] = [keyOf(left), keyOf(right)]
    return sign * (first < second ? -1 : first > second ? 1 : left.number - right.number)
  }
}
