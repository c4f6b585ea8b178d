import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { House } from '../store/testing/house.ts'
import { asker, create, EDITOR, edit, FIRST, fails, helper, openHouse, ROOT } from '../store/testing/house.ts'
import type { Dossier } from './dossier.ts'
import { principal } from './testing/records.ts'

const ANN = { number: 1 }

/** May read and edit what is theirs, by no role. */
const AUTHOR = principal({ id: 'author', superuser: false })

const hire = (house: House, who = ROOT) =>
  house.directory.execute(asker(who), {
    lens: helper,
    target: FIRST,
    input: 'Ann',
    permission: 'people.edit',
  })

const dismiss = (house: House) =>
  house.directory.execute(asker(ROOT), {
    lens: {
      ...helper,
      put: (dossier: Dossier) => ({
        organization: { ...dossier.organization, roles: {} },
        people: dossier.people.map((person) => ({ ...person, state: 'deleted' as const })),
      }),
    },
    target: FIRST,
    input: '',
    permission: 'people.edit',
  })

const versionsIn = (events: readonly { readonly version: number }[]) => events.map(({ version }) => version)

describe('a piece of a history', () => {
  test('is the last of what may be read below a version, however much may not', async (context) => {
    const house = await openHouse(context)
    await create(house)
    for (let at = 0; at < 25; at += 1) await edit(house, { note: `${at}` })
    await edit(house, { department: 'A' })
    const piece = async (who: typeof ROOT, before: number, limit: number) =>
      versionsIn(await house.directory.history(asker(who), FIRST, undefined, { before, limit }))
    assert.deepEqual(await piece(EDITOR, 99, 1), [27])
    assert.deepEqual(await piece(EDITOR, 27, 5), [1])
    assert.deepEqual(await piece(ROOT, 13, 3), [10, 11, 12])
    assert.deepEqual(await piece(ROOT, 1, 3), [])
  })

  test('is there of people who are gone', async (context) => {
    const house = await openHouse(context)
    await create(house)
    await hire(house)
    await dismiss(house)
    assert.deepEqual(versionsIn(await house.directory.history(asker(ROOT), FIRST, ANN)), [1, 2])
    await assert.rejects(house.directory.history(asker(EDITOR), FIRST, ANN), fails('not-found'))
    await assert.rejects(house.directory.history(asker(ROOT), FIRST, { number: 2 }), fails('not-found'))
  })

  test('shows whoever made a person what became of them, and nobody else without a right to people', async (context) => {
    const house = await openHouse(context)
    await create(house, {}, AUTHOR)
    await hire(house, AUTHOR)
    await hire(house)
    const seen = await house.directory.history(asker(AUTHOR), FIRST, ANN)
    const { events } = await house.directory.changes(asker(AUTHOR), 0, 100)
    const told = events.filter(({ recordKind }) => recordKind === 'person').map(({ record }) => record)
    assert.deepEqual([versionsIn(seen), told], [[1], [seen[0]?.record]])
    await assert.rejects(house.directory.history(asker(AUTHOR), FIRST, { number: 2 }), fails('not-found'))
  })
})

describe('a record as it was', () => {
  test('shows what it said then, as far as that may be read now', async (context) => {
    const house = await openHouse(context)
    await create(house, { note: 'secret', department: 'A' })
    await edit(house, { department: 'B' })
    const { dossier } = await house.directory.past(asker(EDITOR), FIRST, 1)
    const { department, note, version } = dossier.organization
    assert.deepEqual([department, note, version], ['A', undefined, 1])
  })

  test('is not there at a version that tells the reader nothing', async (context) => {
    const house = await openHouse(context)
    await create(house)
    await edit(house, { note: 'secret' })
    const past = (version: number) => house.directory.past(asker(EDITOR), FIRST, version)
    for (const version of [0, 2, 3, 2 ** 53]) await assert.rejects(past(version), fails('not-found'))
    assert.equal((await past(1)).dossier.organization.version, 1)
  })

  test('may be a person who is gone', async (context) => {
    const house = await openHouse(context)
    await create(house)
    await hire(house)
    await dismiss(house)
    const { dossier } = await house.directory.past(asker(ROOT), FIRST, 1, ANN)
    assert.deepEqual(
      dossier.people.map(({ name, state }) => [name.full, state]),
      [['Ann', 'active']],
    )
  })
})
