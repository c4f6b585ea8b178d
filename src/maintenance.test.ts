import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import type { Event } from './core/event.ts'
import { uuid } from './core/testing/records.ts'
import { imageObject } from './dialects/kit/images.ts'
import { openFiles } from './files/index.ts'
import { backup, verifyDatabase } from './maintenance.ts'
import { openStore } from './store/index.ts'
import { numbered, saving } from './store/testing/changes.ts'

const folder = mkdtempSync(join(tmpdir(), 'polydex-maintenance-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const at = (...path: readonly string[]) => ({ engine: 'sqlite', path: join(folder, ...path) }) as const

const TENANT = { kind: 'tenant', tenant: '', id: 'default' } as const

const TENANT_ENTRY = {
  ...TENANT,
  value: { id: 'default', number: 1, name: 'x', language: 'nl', hosts: [], public: 'all' },
} as const

test('a backup is the database at one moment, with its files, whoever writes meanwhile', async () => {
  const store = await openStore(at('source', 'polydex.db'), { mayCreate: true })
  const { files } = openFiles(at('source', 'polydex.db'))
  const save = (number: number) =>
    store.transact((transactor) => transactor.save(saving([numbered(number, { note: `${number}` })])))
  await save(1)
  await files.put(uuid(7), new Uint8Array([1, 2, 3]))
  const writing = Promise.all(Array.from({ length: 50 }, (_, number) => save(number + 2)))
  await backup(at('source', 'polydex.db'), join(folder, 'copy', 'polydex.db'))
  await writing
  await save(100)
  await store.close()

  const copy = await openStore(at('copy', 'polydex.db'), { mayCreate: false })
  const { items } = await copy.read((reader) =>
    reader.organizations({ tenant: 'default', offset: 0, limit: 1000 }),
  )
  await copy.close()
  assert.ok(items.length >= 1 && items.length <= 51, String(items.length))
  const copied = await openFiles(at('copy', 'polydex.db')).files.get(uuid(7))
  assert.deepEqual([...(copied ?? [])], [1, 2, 3])
})

test('no file is overwritten by a backup, and a failed one leaves none', async () => {
  writeFileSync(join(folder, 'there.db'), 'mine')
  await assert.rejects(backup(at('source', 'polydex.db'), join(folder, 'there.db')), /there\.db exists/)
  assert.equal(readFileSync(join(folder, 'there.db'), 'utf8'), 'mine')
  await assert.rejects(backup(at('there.db'), join(folder, 'never.db')), /not a database/)
  assert.equal(existsSync(join(folder, 'never.db')), false)
  assert.equal(existsSync(join(folder, 'never.db.unfinished')), false)
})

test('a file with no directory in it is not backed up', async () => {
  writeFileSync(join(folder, 'empty.db'), '')
  new DatabaseSync(join(folder, 'other.db')).exec('create table of_others (x)')
  await assert.rejects(backup(at('empty.db'), join(folder, 'none.db')), /there is no directory in it yet/)
  await assert.rejects(backup(at('other.db'), join(folder, 'none.db')), /it holds something else/)
  assert.equal(existsSync(join(folder, 'none.db')), false)
})

test('a database that is damaged is told so', async () => {
  const store = await openStore(at('damaged.db'), { mayCreate: true })
  await store.transact((transactor) => transactor.saveSettings([TENANT_ENTRY]))
  await store.close()
  assert.deepEqual((await verifyDatabase(at('damaged.db'))).contradictions, [])
  const bytes = readFileSync(join(folder, 'damaged.db'))
  bytes.fill(0x5a, 3 * 4096, 3 * 4096 + 100)
  writeFileSync(join(folder, 'damaged.db'), bytes)
  const found = await verifyDatabase(at('damaged.db')).then(
    ({ contradictions }) => contradictions.length,
    () => 1,
  )
  assert.ok(found > 0)
})

test('an event that is none is told with its record, and the rest is looked at all the same', async () => {
  const store = await openStore(at('events.db'), { mayCreate: true })
  await store.transact((transactor) => transactor.saveSettings([TENANT_ENTRY]))
  for (const number of [1, 2])
    await store.transact((transactor) => transactor.save(saving([numbered(number)])))
  await store.close()
  const database = new DatabaseSync(join(folder, 'events.db'))
  database.exec("update events set document = '{}' where seq = 1")
  database.close()
  const { organizations, contradictions } = await verifyDatabase(at('events.db'))
  assert.equal(organizations, 2)
  assert.ok(contradictions.some((told) => told.startsWith('organization 1: cannot be examined')))
})

test('events of principals and roles are no events of records, and one that lacks is told', async () => {
  const store = await openStore(at('access.db'), { mayCreate: true })
  const granted = (version: number): Omit<Event, 'seq'> => ({
    ...{ id: uuid(90 + version), at: '', tenant: 'default', kind: 'changed', recordKind: 'principal' },
    ...{ record: 'principals/ann', version, by: 'demo', via: 'native', commandId: uuid(80), parts: {} },
  })
  await store.transact(async (transactor) => {
    await transactor.saveSettings([TENANT_ENTRY])
    await transactor.save({ people: [], events: [1, 2, 3].map(granted) })
  })
  await store.close()
  const { events, contradictions } = await verifyDatabase(at('access.db'))
  assert.deepEqual([events, contradictions], [3, []])

  const database = new DatabaseSync(join(folder, 'access.db'))
  database.exec("delete from events where record = 'principals/ann' and version = 2")
  database.close()
  assert.deepEqual((await verifyDatabase(at('access.db'))).contradictions, [
    'principals/ann: event 2 has version 3',
  ])
})

test('an image whose file is lost or another is told so', async () => {
  const database = at('images', 'polydex.db')
  const store = await openStore(database, { mayCreate: true })
  const { files } = openFiles(database)
  const mediaType = 'image/gif'
  await store.transact(async (transactor) => {
    await transactor.saveSettings([
      {
        ...TENANT,
        value: { id: 'default', number: 1, name: 'x', language: 'nl', hosts: [], public: 'all' },
      },
    ])
    for (const id of [uuid(1), uuid(2), uuid(3)]) {
      await transactor.saveObject('default', imageObject({ id, mediaType, at: '', by: '' }))
    }
  })
  await store.close()
  await files.put(uuid(1), Buffer.from('GIF89a and more'))
  await files.put(uuid(2), Buffer.from('GIF'))
  assert.deepEqual((await verifyDatabase(database)).contradictions, [
    `image ${uuid(2)}: its file is no image/gif`,
    `image ${uuid(3)}: its file is not there`,
  ])
})
