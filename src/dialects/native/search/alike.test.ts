import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { PairPlace } from '../../../core/pairs.ts'
import { HOLDERS_LIMIT } from '../../../core/pairs.ts'
import { CREATED, organization, uuid } from '../../../core/testing/records.ts'
import { openSqlite } from '../../../store/sqlite/index.ts'
import { saving } from '../../../store/testing/changes.ts'
import type { Entry } from '../testing/random-directories.ts'
import { directories } from '../testing/random-directories.ts'
import type { ReaderName, SearchHouse, Seen } from '../testing/search-house.ts'
import { askerOf, openSearchHouse, READERS, seenBy } from '../testing/search-house.ts'
import { reasonOf } from './alike.ts'
import { KIND } from './indexers.ts'

let house: SearchHouse
before(() => {
  house = openSearchHouse(openSqlite(':memory:', true), saving)
})
after(() => house.store.close())

/** Numbers of each pair with the kinds of its reasons, page by page. */
async function pairsFor(
  tenant: string,
  name: ReaderName,
  limit: number,
  of?: string,
  look: (next: PairPlace) => void = () => {},
) {
  const found: (readonly [number, number, string])[] = []
  let after: PairPlace | undefined
  do {
    const query = { kind: KIND.alike, limit, ...(after && { after }), ...(of !== undefined && { of }) }
    const { pairs, next } = await house.directory.pairs(askerOf(name, tenant), query)
    assert.ok(pairs.length <= limit)
    for (const { organizations, keys } of pairs) {
      const [left = 0, right = 0] = organizations.map(({ dossier }) => dossier.organization.number)
      found.push([left, right, [...new Set(keys.map((key) => reasonOf(key).kind))].join()])
    }
    if (next !== undefined) look(next)
    after = next
  } while (after !== undefined)
  return found.sort((one, other) => one[0] - other[0] || one[1] - other[1])
}

test('each two that have something in common are proposed once, for what their reader may know', async () => {
  await fc.assert(
    fc.asyncProperty(
      directories,
      fc.constantFrom(...READERS),
      fc.constantFrom(1, 2, 9),
      async (entries, name, limit) => {
        const tenant = await house.tenantWith(entries)
        const seen = entries
          .flatMap((entry) => seenBy(name, entry) ?? [])
          .filter(({ entry }) => entry.organization.state !== 'deleted')
        const expected = seen.flatMap((left, at) =>
          seen.slice(at + 1).flatMap((right) => {
            const reasons = commonTo(left, right)
            const numbers = [left, right].map(({ entry }) => entry.organization.number)
            return reasons.length === 0 ? [] : [[...numbers, reasons.join()]]
          }),
        )
        assert.deepEqual(await pairsFor(tenant, name, limit), expected)
        const own = expected.filter(([left, right]) => left === 1 || right === 1)
        assert.deepEqual(await pairsFor(tenant, name, limit, uuid(1)), own)
      },
    ),
    { numRuns: 150 },
  )
})

function commonTo(left: Seen, right: Seen): readonly string[] {
  const both = (part: string) => left.sees(part) && right.sees(part)
  const meets = (valuesOf: (entry: Entry) => readonly string[]) =>
    valuesOf(left.entry).some((value) => valuesOf(right.entry).includes(value))
  const reasons: Readonly<Record<string, boolean>> = {
    email:
      both('emails') &&
      meets(({ organization: { emails } }) => emails.map(({ address }) => address.toLowerCase())),
    identifier:
      both('identifiers') &&
      meets(({ organization: { identifiers } }) => identifiers.map(({ value }) => value)),
    link: both('links') && meets(({ organization: { links } }) => links.map(({ uri }) => uri)),
    name: both('addresses') && meets(namesAndPlaces),
    phone:
      both('phones') &&
      meets(({ organization: { phones } }) =>
        phones.map(({ number }) => number.replace(/\D/g, '').slice(-8)).filter((digits) => digits.length > 5),
      ),
  }
  return Object.keys(reasons).filter((reason) => reasons[reason])
}

/** No two of the names and codes here are the same in other words. */
function namesAndPlaces({ organization: { name, addresses } }: Entry): readonly string[] {
  const places = [...Object.values(addresses.street ?? {}), ...Object.values(addresses.postal ?? {})]
  return Object.values(name).flatMap((text) => places.map(({ postalCode }) => `${text} ${postalCode}`))
}

test(`what ${HOLDERS_LIMIT} organizations have tells of them, what one more has does not`, async () => {
  const among = (count: number) =>
    Array.from({ length: count }, (_, at): Entry => {
      const emails = [{ id: '1-1', address: 'info@office.example' }]
      return { organization: organization({ id: uuid(at + 1), number: at + 1, emails }), people: [] }
    })
  const [few, many] = [
    await house.tenantWith(among(HOLDERS_LIMIT)),
    await house.tenantWith(among(HOLDERS_LIMIT + 1)),
  ]
  assert.equal((await pairsFor(few, 'root', 7)).length, (HOLDERS_LIMIT * (HOLDERS_LIMIT - 1)) / 2)
  assert.deepEqual(await pairsFor(many, 'root', 7), [])
})

test('a page tells where to go on by nothing that its reader may not know', async () => {
  const linked = (number: number, key: string): Entry => {
    const links = [{ id: '1-1', uri: `https://${key}.example`, kind: 'contact' as const }]
    return { organization: organization({ id: uuid(number), number, links }), people: [] }
  }
  // Two by two, odd numbers, which no reader here but the last may read; and e-mails, which none may.
  const hidden = (at: number): Entry => {
    const items = Array.from({ length: 50 }, (_, item) => `secret-${Math.floor(at / 2)}-${item}`)
    const id = (item: number) => `1-${item + 1}`
    const emails = items.map((value, item) => ({ id: id(item), address: `${value}@x.example` }))
    const identifiers = items.map((value, item) => ({ id: id(item), scheme: 'vat', value }))
    const links = items.map((value, item) => ({ id: id(item), uri: value, kind: 'contact' as const }))
    const number = 101 + 2 * at
    const parts = { id: uuid(number), number, emails, identifiers, links }
    return { organization: organization({ ...parts, created: { ...CREATED, by: 'bram' } }), people: [] }
  }
  const tenant = await house.tenantWith([
    ...[2, 4].map((number) => linked(number, 'a')),
    ...[6, 8].map((number) => linked(number, 'z')),
    ...Array.from({ length: 12 }, (_, at) => hidden(at)),
  ])
  for (const name of ['some', 'ann'] as const) {
    const all = await pairsFor(tenant, name, 1, undefined, ({ key }) => assert.doesNotMatch(key, /secret/))
    assert.deepEqual(all, [
      [2, 4, 'link'],
      [6, 8, 'link'],
    ])
  }
  const told = await pairsFor(tenant, 'masked', 200, undefined, ({ key }) =>
    assert.doesNotMatch(key, /email/),
  )
  assert.equal(told.length, 8)
})
