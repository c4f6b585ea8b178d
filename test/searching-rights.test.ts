import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { Asker, Found } from '../src/core/command.ts'
import type { Role } from '../src/core/principal.ts'
import type { Condition } from '../src/core/query.ts'
import { compareText } from '../src/core/row-matching.ts'
import type { SortOrder, Store, WalkOrder } from '../src/core/store.ts'
import type { Entry } from '../src/dialects/native/testing/random-directories.ts'
import { openTestStore } from '../src/store/testing/open-store.ts'
import type { RightsHouse } from './rights-house.ts'
import { askerFor, assertPages, openRightsHouse } from './rights-house.ts'
import { conditions, emails, placed, roles, visibility } from './searching-rights.ts'

let store: Store
let house: RightsHouse
before(async () => {
  store = await openTestStore()
  house = openRightsHouse(store)
})
after(() => store.close())

const orders: fc.Arbitrary<WalkOrder> = fc.record({
  by: fc.constantFrom('name', 'number', 'createdAt', 'shownAt'),
  descending: fc.boolean(),
})

test('whoever has rights to some finds what a look at each finds, page by page', async () => {
  const asked = fc.array(fc.tuple(conditions, orders, fc.constantFrom(1, 2, 9)), {
    minLength: 8,
    maxLength: 8,
  })
  await fc.assert(
    fc.asyncProperty(
      placed,
      roles,
      emails,
      visibility,
      asked,
      async (entries, given, email, seen, queries) => {
        const tenant = await house.tenantWith(entries, given, seen)
        const asker = askerFor(tenant, given.length, email)
        for (const [where, along, limit] of queries) {
          const expected = entries.filter(house.isFoundBy(asker, where)).toSorted(comparing(along))
          await assertPages(expected, where, (from) =>
            house.told.seek(asker, { where, along, limit, isCounted: true, ...from }),
          )
        }
      },
    ),
    { numRuns: 60 },
  )
})

function comparing({ by, descending }: WalkOrder): (left: Entry, right: Entry) => number {
  const sign = descending ? -1 : 1
  const keyOf = ({ organization }: Entry): string => {
    if (by === 'name') return (organization.name['nl'] ?? '').normalize('NFKC').toLowerCase()
    if (by === 'createdAt') return organization.created.at
    return by === 'shownAt' ? String(organization.shownAt).padStart(12, '0') : ''
  }
  return (left, right) =>
    sign * (compareText(keyOf(left), keyOf(right)) || left.organization.number - right.organization.number)
}

const sorts = fc.constantFrom<SortOrder[][]>(
  [],
  [{ by: 'number', descending: true }],
  [{ by: 'name', descending: false }],
  [{ by: 'native.postalCode', descending: true }],
  [
    { by: 'native.label', descending: false },
    { by: 'name', descending: true },
  ],
)

test('lists hold what a look at each finds, in the order of what may be known', async () => {
  const asked = fc.array(fc.tuple(conditions, sorts, fc.nat(2), fc.constantFrom(1, 3, 9)), {
    minLength: 8,
    maxLength: 8,
  })
  await fc.assert(
    fc.asyncProperty(
      placed,
      roles,
      emails,
      visibility,
      asked,
      async (entries, given, email, seen, queries) => {
        const tenant = await house.tenantWith(entries, given, seen)
        const asker = askerFor(tenant, given.length, email)
        for (const [where, sort, offset, limit] of queries) {
          const isFound = house.isFoundBy(asker, where)
          const compare = comparingRows(asker, sort)
          const entryOf = ({ dossier }: Found) =>
            entries.find(({ organization }) => organization.id === dossier.organization.id) as Entry
          const exact = {
            holds: (found: Found) => isFound(entryOf(found)),
            compare: (left: Found, right: Found) => compare(entryOf(left), entryOf(right)),
          }
          const { items, total } = await house.told.search(asker, { where, sort, exact, offset, limit })
          const expected = entries.filter(isFound).toSorted(compare)
          assert.equal(total, expected.length, JSON.stringify([where, sort]))
          assert.deepEqual(
            items.map(({ dossier }) => dossier.organization.number),
            expected.slice(offset, offset + limit).map(({ organization }) => organization.number),
            JSON.stringify([where, sort]),
          )
        }
      },
    ),
    { numRuns: 60 },
  )
})

function comparingRows(asker: Asker, sort: readonly SortOrder[]): (left: Entry, right: Entry) => number {
  const keyOf = ({ by }: SortOrder, entry: Entry): string => {
    const keys = house.rowsKnownTo(asker, entry).filter(({ kind }) => kind === by)
    return keys.map(({ key }) => key).sort(compareText)[0] ?? ''
  }
  return (left, right) => {
    for (const order of sort) {
      const isNumber = order.by === 'number'
      const difference = isNumber
        ? left.organization.number - right.organization.number
        : compareText(keyOf(order, left), keyOf(order, right))
      if (difference !== 0) return order.descending ? -difference : difference
    }
    return left.organization.number - right.organization.number
  }
}

test('roles that name very many organizations, and words without number, find what a look at each finds', async () => {
  const [entries = []] = fc.sample(
    placed.filter(({ length }) => length > 4),
    1,
  )
  const ids = (role: number) => Array.from({ length: 300 }, (_, at) => `id:${role}-${at}`).join(' OR ')
  const cities = Array.from({ length: 150 }, (_, at) => `address.\\*.addressLocality:x${at}*`).join(' OR ')
  const given = Array.from(
    { length: 60 },
    (_, at): Omit<Role, 'id' | 'tenant'> => ({
      permissions: ['organizations.read'],
      where: `${ids(at)} OR ${cities} OR labels:jeugd OR (name.nl:*${at} AND -languages:fr)`,
      ...(at % 2 === 0 && { parts: { emails: 'none' } }),
    }),
  )
  const few = given
    .slice(0, 2)
    .map((role) => ({ ...role, where: 'labels:jeugd OR address.nl.postalCode:3*' }))
  const words: Condition = {
    any: Array.from(
      { length: 400 },
      (_, at): Condition => ({
        any: [
          { kind: 'native.term', test: { startsWith: `b${at === 7 ? '' : at}` } },
          { kind: 'native.person', part: 'people', test: { startsWith: `x${at}` } },
        ],
      }),
    ),
  }
  for (const some of [given, few]) {
    const asker = askerFor(
      await house.tenantWith(entries, some, 'uitdatabank'),
      some.length,
      'ann@example.org',
    )
    const expected: readonly number[] = entries
      .filter(house.isFoundBy(asker, words))
      .map(({ organization }) => organization.number)
    const along = { by: 'number', descending: false } as const
    const { items } = await house.told.seek(asker, { where: words, along, limit: 9, isCounted: true })
    assert.deepEqual(
      items.map(({ dossier }) => dossier.organization.number),
      expected,
    )
    const listed = await house.told.search(asker, { where: words, offset: 0, limit: 9 })
    assert.ok(listed.items.every(({ dossier }) => expected.includes(dossier.organization.number)))
  }
})
