import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { parse } from 'yaml'
import { catalogue, principal } from '../../core/testing/records.ts'
import { catalogues } from './catalogues.ts'
import { associatesOf, associateWithId, associateWithNumber } from './lens/associates.ts'
import { marksIn, putInterests, shownInterests } from './lens/interests.ts'
import { listsOf } from './lens/lists.ts'
import { shownCategory, shownCountryCard } from './lens/references.ts'
import { countryWithCode } from './wire/countries.ts'

/** The example of the README. */
const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8')
const example = (
  parse(/```yaml\n(catalogues:[\s\S]*?)```/.exec(readme)?.[1] ?? '') as {
    catalogues: Record<string, unknown>
  }
).catalogues
const tenant = catalogue({ lists: example, principals: [principal({ number: 7 })] })
const lists = listsOf(tenant)

describe('catalogues', () => {
  test('the example of the README has no mistakes', () => {
    assert.deepEqual(catalogues.mistakesIn(example), [])
    assert.equal(Object.keys(example).length > 5, true)
  })

  test('all mistakes are told, however many there are', () => {
    const business = Array.from({ length: 30 }, () => ({ Id: 0, Value: 'A' }))
    assert.equal(catalogues.mistakesIn({ business, category: [null] }).length, 31)
  })

  test('all mistakes are told at once', () => {
    const mistakes = catalogues.mistakesIn({
      business: [{ Id: 1, Value: 'A' }, { Id: 1, Value: 'B' }, { Id: 2 }],
      category: [{ Id: 1, Value: 'A', CategoryGroup: 'Nobody' }],
      contint: [
        {
          Id: 1,
          Value: 'Heading',
          ChildItems: [
            { Id: 1, Name: 'Under it' },
            { Id: 2, Name: 'B', Value: 'b' },
          ],
        },
      ],
      country: [{ Id: 1, Value: 'Nowhere' }, { Id: 578 }],
      ticketpriority: 'High',
      associate: [{ Id: 0, Value: 'X' }],
      preferences: { business: 9, category: 1 },
    })
    assert.deepEqual(mistakes.toSorted(), [
      'associate/0/Id must be >= 1',
      'business 2 needs a Value',
      'business has Id 1 twice',
      'category/0/CategoryGroup must be equal to one of the allowed values',
      'contint 2 has both Value and Name',
      'contint has Id 1 twice',
      'country 1 is no UN code of a country',
      'preferences names business 9, which its list lacks',
      'ticketpriority must be array',
    ])
  })

  for (const written of [undefined, null, 5, 'x', [], [null], [5], {}]) {
    test(`lists of ${JSON.stringify(written)} are no failure`, () => {
      const source = Object.fromEntries(catalogues.names.map((name) => [name, written]))
      assert.equal(Array.isArray(catalogues.mistakesIn(source)), true)
      assert.equal(typeof listsOf(catalogue({ lists: source })).preferences.business, 'number')
    })
  }
})

describe('lists of a catalogue', () => {
  test('a category has its group, its rank and its marks', () => {
    const { CategoryGroup, Rank, Deleted, Value } = shownCategory(lists, 2) ?? assert.fail()
    assert.deepEqual(
      [CategoryGroup, Rank, Deleted, Value],
      ['Customer', 2, false, 'NO:"Kunde";US:"Customer"'],
    )
  })

  test('interests stand under their headings, and those no longer offered are left out', () => {
    const names = shownInterests(lists, undefined).map(({ Id, ChildItems }) => [
      Id,
      ChildItems.map((child) => child.Id),
    ])
    assert.deepEqual(names, [
      [100, [1, 2]],
      [3, []],
    ])
  })

  test('an interest that is no longer offered is shown while it is selected', () => {
    const [heading] = shownInterests(lists, [4]).filter(({ Id }) => Id === 4)
    assert.deepEqual([heading?.Selected, heading?.Deleted], [true, true])
  })

  test('marks are those of what can be chosen; a heading is none', () => {
    assert.deepEqual(
      [...marksIn(shownInterests(lists, [2]))],
      [
        [1, false],
        [2, true],
        [3, false],
      ],
    )
    assert.deepEqual(putInterests([2], marksIn(shownInterests(lists, [2]))), [2])
  })

  test('a country of the list has its name and rank, others their own', () => {
    const [norway, belgium] = ['NO', 'BE'].map((code) => shownCountryCard(lists, countryWithCode(code)))
    assert.deepEqual([norway?.Name, norway?.Rank], ['NO:"Norge";US:"Norway"', 1])
    assert.equal(belgium?.Name, 'Belgium')
  })
})

describe('associates', () => {
  test('principals are associates by their number, with the initials of the list', () => {
    const card = associateWithNumber(tenant, 7, null)
    assert.deepEqual([card?.Name, card?.FullName, card?.UserName], ['AE', 'Ann Editor', 'ann@example.org'])
    assert.deepEqual(associateWithId(tenant, 'ann'), card)
  })

  test('who is only in the list is one too, and an unknown number stays a number', () => {
    assert.equal(associateWithNumber(tenant, 90, null)?.FullName, 'Kari Nordmann')
    assert.deepEqual(
      [associateWithNumber(tenant, 77, null)?.Type, associateWithNumber(tenant, 0, null)],
      ['Unknown', null],
    )
  })

  test('all of them are told once, by number', () => {
    assert.deepEqual(
      associatesOf(tenant).map(({ AssociateId }) => AssociateId),
      [7, 90],
    )
  })
})
