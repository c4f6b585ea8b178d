import { deepEqual, equal, throws } from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { CORE_INDEXERS, cutKey, rowsOf } from '../../core/index-rows.ts'
import type { Organization } from '../../core/organization.ts'
import { mainName } from '../../core/organization.ts'
import { Problem } from '../../core/problem.ts'
import type { Store } from '../../core/store.ts'
import { uuid } from '../../core/testing/records.ts'
import { openSqlite } from '../../store/sqlite/index.ts'
import { saving } from '../../store/testing/changes.ts'
import { indexers } from './indexers.ts'
import { organizationFacet } from './lens/facet.ts'
import { readListQuery } from './list-query.ts'
import { digicertDossiers } from './testing/random-bodies.ts'

const OWN = 7

let store: Store
before(() => {
  store = openSqlite(':memory:', true)
})
after(() => store.close())

const ALL = [...CORE_INDEXERS, ...indexers]
let tenants = 0

async function saved(organizations: readonly Organization[]): Promise<readonly Organization[]> {
  tenants += 1
  const stored = organizations.map((organization, at) => ({
    ...organization,
    tenant: `tenant-${tenants}`,
    id: uuid(tenants * 1000 + at),
    number: at + 1,
    version: 1,
  }))
  await store.transact(async (transactor) => {
    for (const one of stored) await transactor.save(saving([one], { removed: [], added: rowsOf(ALL, one) }))
  })
  return stored
}

/** One part of a query string, and what it leaves of a list. */
interface Filter {
  readonly name: string
  readonly query: string
  readonly holds: (organization: Organization) => boolean
}

/** Names are found and sorted by this much of them. */
const folded = (text: string) => cutKey(text.normalize('NFKC').toLowerCase())
const isPending = ({ facets }: Organization) => (organizationFacet(facets).validations ?? []).length > 0

const raw = (name: string, value: string) => `${name}=${encodeURIComponent(value)}`
const encoded = (name: string, value: string) => raw(encodeURIComponent(name), value)
const named = fc.constantFrom(raw, encoded)

const searches = (texts: readonly string[]): fc.Arbitrary<Filter> =>
  fc.tuple(named, fc.constantFrom(...texts), fc.boolean()).map(([write, text, hasPercent]) => ({
    name: 'search',
    query: write('filters[search]', `${hasPercent ? '%' : ''}${text}`),
    holds: (one) => String(one.number) === text || folded(mainName(one)).includes(folded(text)),
  }))

const statuses: fc.Arbitrary<Filter> = fc
  .tuple(named, fc.uniqueArray(fc.constantFrom('active', 'inactive'), { minLength: 1 }), fc.boolean())
  .map(([write, chosen, isNumbered]) => ({
    name: 'status',
    query: chosen
      .map((state, at) => write(isNumbered ? `filters[status][${at}]` : 'filters[status]', state))
      .join('&'),
    holds: ({ state }) => chosen.some((one) => one === state),
  }))

const validations: fc.Arbitrary<Filter> = fc
  .tuple(named, fc.uniqueArray(fc.constantFrom('pending', 'not_pending'), { minLength: 1 }))
  .map(([write, chosen]) => ({
    name: 'validation',
    query: chosen.map((value) => write('filters[validation]', value)).join('&'),
    holds: (one) => chosen.includes(isPending(one) ? 'pending' : 'not_pending'),
  }))

const containers: fc.Arbitrary<Filter> = fc
  .tuple(
    named,
    fc.constantFrom('container_id', 'filters[container_id_for_organization]'),
    fc.constantFrom(0, OWN, 8),
  )
  .map(([write, name, id]) => ({ name: 'container', query: write(name, String(id)), holds: () => id !== 8 }))

const SORTS: Readonly<Record<string, (one: Organization) => string | number>> = {
  id: ({ number }) => number,
  name: (one) => folded(mainName(one)),
  status: ({ state }) => state,
  is_active: ({ state }) => Number(state === 'active'),
}

const sorts = fc.uniqueArray(fc.tuple(fc.constantFrom(...Object.keys(SORTS)), fc.boolean()), {
  selector: ([name]) => name,
})

test('a list is what its evaluation in plain JavaScript is', async () => {
  const lists = fc.array(
    digicertDossiers().map(({ organization }) => organization),
    { maxLength: 12 },
  )
  const cases = lists.chain((records) => {
    const texts = [
      '1',
      '11',
      'zzz',
      ...records
        .map((one) => [...mainName(one)].slice(0, 4).join(''))
        .filter((text) => !/^\s*$|^%/.test(text)),
    ]
    const filter = fc.oneof(searches(texts), statuses, validations, containers)
    const page = fc.record({ limit: fc.nat(8), offset: fc.nat(6) }, { requiredKeys: [] })
    const asked = fc.tuple(fc.array(filter, { maxLength: 3 }), sorts, page)
    return fc.tuple(fc.constant(records), fc.array(asked, { minLength: 10, maxLength: 10 }))
  })
  await fc.assert(
    fc.asyncProperty(cases, async ([records, asked]) => {
      const stored = await saved(records)
      for (const [filters, order, { limit = 1000, offset = 0 }] of asked) {
        const chosen = [...new Map(filters.map((filter) => [filter.name, filter])).values()]
        const sort = order.map(([name, isDescending]) => `${isDescending ? '-' : ''}${name}`).join(',')
        const query = [
          ...chosen.map((one) => one.query),
          `sort=${sort}`,
          `limit=${limit}&offset=${offset}`,
        ].join('&')
        const found = await store.read((reader) =>
          reader.organizations({ tenant: `tenant-${tenants}`, ...readListQuery(query, OWN).asked }),
        )
        const all = stored
          .filter((one) => one.state !== 'deleted' && chosen.every(({ holds }) => holds(one)))
          .toSorted((left, right) => compared(left, right, order))
        const expected = all.slice(offset, offset + limit).map(({ number }) => number)
        deepEqual([found.items.map(({ number }) => number), found.total], [expected, all.length], query)
      }
    }),
    { numRuns: 60 },
  )
})

function compared(
  left: Organization,
  right: Organization,
  order: readonly (readonly [string, boolean])[],
): number {
  for (const [name, isDescending] of order) {
    const keys = [left, right].map((one) => SORTS[name]?.(one) ?? 0) as [string, string]
    const difference = bytesCompared(...keys)
    if (difference !== 0) return isDescending ? -difference : difference
  }
  return left.number - right.number
}

/** Texts as an engine compares them: by their bytes. */
function bytesCompared(left: string | number, right: string | number): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)))
}

describe('what a query string says', () => {
  const asked = (query: string) => readListQuery(query, OWN)

  test('nothing: a thousand, from the first', () => {
    const { limit, offset, states } = asked('').asked
    deepEqual([limit, offset, states], [1000, 0, ['active', 'inactive']])
  })

  for (const [query, limit, offset] of [
    ['limit=1000', 1000, 0],
    ['limit=1001', 1000, 0],
    ['limit=999999999999999999999', 1000, 0],
    ['limit=0&offset=2147483647', 0, 2_147_483_647],
  ] as const) {
    test(query, () => deepEqual([asked(query).asked.limit, asked(query).asked.offset], [limit, offset]))
  }

  for (const [written, is] of [
    ['true', true],
    ['True', true],
    ['1', true],
    ['false', false],
    ['False', false],
    ['0', false],
    ['', false],
  ] as const) {
    test(`include_validation=${written}`, () =>
      equal(asked(`include_validation=${written}`).includesValidations, is))
  }

  for (const [query, ...codes] of [
    ['limit=-1', 'limit'],
    ['limit=', 'limit'],
    ['limit=1.5&offset=x', 'limit', 'offset'],
    ['offset=2147483648', 'offset'],
    ['filters[status]=approved&filters[validation]=done', 'status', 'validation'],
    ['filters[status][0]=active&filters[status][1]=x', 'status'],
    ['container_id=x', 'container_id'],
    ['include_validation=maybe', 'include_validation'],
    ['sort=name,city', 'sort'],
    ['sort=--name', 'sort'],
    ['sort=constructor', 'sort'],
  ] as const) {
    test(`${query} is wrong, all of it told`, () => {
      throws(
        () => asked(query),
        (error) => {
          if (!(error instanceof Problem && error.is('body-invalid'))) return false
          deepEqual(
            error.facts.violations.map(({ path }) => path[0]),
            codes,
          )
          return true
        },
      )
    })
  }

  test('parameters that mean nothing are read over, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const name = encodeURIComponent(text.toWellFormed())
        deepEqual(asked(`x${name}=${name}&filters[x]=${name}&filters=1&sort=`), asked(''))
      }),
    )
  })
})
