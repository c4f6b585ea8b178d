import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { People } from '../../core/dossier.ts'
import type { Change, Store } from '../../core/store.ts'
import { TENANT, uuid } from '../../core/testing/records.ts'
import { numbered, personNumbered, saving } from '../testing/changes.ts'
import { openSqlite } from './index.ts'

const tenant = TENANT.id
const save = (store: Store, change: Change) => store.transact((transactor) => transactor.save(change))
const read = (store: Store, people: People = 'all') =>
  store.read((reader) => reader.dossier({ tenant, number: 1 }, people))
const titles = async (store: Store, people: People = 'all') =>
  (await read(store, people))?.people.map(({ title }) => title)

async function withTwo(work: (one: Store, other: Store) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'polydex-test-'))
  const one = openSqlite(join(folder, 'a.db'), true)
  const other = openSqlite(join(folder, 'a.db'), false)
  await save(one, saving([numbered(1, { roles: { support: uuid(101) } }), personNumbered(1)]))
  await save(one, saving([numbered(2)]))
  await work(one, other)
  await Promise.all([one.close(), other.close()])
  rmSync(folder, { recursive: true })
}

describe('a dossier that is read again', () => {
  test('is the same object while nothing of it changes', () =>
    withTwo(async (one) => {
      const before = await read(one)
      assert.equal(await read(one), before)
      await save(one, saving([numbered(2, { version: 2, note: 'x' })]))
      assert.equal(await read(one), before)
    }))

  test('is another for other people', () =>
    withTwo(async (one) => {
      assert.deepEqual([(await titles(one, 'none'))?.length, (await titles(one))?.length], [0, 1])
    }))

  test('is as this process left it', () =>
    withTwo(async (one) => {
      await read(one)
      await save(one, saving([numbered(1, { version: 2, note: 'x' })]))
      assert.equal((await read(one))?.organization.note, 'x')
    }))

  test('is as another process left it', () =>
    withTwo(async (one, other) => {
      await read(one)
      await save(other, saving([numbered(1, { version: 2, note: 'x' })]))
      assert.equal((await read(one))?.organization.note, 'x')
    }))

  for (const people of ['all', 'role-holders'] as const) {
    test(`has its people (${people}) as another process left them`, () =>
      withTwo(async (one, other) => {
        assert.deepEqual(await titles(one, people), [undefined])
        const person = personNumbered(1, { version: 2, title: 'Directeur' })
        const stamped = numbered(1, { people: { count: 1, at: person.created.at, shownAt: 1 } })
        await save(other, { ...saving([person]), peopleOf: stamped })
        assert.deepEqual(await titles(one, people), ['Directeur'])
      }))
  }
})
