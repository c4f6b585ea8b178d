import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Indexer } from '../src/core/index-rows.ts'
import { CORE_INDEXERS, indexChange, rowsOf } from '../src/core/index-rows.ts'
import type { Organization } from '../src/core/organization.ts'
import { ORGANIZATION_PARTS } from '../src/core/organization.ts'
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

for (const { name, indexer } of named) {
  test(`indexer ${name} reads no part but ${indexer.parts.join(', ') || 'none'}`, () => {
    fc.assert(
      fc.property(organizations, (organization) => {
        assert.deepEqual(undeclaredReads(indexer, organization), [])
      }),
      { numRuns: 50 },
    )
  })
}

test('an indexer that reads more than it says is found out', () => {
  const greedy: Indexer = { parts: ['name'], rows: ({ facets, note }) => (facets['kare'] && note ? [] : []) }
  const [organization] = fc.sample(organizations, { numRuns: 1, seed: 1 })
  const kare = { ...organization, facets: { kare: {} } } as Organization
  assert.deepEqual(undeclaredReads(greedy, kare), ['facets.kare', 'note'])
})

test('no two indexers make rows of one kind', () => {
  const makers = new Map<string, string>()
  fc.assert(
    fc.property(organizations, (organization) => {
      for (const { name, indexer } of named) {
        for (const { kind } of indexer.rows(organization)) {
          assert.equal(makers.get(kind) ?? name, name, `rows of kind ${kind}`)
          makers.set(kind, name)
        }
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
})

function keyOf({ kind, key }: { readonly kind: string; readonly key: string }): string {
  return `${kind}\n${key}`
}

/** The parts that an indexer looked at without having said so. */
function undeclaredReads({ parts, rows }: Indexer, organization: Organization): readonly string[] {
  const read = new Set<string>()
  const facets = new Proxy(organization.facets, {
    get(target, name) {
      read.add(`facets.${String(name)}`)
      return Reflect.get(target, name)
    },
  })
  const watched = new Proxy(organization, {
    get(target, name) {
      if (name === 'facets') return facets
      if ((ORGANIZATION_PARTS as readonly string[]).includes(String(name))) read.add(String(name))
      return Reflect.get(target, name)
    },
  })
  rows(watched)
  return [...read].filter((part) => !parts.includes(part)).sort()
}
