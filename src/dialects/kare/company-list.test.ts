import { deepEqual } from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { CORE_INDEXERS, rowsOf } from '../../core/index-rows.ts'
import type { Organization } from '../../core/organization.ts'
import { mainName } from '../../core/organization.ts'
import type { SearchQuery } from '../../core/sight.ts'
import type { Store } from '../../core/store.ts'
import { uuid, viewContext } from '../../core/testing/records.ts'
import { openSqlite } from '../../store/sqlite/index.ts'
import { saving } from '../../store/testing/changes.ts'
import type { CompanyQuery } from './company-list.ts'
import { searchBefore, searchFor } from './company-list.ts'
import { indexers } from './indexers.ts'
import { companyFacet } from './lens/facet.ts'
import { readListQuery } from './list-query.ts'
import { kareDossiers } from './testing/random-bodies.ts'
import { COMPANY_FIELDS, COMPANY_LIST_EXTENSIONS } from './wire/company.ts'

let store: Store
before(() => {
  store = openSqlite(':memory:', true)
})
after(() => store.close())

const ALL = [...CORE_INDEXERS, ...indexers]
const DATES = [
  '2024-02-28T23:59:59.999Z',
  '2024-02-29T00:00:00.000Z',
  '2024-02-29T23:59:59.999Z',
  '2024-03-01T00:00:00.000Z',
]
let tenants = 0

async function saved(records: readonly Organization[]): Promise<readonly Organization[]> {
  tenants += 1
  const stored = records.map((organization, at) => ({
    ...organization,
    tenant: `tenant-${tenants}`,
    id: uuid(tenants * 1000 + at),
    number: at + 1,
    version: 1,
    created: { at: DATES[(at * 7) % DATES.length] ?? '', by: 'ann' },
  }))
  await store.transact(async (transactor) => {
    for (const one of stored) await transactor.save(saving([one], { removed: [], added: rowsOf(ALL, one) }))
  })
  return stored
}

/** One parameter, and what it leaves of a list. */
interface Filter {
  readonly name: string
  readonly value: string
  readonly holds: (organization: Organization) => boolean
}

/** As the index has it: the first 255 UTF-16 units, and no half characters. */
const folded = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .slice(0, 255)
    .replace(/[\ud800-\udbff]$/, '')
const typeOf = (organization: Organization) => companyFacet(organization).type ?? 1

const filtersFor = (records: readonly Organization[]): fc.Arbitrary<Filter> => {
  const texts = ['zzz', ...records.map((one) => [...mainName(one)].slice(1, 5).join(''))].filter(Boolean)
  return fc.oneof(
    fc.tuple(fc.constantFrom(...texts), fc.boolean()).map(([text, isUpper]) => ({
      name: 'whereName',
      value: isUpper ? text.toUpperCase() : text,
      holds: (one: Organization) =>
        folded(mainName(one)).includes(folded(isUpper ? text.toUpperCase() : text)),
    })),
    fc.constantFrom(1, 2, 3).map((type) => ({
      name: 'whereType',
      value: String(type),
      holds: (one: Organization) => typeOf(one) === type,
    })),
    fc.constantFrom('2024-02-29', '2024-03-01T01:00:00.000+01:00', '2024-02-29T23:59:59Z').map((value) => ({
      name: 'whereCreatedAt',
      value,
      holds: ({ created }: Organization) =>
        value.length === 10
          ? created.at.startsWith(value)
          : created.at.startsWith(value.endsWith('Z') ? '2024-02-29T23:59:59' : '2024-03-01T00:00:00.000'),
    })),
  )
}

const ORDERS: Readonly<Record<string, (one: Organization) => string | number>> = {
  id: ({ number }) => number,
  name: (one) => folded(mainName(one)),
  type: typeOf,
  createdAt: ({ created }) => created.at,
}

type Sorting = readonly (readonly [field: string, isDescending: boolean])[]

const sortings: fc.Arbitrary<Sorting> = fc.uniqueArray(
  fc.tuple(fc.constantFrom(...COMPANY_FIELDS), fc.boolean()),
  {
    selector: ([field]) => field,
  },
)

test('a list of companies is what its evaluation in plain JavaScript is, and each knows its place', async () => {
  const lists = fc.array(
    kareDossiers().map(({ organization }) => organization),
    { maxLength: 10 },
  )
  const cases = lists.chain((records) => {
    const asked = fc.tuple(fc.array(filtersFor(records), { maxLength: 2 }), sortings)
    return fc.tuple(fc.constant(records), fc.array(asked, { minLength: 8, maxLength: 8 }))
  })
  await fc.assert(
    fc.asyncProperty(cases, async ([records, asked]) => {
      const stored = await saved(records)
      for (const [filters, sorting] of asked) {
        const chosen = [...new Map(filters.map((filter) => [filter.name, filter])).values()]
        const expected = stored
          .filter((one) => chosen.every(({ holds }) => holds(one)))
          .toSorted((left, right) => compared(left, right, sorting))
        const query = queryOf(chosen, sorting)
        deepEqual(await numbersOf(searchFor(query)), numbers(expected))
        deepEqual(numbers(evaluated(stored, query)), numbers(expected))
        for (const [at, one] of expected.entries()) {
          const ahead = numbers(expected.slice(0, at)).toSorted((left, right) => left - right)
          const found = await numbersOf({ ...searchBefore(query, one), sort: [] })
          deepEqual(found, ahead, `before the ${at}th`)
        }
      }
    }),
    { numRuns: 60 },
  )
})

function queryOf(filters: readonly Filter[], sorting: Sorting): CompanyQuery {
  const parameters = new URLSearchParams(filters.map(({ name, value }): [string, string] => [name, value]))
  for (const [at, [field, isDescending]] of sorting.entries()) {
    parameters.append(`orderBy[${at}][field]`, field)
    if (isDescending) parameters.append(`orderBy[${at}][direction]`, 'desc')
  }
  const terms = { extensions: COMPANY_LIST_EXTENSIONS, fields: COMPANY_FIELDS, hasType: true } as const
  return readListQuery(String(parameters), terms)
}

/** As the engine finds them. */
async function numbersOf({ exact: _, ...search }: Partial<SearchQuery>): Promise<readonly number[]> {
  const query = { tenant: `tenant-${tenants}`, ...search, offset: 0, limit: 100 }
  return numbers((await store.read((reader) => reader.organizations(query))).items)
}

/** As those are searched whom the asker may see one by one. */
function evaluated(stored: readonly Organization[], query: CompanyQuery): readonly Organization[] {
  const { exact } = searchFor(query)
  const found = stored.map((organization) => ({
    dossier: { organization, people: [] },
    context: viewContext(),
  }))
  return found
    .filter(exact.holds)
    .sort(exact.compare)
    .map(({ dossier }) => dossier.organization)
}

function numbers(organizations: readonly Organization[]): readonly number[] {
  return organizations.map(({ number }) => number)
}

function compared(left: Organization, right: Organization, sorting: Sorting): number {
  for (const [field, isDescending] of sorting) {
    const [one, other] = [ORDERS[field]?.(left) ?? 0, ORDERS[field]?.(right) ?? 0]
    const difference =
      typeof one === 'number' && typeof other === 'number'
        ? one - other
        : Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)))
    if (difference !== 0) return isDescending ? -difference : difference
  }
  return left.number - right.number
}
