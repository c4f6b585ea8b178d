import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { CORE_INDEXERS, rowsOf } from '../../../core/index-rows.ts'
import type { Store } from '../../../core/store.ts'
import { openSqlite } from '../../../store/sqlite/index.ts'
import { saving } from '../../../store/testing/changes.ts'
import type { Entry } from '../testing/search-entries.ts'
import { documentOf, entryLists } from '../testing/search-entries.ts'
import { filtersFor, parameter, statuses } from '../testing/search-filters.ts'
import { queriesFor } from '../testing/search-queries.ts'
import { readQuery } from '../where.ts'
import { indexers } from './indexers.ts'
import { readSearch } from './parameters.ts'

let store: Store
before(() => {
  store = openSqlite(':memory:', true)
})
after(() => store.close())

const ALL = [...CORE_INDEXERS, ...indexers]

let tenants = 0

/** What the parameters find among the entries, by number, as the engine answers. */
async function found(
  entries: readonly Entry[],
  queries: readonly string[],
): Promise<readonly (readonly number[])[]> {
  tenants += 1
  const tenant = `tenant-${tenants}`
  await store.transact(async (transactor) => {
    for (const { organization } of entries) {
      const stored = { ...organization, tenant, id: `${tenants}-${organization.id}` }
      await transactor.save(saving([stored], { removed: [], added: rowsOf(ALL, stored) }))
    }
  })
  const pages = queries.map((query) =>
    store.read((reader) => reader.organizations({ tenant, ...readSearch(`${query}&limit=2000`) })),
  )
  return (await Promise.all(pages)).map(({ items }) => items.map(({ number }) => number))
}

function numbersOf(entries: readonly Entry[]): readonly number[] {
  return entries.map(({ organization }) => organization.number)
}

const RUNS = 60

test('a query finds what its evaluation on the documents finds', async () => {
  const cases = entryLists.chain((entries) =>
    fc.tuple(fc.constant(entries), fc.array(queriesFor(entries), { minLength: 12, maxLength: 12 })),
  )
  await fc.assert(
    fc.asyncProperty(cases, async ([entries, asked]) => {
      const answers = await found(
        entries,
        asked.map(({ text }) => `disableDefaultFilters=true&${parameter('q', text)}`),
      )
      for (const [at, { text, holds }] of asked.entries()) {
        const expected = numbersOf(entries.filter((entry) => holds(documentOf(entry))))
        assert.deepEqual(answers[at], expected, text)
        const whole = readQuery(text)
        const evaluated = numbersOf(entries.filter((entry) => whole?.(documentOf(entry))))
        assert.deepEqual(evaluated, expected, `precedence of ${text}`)
      }
    }),
    { numRuns: RUNS },
  )
})

test('parameters find what all of them are for', async () => {
  const cases = entryLists.chain((entries) => {
    const filters = fc.tuple(statuses, fc.array(filtersFor(entries), { minLength: 1, maxLength: 3 }))
    return fc.tuple(fc.constant(entries), fc.array(filters, { minLength: 12, maxLength: 12 }))
  })
  await fc.assert(
    fc.asyncProperty(cases, async ([entries, asked]) => {
      // Of a parameter that takes one value, only the last counts.
      const sets = asked.map(([status, filters]) => [
        status,
        ...new Map(filters.map((filter) => [filter.query.split('=')[0], filter])).values(),
      ])
      const answers = await found(
        entries,
        sets.map((filters) => filters.map(({ query }) => query).join('&')),
      )
      for (const [at, filters] of sets.entries()) {
        const expected = entries.filter((entry) => filters.every(({ holds }) => holds(entry)))
        assert.deepEqual(answers[at], numbersOf(expected), filters.map(({ query }) => query).join('&'))
      }
    }),
    { numRuns: RUNS },
  )
})

test('several orders apply one after the other, then the number', async () => {
  const orders: Readonly<Record<string, (entry: Entry) => number>> = {
    created: ({ organization }) => Date.parse(organization.created.at),
    modified: ({ organization }) => organization.shownAt,
    completeness: ({ view }) => view.completeness,
    score: () => 0,
  }
  const sorts = fc.array(fc.tuple(fc.constantFrom(...Object.keys(orders)), fc.constantFrom('asc', 'desc')), {
    maxLength: 3,
  })
  await fc.assert(
    fc.asyncProperty(entryLists, sorts, async (entries, sort) => {
      const distinct = [...new Map(sort)]
      const query = distinct.map(([name, direction]) => parameter(`sort[${name}]`, direction)).join('&')
      const expected = entries.toSorted((left, right) => {
        const differences = distinct.map(([name, direction]) => {
          const [first, second] = [left, right].map((entry) => orders[name]?.(entry) ?? 0)
          return ((first ?? 0) - (second ?? 0)) * (direction === 'desc' ? -1 : 1)
        })
        return differences.find((difference) => difference !== 0) ?? 0
      })
      assert.deepEqual(await found(entries, [`workflowStatus=*&${query}`]), [numbersOf(expected)])
    }),
    { numRuns: RUNS },
  )
})
