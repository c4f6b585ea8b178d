import { deepEqual, rejects } from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createKnown } from '../core/known.ts'
import type { CatalogueTerms } from '../dialects/dialect.ts'
import { openSqlite } from '../store/sqlite/index.ts'
import type { AccessFile } from './access-file.ts'
import { readAccessFile } from './access-file.ts'
import { applyAccess } from './apply.ts'

const folder = mkdtempSync(join(tmpdir(), 'polydex-catalogues-'))
const path = join(folder, 'access.yaml')
after(() => rmSync(folder, { recursive: true }))

const colours: CatalogueTerms = {
  names: ['colour'],
  mistakesIn: ({ colour }) => (colour === undefined || colour === 'red' ? [] : [`${colour} is not red`]),
}

function mistakesOf(entries: string): readonly string[] {
  writeFileSync(path, `version: 1\n${entries}\n`)
  const mistakes: string[] = []
  readAccessFile(path, mistakes, [colours], () => true)
  return mistakes.map((mistake) => mistake.replace(`${path}: `, ''))
}

test('a catalogue that no dialect reads is a mistake, and so is what a dialect finds wrong', () => {
  deepEqual(mistakesOf('catalogues: { colour: red }'), [])
  deepEqual(mistakesOf('catalogues: { colour: blue, color: red }'), [
    'catalogues: there is no catalogue color',
    'catalogues: blue is not red',
  ])
})

test('several tenants have theirs in a list, and all mistakes of it are told', () => {
  const entries = (second: string) => `catalogues: [{ tenant: a, colour: red }, { tenant: ${second} }]`
  deepEqual(mistakesOf(entries('b, colour: red')), [])
  deepEqual(mistakesOf(entries('a, colour: green')), [
    'catalogues has a twice',
    'catalogues of a: green is not red',
  ])
})

for (const written of ['5', '[5]', '{ tenant: 5, colour: red }']) {
  test(`${written} are no catalogues`, () => {
    deepEqual(mistakesOf(`catalogues: ${written}`).length > 0, true)
  })
}

const tenants = [{ id: 'a' }, { id: 'b' }]

async function listsAfter(files: readonly AccessFile[]): Promise<readonly unknown[]> {
  const store = openSqlite(':memory:', true)
  after(() => store.close())
  for (const file of files) await applyAccess(store, file)
  const known = createKnown()
  await store.read((reader) => known.follow(reader))
  return known.tenants().map(({ id }) => known.catalogue(id).lists)
}

test('each tenant has its own catalogues', async () => {
  const catalogues = [
    { tenant: 'a', colour: 'red' },
    { tenant: 'b', colour: 'blue' },
  ]
  deepEqual(await listsAfter([{ version: 1, tenants, catalogues }]), [{ colour: 'red' }, { colour: 'blue' }])
})

test('what a file does not mention stays', async () => {
  const first: AccessFile = { version: 1, catalogues: { colour: 'red' } }
  const second: AccessFile = { version: 1, catalogues: { shape: 'round' } }
  deepEqual(await listsAfter([first, second]), [{ colour: 'red', shape: 'round' }])
})

test('with several tenants, catalogues name theirs', async () => {
  await rejects(
    listsAfter([{ version: 1, tenants, catalogues: { colour: 'red' } }]),
    /each entry names its own/,
  )
  await rejects(
    listsAfter([{ version: 1, tenants, catalogues: { tenant: 'c', colour: 'red' } }]),
    /no tenant c/,
  )
})
