import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Indexer } from '../src/core/index-rows.ts'
import {
  CORE_INDEXERS,
  indexChange,
  personIndexChange,
  rowsOf,
  rowsOfPerson,
} from '../src/core/index-rows.ts'
import type { Organization } from '../src/core/organization.ts'
import { ORGANIZATION_PARTS } from '../src/core/organization.ts'
import type { Person } from '../src/core/person.ts'
import { PERSON_PARTS } from '../src/core/person.ts'
import { dossiers } from '../src/core/testing/random-records.ts'
import { dialects } from '../src/dialects/index.ts'

const named = [
  ...CORE_INDEXERS.map((indexer, at) => ({ name: `core ${at}`, indexer })),
  ...dialects.flatMap((dialect) =>
    (dialect.indexers ?? []).map((indexer, at) => ({ name: `${dialect.name} ${at}`, indexer })),
  ),
]
const all = named.map(({ indexer }) => indexer)
const organizations = dossiers().map(({ organization }) => organization)
const people = dossiers()
  .filter((dossier) => dossier.people.length > 0)
  .map((dossier) => dossier.people[0] as Person)

for (const { name, indexer } of named) {
  test(`indexer ${name} reads no part but ${indexer.parts.join(', ') || 'none'}`, () => {
    fc.assert(
      fc.property(organizations, (organization) => {
        const { parts, rows } = indexer
        assert.deepEqual(undeclaredReads(parts, rows, organization, ORGANIZATION_PARTS), [])
      }),
      { numRuns: 50 },
    )
  })
  const { ofPeople } = indexer
  if (ofPeople === undefined) continue
  test(`indexer ${name} reads no part of a person but ${ofPeople.parts.join(', ')}`, () => {
    fc.assert(
      fc.property(people, (person) => {
        assert.deepEqual(undeclaredReads(ofPeople.parts, ofPeople.rows, person, PERSON_PARTS), [])
      }),
      { numRuns: 50 },
    )
  })
}

test('an indexer that reads more than it says is found out', () => {
  const greedy: Indexer = { parts: ['name'], rows: ({ facets, note }) => (facets['kare'] && note ? [] : []) }
  const [organization] = fc.sample(organizations, { numRuns: 1, seed: 1 })
  const kare = { ...organization, facets: { kare: {} } } as Organization
  assert.deepEqual(undeclaredReads(greedy.parts, greedy.rows, kare, ORGANIZATION_PARTS), [
    'facets.kare',
    'note',
  ])
})

test('no two indexers make the same row, nor two dialects rows of one kind', () => {
  const dialectOf = (name: string) => name.replace(/ \d+(?: of people)?$/, '')
  const makers = new Map<string, string>()
  fc.assert(
    fc.property(dossiers(), (dossier) => {
      const rows = new Map<string, string>()
      const make = (name: string, kind: string, key: string) => {
        const row = keyOf({ kind, key })
        assert.equal(rows.get(row) ?? name, name, `row ${row}`)
        rows.set(row, name)
        assert.equal(makers.get(kind) ?? dialectOf(name), dialectOf(name), `rows of kind ${kind}`)
        makers.set(kind, dialectOf(name))
      }
      for (const { name, indexer } of named) {
        for (const { kind, key } of indexer.rows(dossier.organization)) make(name, kind, key)
        for (const person of dossier.people)
          for (const { kind, key } of rowsOfPerson([indexer], person)) make(`${name} of people`, kind, key)
      }
    }),
  )
})

describe('what a write does to the rows', () => {
  test('leaves those of the organization as it is now', () => {
    fc.assert(
      fc.property(organizations, organizations, (before, other) => {
        const after = { ...other, id: before.id, created: before.created }
        const change = indexChange(all, before, after, () => true)
        const rows = new Map(rowsOf(all, before).map((row) => [keyOf(row), row.part]))
        for (const row of change?.removed ?? [])
          assert.ok(rows.delete(keyOf(row)), 'removes a row that is there')
        for (const row of change?.added ?? []) {
          assert.ok(!rows.has(keyOf(row)), 'adds a row that is not there')
          rows.set(keyOf(row), row.part)
        }
        const due = new Map(rowsOf(all, after).map((row) => [keyOf(row), row.part]))
        assert.deepEqual([...rows].sort(), [...due].sort())
      }),
    )
  })

  test('is nothing where no part of them differs', () => {
    fc.assert(
      fc.property(organizations, (organization) => {
        const noted = { ...organization, mergedInto: 'another' }
        assert.equal(
          indexChange(all, organization, noted, () => true),
          undefined,
        )
      }),
      { numRuns: 30 },
    )
  })

  test('leaves those of a person where the person is now, and none of one who is gone', () => {
    const writes = fc.tuple(people, people, fc.boolean(), fc.constantFrom('active', 'deleted'))
    fc.assert(
      fc.property(writes, ([before, other, moves, state]) => {
        const organization = moves ? 'another' : before.organization
        const after: Person = { ...other, id: before.id, organization, state: state as Person['state'] }
        const change = personIndexChange(all, before, after, () => true)
        const rows = new Set(rowsOfPerson(all, before).map((row) => `${before.organization} ${keyOf(row)}`))
        for (const row of change?.removed ?? [])
          assert.ok(rows.delete(`${change?.from} ${keyOf(row)}`), 'removes a row that is there')
        for (const row of change?.added ?? []) {
          assert.equal(row.part, 'people')
          assert.ok(!rows.has(`${organization} ${keyOf(row)}`), 'adds a row that is not there')
          rows.add(`${organization} ${keyOf(row)}`)
        }
        const due = rowsOfPerson(all, after).map((row) => `${organization} ${keyOf(row)}`)
        assert.deepEqual([...rows].sort(), due.sort())
        if (state === 'deleted') assert.equal(due.length, 0)
      }),
    )
  })
})

function keyOf({ kind, key }: { readonly kind: string; readonly key: string }): string {
  return `${kind}\n${key}`
}

/** The parts that an indexer looked at without having said so. */
function undeclaredReads<R extends Organization | Person>(
  declared: readonly string[],
  rows: (record: R) => unknown,
  record: R,
  parts: readonly string[],
): readonly string[] {
  const read = new Set<string>()
  const facets = new Proxy(record.facets, {
    get(target, name) {
      read.add(`facets.${String(name)}`)
      return Reflect.get(target, name)
    },
  })
  const watched = new Proxy(record, {
    get(target, name) {
      if (name === 'facets') return facets
      if (parts.includes(String(name))) read.add(String(name))
      return Reflect.get(target, name)
    },
  })
  rows(watched)
  return [...read].filter((part) => !declared.includes(part)).sort()
}
