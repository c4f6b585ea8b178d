import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  asker,
  create,
  edit,
  eventsIn,
  FIRST,
  fails,
  openHouse,
  organizationIn,
  READER,
  ROOT,
} from '../store/testing/house.ts'
import type { Role } from './principal.ts'
import { refused } from './problem.ts'
import { NOW, TENANT } from './testing/records.ts'

const note = (id: string, value: unknown) => ({ kind: 'note', id, about: '', value })

test('several deeds are kept together, and see one another', async (context) => {
  const own = await openHouse(context)
  const answer = await own.directory.together(async (directory) => {
    await create({ ...own, directory })
    await edit({ ...own, directory }, { department: 'Finance' })
    await directory.keep(asker(ROOT), async () => [undefined, { object: note('a', 1) }])
    const { dossier } = await directory.find(asker(ROOT), FIRST, 'none')
    return dossier.organization.version
  })
  assert.equal(answer, 2)
  assert.equal((await organizationIn(own))?.department, 'Finance')
  assert.equal((await own.directory.object(asker(ROOT), 'note', 'a'))?.value, 1)
})

test('when one fails, nothing of the others was, even when the failure is caught', async (context) => {
  const own = await openHouse(context)
  const attempt = own.directory.together(async (directory) => {
    await create({ ...own, directory })
    await edit({ ...own, directory }, () => {
      throw refused('this one')
    }).catch(() => {})
    await directory.keep(asker(ROOT), async () => [undefined, { object: note('a', 1) }])
  })
  await assert.rejects(attempt, fails('refused', { reason: 'this one' }))
  assert.deepEqual(await eventsIn(own), [])
  assert.equal(await own.directory.object(asker(ROOT), 'note', 'a'), undefined)
})

test('settings that never were are not known', async (context) => {
  const own = await openHouse(context)
  const label = { number: 1, name: 'Free', visible: true, private: false }
  const attempt = own.directory.together(async (directory) => {
    const entry = { kind: 'label' as const, tenant: TENANT.id, id: 'free', value: label }
    await directory.keep(asker(ROOT), async () => [undefined, { settings: [entry] }])
    // Whoever follows the settings now knows the label.
    await create({ ...own, directory })
    assert.equal(own.known.catalogue(TENANT.id).label('free')?.number, 1)
    throw refused('after all')
  })
  await assert.rejects(attempt, fails('refused'))
  await create(own)
  assert.equal(own.known.catalogue(TENANT.id).label('free'), undefined)
})

test('what was shown while settings were known that never were is not shown by others of that version', async (context) => {
  const own = await openHouse(context)
  await create(own, { department: 'Finance' })
  const shown = async () =>
    (await own.directory.find(asker(READER), FIRST, 'none')).dossier.organization.department
  const attempt = own.directory.together(async (directory) => {
    await create({ ...own, directory }, { labels: [{ name: 'Free', imported: false, visible: true }] })
    await create({ ...own, directory })
    throw refused('after all')
  })
  await assert.rejects(attempt, fails('refused'))
  assert.equal(own.known.catalogue(TENANT.id).label('Free'), undefined)
  assert.equal(await shown(), 'Finance')
  const role = own.known.catalogue(TENANT.id).role('readers') as Role
  const narrowed = { ...role, parts: { department: 'none' as const } }
  await own.store.transact((transactor) =>
    transactor.saveSettings([{ kind: 'role', tenant: TENANT.id, id: 'readers', value: narrowed }]),
  )
  await own.store.read((reader) => own.known.follow(reader))
  assert.equal(await shown(), undefined)
})

test('a rehearsal tells what would happen, and nothing did', async (context) => {
  const own = await openHouse(context)
  await create(own)
  const { answer, events } = await own.directory.rehearse(async (directory) => {
    await edit({ ...own, directory }, { department: 'Finance' })
    return (await directory.find(asker(ROOT), FIRST, 'none')).dossier.organization.department
  })
  assert.equal(answer, 'Finance')
  assert.deepEqual(
    events.map(({ kind, parts }) => [kind, parts]),
    [['changed', { department: [undefined, 'Finance'] }]],
  )
  assert.equal((await organizationIn(own))?.department, undefined)
  assert.equal((await eventsIn(own)).length, 1)
})

test('a rehearsal fails as the deed would', async (context) => {
  const own = await openHouse(context)
  const attempt = own.directory.rehearse(async (directory) => {
    await edit({ ...own, directory }, { department: 'x' }).catch(() => {})
  })
  await assert.rejects(attempt, fails('not-found'))
})

test('what has expired is swept away, and nothing else', async (context) => {
  const { store } = await openHouse(context)
  const later = '2031-01-01T00:00:00.000Z'
  await store.transact(async (transactor) => {
    await transactor.saveObject(TENANT.id, { ...note('gone', 1), expiresAt: NOW })
    await transactor.saveObject('other', { ...note('gone', 1), expiresAt: NOW })
    await transactor.saveObject(TENANT.id, { ...note('later', 1), expiresAt: later })
    await transactor.saveObject(TENANT.id, note('stays', 1))
  })
  assert.equal(await store.transact((transactor) => transactor.sweep(NOW, 1)), 1)
  assert.equal(await store.transact((transactor) => transactor.sweep(NOW, 9)), 1)
  assert.deepEqual(await store.read((reader) => reader.objects(TENANT.id, 'note')), [
    { ...note('later', 1), expiresAt: later },
    note('stays', 1),
  ])
})
