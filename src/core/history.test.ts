import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  asker,
  create,
  EDITOR,
  edit,
  FIRST,
  fails,
  helper,
  openHouse,
  organizationIn,
  READER,
  ROOT,
} from '../store/testing/house.ts'
import { isSame } from './dossier.ts'
import { asOf } from './history.ts'
import type { Organization } from './organization.ts'
import { ORGANIZATION_PARTS } from './organization.ts'
import { partOf } from './reversal.ts'
import { dossiers } from './testing/random-records.ts'

test('a record as it was at a version is what was read then', async (context) => {
  const house = await openHouse(context)
  await create(house)
  const states: Organization[] = [(await organizationIn(house)) as Organization]
  await fc.assert(
    fc.asyncProperty(dossiers({ states: ['active', 'inactive'] }), async ({ organization }) => {
      const parts = Object.fromEntries(ORGANIZATION_PARTS.map((part) => [part, organization[part]]))
      await edit(house, { ...(parts as Partial<Organization>), facets: organization.facets, roles: {} })
      const now = (await organizationIn(house)) as Organization
      if (now.version > (states.at(-1)?.version ?? 0)) states.push(now)
    }),
    { numRuns: 40 },
  )
  const events = await house.directory.history(asker(ROOT), FIRST)
  const present = states.at(-1) as Organization
  for (const state of states) {
    const past = asOf(present, events, state.version)
    const { people: _, ...shown } = past as Organization
    const { people: __, ...read } = state
    assert.ok(
      isSame(shown, read),
      `version ${state.version}: ${JSON.stringify(shown)} was ${JSON.stringify(read)}`,
    )
  }
  assert.equal(asOf(present, events, present.version + 1), undefined)
  assert.equal(asOf(present, events, 0), undefined)
})

describe('restoring', () => {
  test('makes a record what it was, as a new version', async (context) => {
    const house = await openHouse(context)
    await create(house, { note: 'first', department: 'A' })
    await edit(house, { note: 'second', department: 'B', state: 'inactive' })
    const { dossier } = await house.directory.restore(asker(ROOT), { organization: FIRST, version: 1 })
    const { note, department, state, version } = dossier.organization
    assert.deepEqual([note, department, state, version], ['first', 'A', 'active', 3])
    assert.equal((await house.directory.history(asker(ROOT), FIRST)).length, 3)
  })

  test('deletes nothing', async (context) => {
    const house = await openHouse(context)
    await create(house, { note: 'first' })
    await edit(house, { note: 'second', state: 'deleted' }, {}, asker(ROOT))
    const back = asker(EDITOR, { seesDeleted: true })
    await house.directory.restore(back, { organization: FIRST, version: 1, parts: ['state'] })
    await house.directory.restore(asker(ROOT), { organization: FIRST, version: 2 })
    const { state, note } = (await organizationIn(house)) as Organization
    assert.deepEqual([state, note], ['active', 'second'])
  })

  test('may be of some parts', async (context) => {
    const house = await openHouse(context)
    await create(house)
    await edit(house, { note: 'second', department: 'B' })
    const restoring = { organization: FIRST, version: 1, parts: ['note'] }
    const { dossier } = await house.directory.restore(asker(ROOT), restoring)
    assert.deepEqual([dossier.organization.note, dossier.organization.department], [undefined, 'B'])
  })

  test('brings back a person, and leaves a role of somebody who is gone empty', async (context) => {
    const house = await openHouse(context)
    await create(house)
    const command = { lens: helper, target: FIRST, input: 'Ann', permission: 'people.edit' as const }
    await house.directory.execute(asker(ROOT), command)
    const dismissed = {
      ...helper,
      put: (dossier: Parameters<typeof helper.put>[0]) => ({
        organization: { ...dossier.organization, roles: {} },
        people: dossier.people.map((person) => ({ ...person, state: 'deleted' as const })),
      }),
    }
    await house.directory.execute(asker(ROOT), { ...command, lens: dismissed })
    const first = await house.directory.restore(asker(ROOT), { organization: FIRST, version: 2 })
    assert.deepEqual(first.dossier.organization.roles, {})
    const back = { organization: FIRST, person: { number: 1 }, version: 1 }
    const { dossier } = await house.directory.restore(asker(ROOT), back)
    assert.deepEqual(
      dossier.people.map(({ name, state }) => [name.full, state]),
      [['Ann', 'active']],
    )
    const roles = (await house.directory.restore(asker(ROOT), { organization: FIRST, version: 2 })).dossier
      .organization.roles
    assert.deepEqual(Object.keys(roles), ['support'])
  })

  test('leaves what the asker may not read, and tells nothing of it', async (context) => {
    const house = await openHouse(context)
    await create(house, { note: 'first', description: { nl: 'A' } })
    await edit(house, { note: 'second', description: { nl: 'B' } })
    await edit(house, { note: 'third' })
    const restore = (version: number, parts?: readonly string[]) =>
      house.directory.restore(asker(EDITOR), { organization: FIRST, version, ...(parts && { parts }) })
    await restore(1)
    const { note, description } = (await organizationIn(house)) as Organization
    assert.deepEqual([note, description], ['third', { nl: 'A' }])
    await assert.rejects(restore(1, ['note']), fails('parts-forbidden', { parts: ['note'] }))
    await assert.rejects(restore(3), fails('not-found', { kind: 'version' }))
  })

  test('is refused to whoever may not write at all, before anything is told', async (context) => {
    const house = await openHouse(context)
    await create(house)
    for (const version of [1, 9]) {
      const attempt = house.directory.restore(asker(READER), { organization: FIRST, version })
      await assert.rejects(attempt, fails('forbidden', { action: 'organizations.edit' }))
    }
  })

  test('is refused where a part of it may not be written, and for a version that never was', async (context) => {
    const house = await openHouse(context)
    await create(house)
    await edit(house, { department: 'B' })
    const restore = (who: typeof ROOT, version: number) =>
      house.directory.restore(asker(who), { organization: FIRST, version })
    await assert.rejects(restore(EDITOR, 1), fails('parts-forbidden', { parts: ['department'] }))
    await assert.rejects(restore(ROOT, 3), fails('not-found', { kind: 'version' }))
  })
})

test('the history shows nobody what they may not read', async (context) => {
  const house = await openHouse(context)
  await create(house, { note: 'secret' })
  await edit(house, { note: 'more secret' })
  await edit(house, { department: 'B', note: 'still secret' })
  const events = await house.directory.history(asker(EDITOR), FIRST)
  assert.deepEqual(
    events.map(({ version }) => version),
    [1, 3],
  )
  for (const event of events) assert.equal(partOf({ facets: {}, ...event.parts } as never, 'note'), undefined)
})
