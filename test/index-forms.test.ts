import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Dossier } from '../src/core/dossier.ts'
import type { Indexer } from '../src/core/index-rows.ts'
import { CORE_INDEX_FORM, CORE_INDEXERS, rowsOf, rowsOfPerson } from '../src/core/index-rows.ts'
import { dialects } from '../src/dialects/index.ts'

const dossiers = readFileSync(join(import.meta.dirname, 'records-of-any-release.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Dossier)

/** What the indexers make of the same records, whatever the release. */
function rowsBy(indexers: readonly Indexer[]): string {
  const rows = dossiers.flatMap(({ organization, people }) => [
    ...rowsOf(indexers, organization),
    ...people.flatMap((person) => rowsOfPerson(indexers, person)),
  ])
  const texts = rows.map(({ kind, key, part }) => JSON.stringify([kind, key, part])).sort()
  return createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 16)
}

/** The form of each, and what it makes. Where this differs, raise the form: databases are then indexed anew at the next start. */
const MADE: Readonly<Record<string, readonly [form: number, rows: string]>> = {
  core: [2, '6292ba00ace9d372'],
  digicert: [1, 'f22a43b44e2ba2d5'],
  kare: [1, '8a741d53d82dda3a'],
  native: [2, '3589ca910d8984ba'],
  superoffice: [1, '6c0e9a5c22e0020e'],
  uitdatabank: [1, '9251299b6e74398a'],
}

test('index rows that are made otherwise have another form', () => {
  const made = [
    ['core', CORE_INDEX_FORM, CORE_INDEXERS] as const,
    ...dialects.map(({ name, indexForm, indexers = [] }) => [name, indexForm, indexers] as const),
  ].map(([name, form, indexers]) => [name, [form, rowsBy(indexers)]])
  assert.deepEqual(Object.fromEntries(made), MADE)
})

test('every dialect makes rows of those records, so that a change of them is seen', () => {
  const none = rowsBy([])
  for (const { name, indexers = [] } of dialects) assert.notEqual(rowsBy(indexers), none, name)
})
