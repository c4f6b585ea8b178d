import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { CORE_INDEXERS, rowsOf } from '../../core/index-rows.ts'
import type { Organization } from '../../core/organization.ts'
import { isTold } from '../../core/reach.ts'
import { matchesRows } from '../../core/row-matching.ts'
import type { Store } from '../../core/store.ts'
import { catalogue, organization, uuid } from '../../core/testing/records.ts'
import { saving } from '../../store/testing/changes.ts'
import { openTestStore } from '../../store/testing/open-store.ts'
import { indexers } from './search/indexers.ts'
import { entryLists } from './testing/search-entries.ts'
import { queriesFor } from './testing/search-queries.ts'
import { matches } from './where.ts'
import { tells } from './where-rows.ts'

const ALL = [...CORE_INDEXERS, ...indexers]

let store: Store
before(async () => {
  store = await openTestStore()
})
after(() => store.close())

let tenants = 0

/** Numbers of the organizations where a condition holds, as the engine answers. */
async function kept(organizations: readonly Organization[]) {
  tenants += 1
  const tenant = `tenant-${tenants}`
  await store.transact(async (transactor) => {
    for (const organization of organizations) {
      const stored = { ...organization, tenant, id: `${tenants}-${organization.id}` }
      await transactor.save(saving([stored], { removed: [], added: rowsOf(ALL, organization) }))
    }
  })
  // Roles go by the whole document: what the reader may not read is no matter.
  return async (where: Parameters<typeof matchesRows>[0]) => {
    const page = { tenant, where, onlyParts: [], offset: 0, limit: 100 }
    const { items } = await store.read((reader) => reader.organizations(page))
    return items.map(({ number }) => number)
  }
}

const LONG = ['x', 'é', '😀', 'ﷺ'].flatMap((letter) => [249, 250, 251].map((length) => letter.repeat(length)))

/** Some of them with texts that are longer than rows are. */
const lists = fc
  .tuple(entryLists, fc.array(fc.option(fc.constantFrom(...LONG)), { minLength: 6, maxLength: 6 }))
  .map(([entries, long]) =>
    entries.map((entry, at) => {
      const city = long[at]
      const street = { nl: { line1: 'Markt 1', city: `${city}`, postalCode: '3000', country: 'BE' } }
      const { organization } = entry
      return typeof city === 'string' ? { ...organization, addresses: { street } } : organization
    }),
  )

const ABOUT_LONG = [
  'address.\\*.addressLocality:*xx',
  'address.\\*.addressLocality:x*x',
  'address.nl.addressLocality:*x*',
  `address.\\*.addressLocality:${'x'.repeat(249)}`,
  `address.\\*.addressLocality:${'x'.repeat(250)}*`,
  'address.\\*.addressLocality:xx*',
  'address.\\*.addressLocality:?',
  'NOT address.\\*.addressLocality:*x',
  'address:[x TO xxx]',
  'address.\\*:3000',
  'address.nl:BE',
]

test('what surely meets a constraint meets it, and whatever meets it may', async () => {
  const cases = entryLists.chain((entries) =>
    fc.tuple(
      lists,
      fc.array(
        fc.oneof(
          queriesFor(entries).map(({ text }) => text),
          fc.constantFrom(...ABOUT_LONG),
        ),
        {
          minLength: 12,
          maxLength: 12,
        },
      ),
    ),
  )
  await fc.assert(
    fc.asyncProperty(cases, async ([organizations, wheres]) => {
      const foundBy = await kept(organizations)
      for (const where of wheres) {
        const met = organizations
          .filter((organization) => matches(where, organization, catalogue()))
          .map(({ number }) => number)
        const { least, most } = tells.where(where)
        const [surely, maybe] = [await foundBy(least), await foundBy(most)]
        assert.deepEqual(
          surely.filter((number) => !met.includes(number)),
          [],
          `surely ${where}`,
        )
        assert.deepEqual(
          met.filter((number) => !maybe.includes(number)),
          [],
          `maybe ${where}`,
        )
        if (least === most) assert.deepEqual(surely, met, where)
        const rows = new Map(organizations.map((one) => [one.number, rowsOf(ALL, one)]))
        const evaluated = organizations.filter((one) => matchesRows(most, one, rows.get(one.number) ?? []))
        assert.deepEqual(
          maybe,
          evaluated.map(({ number }) => number),
          `evaluated ${where}`,
        )
      }
    }),
    { numRuns: 60 },
  )
})

describe('rows tell all', () => {
  const all = [
    'address.\\*.postalCode:3000',
    'address.\\*.postalCode:(3000 OR 3001 OR 3010)',
    'address.\\*.postalCode:[3000 TO 3999]',
    'address.nl.postalCode:30??',
    'address.\\*.addressLocality:leuv*',
    'labels:jeugd AND NOT labels:(intern OR oud*)',
    'creator:ann',
    'contributors:ann@example.org',
    'name.nl:*',
    'languages:fr',
    'completeness:[50 TO *]',
    'workflowStatus:ACTIVE',
    'created:[2024-01-01 TO 2024-06-30]',
    'id:00000000-0000-4000-8000-000000000001',
    '*:*',
    'regions:nis-24020',
    '(broken',
  ]
  for (const where of all) test(`of ${where}`, () => assert.ok(isTold(tells.where(where))))
  for (const where of ['name:*brug*', 'url:*', 'description.nl:x', 'hiddenLabels:x', 'modified:[2024 TO *]'])
    test(`but not of ${where}`, () => assert.ok(!isTold(tells.where(where))))
})

test('a constraint that names hundreds of organizations or places is one list', () => {
  const ids = Array.from({ length: 900 }, (_, at) => `id:x-${at}`).join(' OR ')
  const codes = Array.from({ length: 90 }, (_, at) => `address.\\*.postalCode:${3000 + at}`).join(' OR ')
  for (const where of [ids, codes]) {
    const { most } = tells.where(where)
    assert.ok(!('any' in most), where)
  }
})

test('a day is all of its times, as text is compared', async () => {
  const at = (time: string) => ({ created: { at: `2024-01-02T${time}Z`, by: 'ann' } })
  const organizations = ['00:00:00.000', '12:00:00.000', '23:59:59.999'].map((time, index) =>
    organization({ id: uuid(index + 1), number: index + 1, ...at(time) }),
  )
  const foundBy = await kept(organizations)
  for (const where of [
    'created:[2024-01-02 TO *]',
    'created:[* TO 2024-01-02]',
    'created:{2024-01-02 TO 2024-01-03}',
    'created:[2024-01-02T12\\:00\\:00 TO 2024-01-02t23]',
    'created:{2024-01-02T12\\:00\\:00 TO *]',
  ]) {
    const met = organizations.filter((one) => matches(where, one, catalogue())).map(({ number }) => number)
    const { least, most } = tells.where(where)
    assert.equal(least, most, where)
    assert.deepEqual(await foundBy(most), met, where)
  }
})
