import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import type { AccessFile } from './access/access-file.ts'
import { applyAccess } from './access/apply.ts'
import { NOW, uuid } from './core/testing/records.ts'
import { importLines } from './importing.ts'
import { verifyDatabase } from './maintenance.ts'
import { openStore } from './store/index.ts'

const ACCESS = {
  version: 1,
  tenants: [{ id: 'default', name: 'Example', language: 'nl' }],
  principals: [
    { id: 'root', kind: 'user', name: 'Root', superuser: true },
    { id: 'ann', kind: 'user', name: 'Ann' },
  ],
  labels: [{ name: 'not-everybodys', visible: true, private: true }],
} as unknown as AccessFile

/** A database with two principals, and a way to import lines into it. */
async function databaseOf(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'polydex-import-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const database = { engine: 'sqlite', path: join(folder, 'a.db') } as const
  const store = await openStore(database, { mayCreate: true })
  await applyAccess(store, ACCESS)
  await store.close()
  const faults: string[] = []
  const importing = async (user: string, lines: readonly unknown[]) => {
    const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
    const asked = { user, baseUrl: '', now: () => NOW }
    return importLines(database, Readable.from([texts.join('\n')]), asked, (fault) => faults.push(fault))
  }
  return { database, faults, importing }
}

const named = (full: string) => ({ name: { full } })

test('makes organizations with their people, in the roles that they name', async (context) => {
  const { database, faults, importing } = await databaseOf(context)
  const contact = { [`urn:uuid:${uuid(2)}`]: { relation: { 'polydex:organization-contact': true } } }
  const imported = await importing('root', [
    {
      organization: { uid: uuid(1), ...named('One'), relatedTo: contact },
      people: [{ uid: uuid(2), ...named('Ann') }],
    },
    '',
    { organization: named('Two') },
  ])
  assert.deepEqual([imported, faults], [{ organizations: 2, people: 1, refused: 0, isFound: true }, []])
  const store = await openStore(database, { mayCreate: false })
  const found = await store.read((reader) =>
    reader.dossier({ tenant: 'default', id: uuid(1) }, 'role-holders'),
  )
  await store.close()
  assert.deepEqual(Object.values(found?.organization.roles ?? {}), [uuid(2)])
  assert.deepEqual((await verifyDatabase(database)).contradictions, [])
})

test('tells what is wrong with a line, makes nothing of it, and goes on', async (context) => {
  const { faults, importing } = await databaseOf(context)
  const imported = await importing('root', [
    '{',
    { organization: { name: { full: '' } } },
    { organization: named('One'), people: [{ name: 7 }] },
    { organization: named('One'), persons: [] },
    { organization: { uid: uuid(1), ...named('One') }, people: [{ uid: uuid(2) }, { uid: uuid(2) }] },
    { organization: { uid: uuid(1), ...named('One') } },
    { organization: { uid: uuid(1), ...named('Again') } },
  ])
  assert.deepEqual(imported, { organizations: 1, people: 0, refused: 6, isFound: true })
  assert.deepEqual(
    faults.toSorted().map((fault) => fault.split(' ').slice(0, 3).join(' ')),
    [
      '1: body-syntax',
      '2: body-invalid',
      '3: body-invalid',
      '4: body-invalid',
      '5: key-taken',
      '7: key-taken',
    ].map((fault) => `line ${fault}`),
  )
})

test('tells every mistake of a line, and whose it is', async (context) => {
  const { faults, importing } = await databaseOf(context)
  const people = [named('Bob'), { ...named('Eve'), nickname: 'E' }, { name: 7 }]
  await importing('root', [{ organization: { name: { full: '' } }, people }])
  const { violations } = JSON.parse((faults[0] ?? '').replace(/^line 1: body-invalid /, ''))
  assert.deepEqual(
    violations.map(({ path }: { path: readonly string[] }) => path.join('/')),
    ['organization/name/full', 'people/1', 'people/2/name'],
  )
})

test('nobody imports more than they may make', async (context) => {
  const { faults, importing } = await databaseOf(context)
  const imported = await importing('ann', [
    { organization: named('One'), people: [named('Bob')] },
    { organization: { ...named('Two'), keywords: { 'not-everybodys': true } } },
  ])
  assert.deepEqual(imported, { organizations: 1, people: 1, refused: 1, isFound: true })
  assert.match(faults[0] ?? '', /^line 2: forbidden .*labels\.use-private/)
  await assert.rejects(importing('nobody', []), /there is no principal nobody/)
})

test('what cannot be read into any database is let go', async (context) => {
  const { database } = await databaseOf(context)
  const asked = { user: 'nobody', baseUrl: '', now: () => NOW }
  for (const path of [database.path, `${database.path}.not`]) {
    const input = Readable.from(['{}'])
    await assert.rejects(importLines({ ...database, path }, input, asked, () => {}))
    assert.equal(input.destroyed, true)
  }
})
