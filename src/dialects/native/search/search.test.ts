import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '../../../core/problem.ts'
import { openSqlite } from '../../../store/sqlite/index.ts'
import { saving } from '../../../store/testing/changes.ts'
import type { Asked } from '../testing/plain-search.ts'
import { searches, updatedOf } from '../testing/plain-search.ts'
import { directories } from '../testing/random-directories.ts'
import type { ReaderName, SearchHouse, Seen } from '../testing/search-house.ts'
import { askerOf, openSearchHouse, READERS, seenBy } from '../testing/search-house.ts'
import { cursorFor } from './cursors.ts'
import { readSearch } from './parameters.ts'

const RUNS = 100

let house: SearchHouse
before(() => {
  house = openSearchHouse(openSqlite(':memory:', true), saving)
})
after(() => house.store.close())

const head = (query: string) => ({ method: 'GET', path: '/v1/organizations', query, headers: {} })

/** All that a query finds, page by page. */
async function found(tenant: string, name: ReaderName, query: string) {
  const asker = askerOf(name, tenant)
  const numbers: number[] = []
  const totals = new Set<number | undefined>()
  let cursor: string | undefined
  do {
    const suffix = cursor === undefined ? '' : `&cursor=${cursor}`
    const { sent, ...asked } = readSearch(head(`${query}${suffix}`))
    const { items, next, total } = await house.directory.seek(asker, asked)
    numbers.push(...items.map(({ dossier }) => dossier.organization.number))
    totals.add(total)
    cursor = next && cursorFor(sent, [next.key, next.number])
  } while (cursor !== undefined)
  return { numbers, totals }
}

const parameter = ({ name, text }: Pick<Asked, 'name' | 'text'>) => `${name}=${encodeURIComponent(text)}`

const orders = fc.constantFrom(
  'name',
  '-name',
  'number',
  '-number',
  'created',
  '-created',
  'updated',
  '-updated',
)

test('a search finds what a look at every organization finds, for whoever asks, page by page', async () => {
  const cases = fc.array(fc.tuple(searches, orders, fc.constantFrom(...READERS), fc.constantFrom(1, 3)), {
    minLength: 12,
    maxLength: 12,
  })
  await fc.assert(
    fc.asyncProperty(directories, cases, async (entries, asked) => {
      const tenant = await house.tenantWith(entries)
      for (const [search, order, name, limit] of asked) {
        const query = [...search.map(parameter), `sort=${order}`, `limit=${limit}`, 'count=true'].join('&')
        const expected = entries
          .flatMap((entry) => seenBy(name, entry) ?? [])
          .filter(
            ({ entry }) =>
              search.some((one) => one.name === 'state') || entry.organization.state !== 'deleted',
          )
          .filter(({ entry, sees }) => search.every(({ holds }) => holds(entry, sees)))
          .toSorted(comparing(order, name))
          .map(({ entry }) => entry.organization.number)
        const { numbers, totals } = await found(tenant, name, query)
        assert.deepEqual(numbers, expected, `${name}: ${decodeURIComponent(query)}`)
        assert.deepEqual([...totals], [expected.length], query)
      }
    }),
    { numRuns: RUNS },
  )
})

function comparing(order: string, reader: ReaderName) {
  const sign = order.startsWith('-') ? -1 : 1
  const by = order.replace('-', '')
  const keyOf = (seen: Seen): Buffer | number => {
    const { organization } = seen.entry
    // Whoever sees every part sees the order of all that was ever changed.
    const seesAll = ['root', 'whole', 'shut'].includes(reader)
    if (by === 'updated')
      return seesAll ? organization.shownAt : Math.floor(Date.parse(updatedOf(seen.entry, seen.sees)) / 1000)
    if (by === 'created') return Date.parse(organization.created.at)
    if (by === 'number') return organization.number
    return Buffer.from((organization.name['nl'] ?? '').normalize('NFKC').toLowerCase())
  }
  return (left: Seen, right: Seen): number => {
    const [first, second] = [keyOf(left), keyOf(right)]
    const order =
      typeof first === 'number' || typeof second === 'number'
        ? Number(first) - Number(second)
        : first.compare(second)
    return sign * (order || left.entry.organization.number - right.entry.organization.number)
  }
}

test('no query is anything but read or refused', () => {
  const texts = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.webQueryParameters())
  const parameters = fc.array(
    fc.tuple(
      fc.oneof(fc.constantFrom('q', 'cursor', 'sort', 'state', 'updatedAfter', 'limit'), texts),
      texts,
    ),
  )
  fc.assert(
    fc.property(parameters, (all) => {
      const query = all.map(([name, text]) => `${name}=${text}`).join('&')
      try {
        readSearch(head(query))
      } catch (error) {
        assert.ok(error instanceof Problem && error.is('refused'), String(error))
      }
    }),
    { numRuns: 500 },
  )
})
