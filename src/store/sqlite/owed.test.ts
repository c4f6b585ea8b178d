import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import fc from 'fast-check'
import type { IndexRow } from '../../core/index-rows.ts'
import type { Store } from '../../core/store.ts'
import { TENANT } from '../../core/testing/records.ts'
import { numbered, personNumbered, saving } from '../testing/changes.ts'
import { integrityOfSqlite } from './backup.ts'
import { openSqliteSource } from './copying.ts'
import { openSqlite } from './index.ts'
import { makeUpAll } from './making-up.ts'
import { createOwed } from './owed.ts'

const tenant = TENANT.id
const BULK = { kindsAtOnce: ['website'] }

function pathOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'polydex-owed-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'a.db')
}

/** Leaves the database to others after each transaction, for a moment. */
const pace = { most: () => 1, rest: () => setTimeout(2) }

const keyOf = (word: number) => `key ${word}`
const rowsOf = (words: readonly number[]): readonly IndexRow[] =>
  words.map((word) => ({
    kind: `test.${word % 3}`,
    key: keyOf(word),
    part: word % 2 === 0 ? 'name' : 'links',
  }))

/** What is done to a directory, whoever does it: the rows of organization `at` become those of `words`. */
interface Deed {
  readonly by: 'load' | 'server' | 'step'
  readonly at: number
  readonly words: readonly number[]
}

const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.record({
    by: fc.constantFrom('load', 'server', 'step'),
    at: fc.nat(5),
    words: fc.uniqueArray(fc.nat(9), { maxLength: 5 }),
  }),
  { maxLength: 20 },
)

/** Does the deeds, each with the store that it is for. Loads only create, as an import does. */
async function perform(all: readonly Deed[], stores: Readonly<Record<'load' | 'server', Store>>) {
  const has = new Map<number, { version: number; words: readonly number[] }>()
  const act = async ({ by, at, words }: Deed) => {
    const known = has.get(at)
    if (by === 'step') return void (await stores.server.makeUp())
    const store = known === undefined ? stores[by] : stores.server
    const before = known?.words ?? []
    const index = {
      removed: rowsOf(before.filter((word) => !words.includes(word))),
      added: rowsOf(words.filter((word) => !before.includes(word))),
    }
    const version = (known?.version ?? 0) + 1
    has.set(at, { version, words })
    await store.transact((transactor) => transactor.save(saving([numbered(at + 1, { version })], index)))
  }
  for (const deed of all) await act(deed)
  return act
}

function rowsIn(path: string): readonly unknown[] {
  const file = new DatabaseSync(path, { readOnly: true })
  const rows = file
    .prepare(
      `select name, search_key, o.id, part from index_rows i join index_kinds k on k.id = i.kind join organizations o on o.key = i.organization
       order by name, search_key, o.id`,
    )
    .all()
  const rest = file
    .prepare('select (select count(*) from index_owed) + (select count(*) from index_rows_removed) as count')
    .get()
  file.close()
  return [...rows.map((row) => Object.values(row)), rest?.['count']]
}

test('rows that a load left for later are in the end those that would have been written at once, whoever writes meanwhile', async (context) => {
  const property = fc.asyncProperty(deeds, deeds, async (before, meanwhile) => {
    const [path, plain] = [pathOf(context), pathOf(context)]
    const at = openSqlite(plain, true)
    const atOnce = await perform(before, { load: at, server: at })
    const byServers = meanwhile.map((deed) => ({
      ...deed,
      by: deed.by === 'load' ? ('server' as const) : deed.by,
    }))
    for (const deed of byServers) await atOnce(deed)
    await at.close()

    const server = openSqlite(path, true)
    const load = openSqlite(path, false, BULK)
    const act = await perform(before, { load, server })
    assert.deepEqual(integrityOfSqlite(path), [])
    const writing = new DatabaseSync(path, { timeout: 5_000 })
    const owed = createOwed(writing, 'another load', true)
    // As if the load were gone: another one takes over, in many small rounds.
    writing.exec('update index_owed set until = 0')
    const making = makeUpAll(writing, owed, 'another load', pace, { few: 0, rowsAtOnce: 2 })
    for (const deed of byServers) await act(deed)
    assert.equal((await making).state, 'done')
    writing.close()
    await Promise.all([server.close(), load.close()])
    assert.deepEqual(integrityOfSqlite(path), [])
    assert.deepEqual(rowsIn(path), rowsIn(plain))
  })
  await fc.assert(property, { numRuns: 30 })
})

test('a load that is cut off while it makes up leaves nothing that outlives its rows', async (context) => {
  const path = pathOf(context)
  const load = openSqlite(path, true, BULK)
  const [before, after] = [rowsOf([1, 2, 3]), rowsOf([4])]
  await load.transact((transactor) => transactor.save(saving([numbered(1)], { removed: [], added: before })))
  await load.close()
  const server = openSqlite(path, false)
  const file = new DatabaseSync(path)
  file.exec('create temp table taken as select * from organization_rows')
  await server.transact((transactor) =>
    transactor.save(saving([numbered(1, { version: 2 })], { removed: before, added: after })),
  )
  file.exec(
    'insert or ignore into index_rows select kind, search_key, organization, part from taken; update index_owed set until = 0',
  )
  file.close()
  assert.deepEqual(await server.makeUp(), { state: 'done', looked: 1 })
  assert.deepEqual(rowsIn(path), [['test.1', 'key 4', numbered(1).id, 'name'], 0])
  await server.close()
})

test('websites are found at once, all else when it is made up, by steps of a server that starts after a crash', async (context) => {
  const path = pathOf(context)
  const load = openSqlite(path, true, BULK)
  const found = (store: Store, kind: string) => store.read((reader) => reader.holderOf(tenant, kind, 'x'))
  for (let number = 1; number <= 30; number += 1) {
    const added = ['website', 'name'].map((kind) => ({
      kind,
      key: number === 30 ? 'x' : `${number}`,
      part: 'name',
    }))
    await load.transact((transactor) =>
      transactor.save(saving([numbered(number), personNumbered(number)], { removed: [], added })),
    )
  }
  assert.deepEqual([await found(load, 'website'), await found(load, 'name')], [numbered(30).id, undefined])
  assert.equal(await load.read((reader) => reader.owed()), 30)
  const server = openSqlite(path, false)
  assert.deepEqual(await server.makeUp(), { state: 'elsewhere', looked: 0 })
  await load.close()
  const file = new DatabaseSync(path)
  file.exec('update index_owed set until = unixepoch()')
  file.close()
  assert.deepEqual(await server.makeUp(), { state: 'walking', looked: 20 })
  assert.deepEqual(await server.makeUp(), { state: 'done', looked: 10 })
  assert.deepEqual(await server.makeUp(), { state: 'done', looked: 0 })
  assert.equal(await found(server, 'name'), numbered(30).id)
  assert.equal(await server.read((reader) => reader.owed()), 0)
  await server.close()
})

test('a copy has the rows by key that were owed, and does not begin while a load goes on', async (context) => {
  const path = pathOf(context)
  const load = openSqlite(path, true, BULK)
  await load.transact((transactor) =>
    transactor.save(saving([numbered(1)], { removed: [], added: rowsOf([1, 2]) })),
  )
  await assert.rejects(openSqliteSource(path), /an import into it goes on/)
  await load.close()
  const file = new DatabaseSync(path)
  file.exec('update index_owed set until = 0')
  file.close()
  const source = await openSqliteSource(path)
  assert.equal(await source.count('index_rows'), 2)
  await source.close()
})

test('of two loads at once the last that ends leaves nothing owed', async (context) => {
  const path = pathOf(context)
  const [one, other] = [openSqlite(path, true, BULK), openSqlite(path, false, BULK)]
  const save = (store: Store, number: number) =>
    store.transact((transactor) =>
      transactor.save(saving([numbered(number)], { removed: [], added: rowsOf([number]) })),
    )
  await save(one, 1)
  await save(other, 2)
  assert.equal((await other.makeUp()).state, 'elsewhere')
  assert.equal((await one.makeUp()).state, 'done')
  await save(other, 3)
  assert.equal((await other.makeUp()).state, 'done')
  assert.equal(await one.read((reader) => reader.owed()), 0)
  await Promise.all([one.close(), other.close()])
  assert.deepEqual(integrityOfSqlite(path), [])
})
