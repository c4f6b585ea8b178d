import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { CORE_INDEXERS, rowsOf } from '../../../core/index-rows.ts'
import type { Grant } from '../../../core/policy.ts'
import { FULL_GRANT, masked } from '../../../core/policy.ts'
import type { OrganizationQuery, Store } from '../../../core/store.ts'
import { NOW } from '../../../core/testing/records.ts'
import { openSqlite } from '../../../store/sqlite/index.ts'
import { saving } from '../../../store/testing/changes.ts'
import { conditionOf, holds } from '../filter/filter.ts'
import { parseFilter } from '../filter/parse.ts'
import { indexers } from '../indexers.ts'
import { CATALOGUE, randomFilters, rowLists } from '../testing/random-lists.ts'
import type { ContactRow } from './contact-row.ts'
import { readOptions } from './options.ts'
import { comparison } from './order.ts'
import { CONTACT_COLUMNS } from './simple-contact.ts'

let store: Store
before(() => {
  store = openSqlite(':memory:', true)
})
after(() => store.close())

const MOMENT = { now: Date.parse(NOW), me: 2 }
const ALL = [...CORE_INDEXERS, ...indexers]
const NAMES = CONTACT_COLUMNS.all.filter(({ search }) => search !== undefined).map(({ name }) => name)
const SORTED = CONTACT_COLUMNS.all.filter(({ order }) => order !== undefined).map(({ name }) => name)

let tenants = 0

/** Numbers of the rows that each query finds, as the engine answers. */
async function found(
  rows: readonly ContactRow[],
  queries: readonly Omit<OrganizationQuery, 'tenant' | 'offset' | 'limit'>[],
): Promise<readonly (readonly number[])[]> {
  tenants += 1
  const tenant = `tenant-${tenants}`
  await store.transact(async (transactor) => {
    for (const { organization } of rows) {
      const stored = { ...organization, tenant, id: `${tenants}-${organization.id}` }
      await transactor.save(saving([stored], { removed: [], added: rowsOf(ALL, stored) }))
    }
  })
  const pages = queries.map((query) =>
    store.read((reader) => reader.organizations({ tenant, offset: 0, limit: 100, ...query })),
  )
  return (await Promise.all(pages)).map(({ items }) => items.map(({ number }) => number))
}

const HIDEABLE = [
  'department',
  'note',
  'identifiers',
  'emails',
  'phones',
  'links',
  'addresses',
  'facets.superoffice',
]

/** What a reader may not read. Facets say which identifiers are hidden, so that the two go together. */
const hiddenParts = fc
  .subarray(HIDEABLE)
  .map((parts) => (parts.includes('facets.superoffice') ? [...new Set([...parts, 'identifiers'])] : parts))

/** The rows as a reader sees them who may not read these parts. */
function seen(rows: readonly ContactRow[], hidden: readonly string[]): readonly ContactRow[] {
  const grant: Grant = {
    ...FULL_GRANT,
    isFull: hidden.length === 0,
    rightTo: (part) => (hidden.includes(part) ? 'none' : 'write'),
  }
  return rows.map((row) => ({ ...row, organization: masked({ ...row }, grant).organization }))
}

const RUNS = 150

test('the store finds what a filter finds in the rows that its reader sees', async () => {
  const cases = rowLists.chain((rows) =>
    fc.tuple(
      fc.constant(rows),
      hiddenParts,
      fc.array(randomFilters(rows, CONTACT_COLUMNS, NAMES), { minLength: 20, maxLength: 20 }),
    ),
  )
  await fc.assert(
    fc.asyncProperty(cases, async ([rows, hidden, texts]) => {
      const filters = texts.map((text) => parseFilter(text, CONTACT_COLUMNS, MOMENT))
      const answers = await found(
        rows,
        filters.map((filter) => ({ where: conditionOf(filter, CATALOGUE), hiddenParts: hidden })),
      )
      for (const [at, filter] of filters.entries()) {
        const expected = seen(rows, hidden).filter((row) => holds(filter, row))
        const numbers = expected.map(({ organization }) => organization.number)
        assert.deepEqual(answers[at], numbers, `${texts[at]} without ${hidden}`)
      }
    }),
    { numRuns: RUNS },
  )
})

test('the store orders rows as their reader sees them', async () => {
  const orders = fc.array(fc.tuple(fc.constantFrom(...SORTED), fc.constantFrom('', 'asc', 'DESC')), {
    minLength: 1,
    maxLength: 3,
  })
  await fc.assert(
    fc.asyncProperty(rowLists, hiddenParts, orders, async (rows, hidden, asked) => {
      const query = `$orderBy=${asked.map((parts) => parts.join(' ')).join(',')}`
      const { orders: ordered } = readOptions(query, CONTACT_COLUMNS, 'contact', MOMENT)
      const sort = ordered.flatMap(({ order, descending }) =>
        order.sortOf({ catalogue: CATALOGUE }).map((key) => ({ ...key, descending })),
      )
      const expected = seen(rows, hidden).toSorted(comparison(ordered))
      const numbers = expected.map(({ organization }) => organization.number)
      assert.deepEqual(
        await found(rows, [{ sort, hiddenParts: hidden }]),
        [numbers],
        `${query} without ${hidden}`,
      )
    }),
    { numRuns: RUNS },
  )
})

test('no text is a failure: a filter is understood or refused', () => {
  const pieces = fc.constantFrom(
    ...[
      'name',
      'contactId',
      '(',
      ')',
      ',',
      "'",
      "''",
      '\\',
      ' ',
      '=',
      'and',
      'or',
      'eq',
      'is',
      'in',
      'begins',
    ],
    ...[
      'substringof',
      'this',
      'updatedDate',
      'lastWeek',
      'stop',
      'set',
      'true',
      '5',
      '\0',
      '"',
      'é',
      '\ud800',
    ],
  )
  const texts = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 30 }).map((all) => all.join(' ')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      try {
        conditionOf(parseFilter(text, CONTACT_COLUMNS, MOMENT), CATALOGUE)
      } catch (fault) {
        assert.match(String(fault), /option-invalid/)
      }
    }),
    { numRuns: 2_000 },
  )
})
