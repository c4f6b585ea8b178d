import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asker, create, EDITOR, edit, FIRST, helper, openHouse, ROOT } from '../store/testing/house.ts'
import { principal, TENANT } from './testing/records.ts'

const SECOND = { tenant: TENANT.id, number: 2 }

test('the feed shows every event once, in order, in pieces of any size', async (context) => {
  const house = await openHouse(context)
  await create(house)
  for (const note of ['a', 'b', 'c', 'd']) await edit(house, { note })
  for (const limit of [1, 2, 100]) {
    const seen: number[] = []
    let after = 0
    for (let isEnd = false; !isEnd; ) {
      const piece = await house.directory.changes(asker(ROOT), after, limit)
      seen.push(...piece.events.map(({ version }) => version))
      after = piece.last
      isEnd = piece.isEnd
    }
    assert.deepEqual(seen, [1, 2, 3, 4, 5])
  }
})

test('the feed shows nobody what they may not read, and goes on behind it', async (context) => {
  const house = await openHouse(context)
  await create(house, { note: 'secret' })
  await create(house, {}, EDITOR)
  await edit(house, { note: 'secret' }, { target: SECOND })
  const command = { lens: helper, target: FIRST, input: 'Ann', permission: 'people.edit' as const }
  await house.directory.execute(asker(ROOT), command)
  const stranger = principal({ id: 'stranger', superuser: false })
  assert.deepEqual(await house.directory.changes(asker(stranger), 0, 100), {
    events: [],
    last: 5,
    isEnd: true,
  })
  const { events } = await house.directory.changes(asker(EDITOR), 0, 100)
  assert.deepEqual(
    events.map(({ seq, parts }) => [seq, 'note' in parts]),
    [
      [1, false],
      [2, false],
      [4, false],
    ],
  )
})

test('no tenant sees what happens in another', async (context) => {
  const house = await openHouse(context)
  await create(house)
  const { events } = await house.directory.changes(asker(ROOT, { tenant: 'other' }), 0, 100)
  assert.deepEqual(events, [])
})

test('who may do what is told to those who manage it, and to nobody else', async (context) => {
  const house = await openHouse(context)
  const manager = principal({ id: 'manager', superuser: false, roles: ['managers'] })
  const role = { id: 'managers', tenant: TENANT.id, permissions: ['access.manage'] } as const
  const event = {
    id: 'e',
    at: '2024-05-06T07:08:09.123Z',
    tenant: TENANT.id,
    kind: 'created',
    recordKind: 'role',
    record: 'roles/x',
    version: 1,
    by: 'root',
    via: 'native',
    commandId: 'c',
    parts: { where: [undefined, 'name:a'] },
  } as const
  await house.store.transact(async (transactor) => {
    await transactor.saveSettings([{ kind: 'role', tenant: TENANT.id, id: 'managers', value: role }])
    await transactor.save({ people: [], events: [event] })
  })
  await house.store.read((reader) => house.known.follow(reader))
  const seen = async (who: typeof manager) =>
    (await house.directory.changes(asker(who), 0, 9)).events.map(({ record }) => record)
  assert.deepEqual(await Promise.all([EDITOR, manager, ROOT].map(seen)), [[], ['roles/x'], ['roles/x']])
})
