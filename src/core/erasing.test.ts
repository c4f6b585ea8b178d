import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import type { House } from '../store/testing/house.ts'
import {
  asker,
  EDITOR,
  edit,
  eventsIn,
  FIRST,
  fails,
  openHouse,
  organizationIn,
  parts,
  ROOT,
} from '../store/testing/house.ts'
import { given, merging, named, read, twoOf } from '../store/testing/mergers.ts'
import type { Forgettings } from './blanking.ts'
import { executeErasure } from './erasing.ts'
import { CORE_INDEXERS } from './index-rows.ts'
import type { Principal } from './principal.ts'
import type { PersonKey } from './store.ts'
import { NOW, TENANT } from './testing/records.ts'
import { contradictionsOf } from './verify.ts'

const ANN = { number: 1 }
const BOB = { number: 2 }

/** A dialect that repeats names, in its facet and in answers. */
const FORGETTINGS: Forgettings = {
  x: {
    facet: (facet, { names }) => {
      const rest = Object.entries(facet).filter(([, said]) => !names.some(({ full }) => full === said))
      return rest.length === Object.keys(facet).length ? facet : Object.fromEntries(rest)
    },
    answers: { kind: 'x.answer', blanked: () => 'blanked' },
  },
}

const erase = ({ store, known }: House, person: PersonKey, who: Principal = ROOT) => {
  const ports = {
    store,
    known,
    matches: () => true,
    indexers: CORE_INDEXERS,
    heritable: {},
    now: () => NOW,
    newId: randomUUID,
  }
  return store.transact((transactor) =>
    executeErasure(ports, transactor, asker(who, { seesDeleted: true }), person, FORGETTINGS),
  )
}

/** Everybody of the organization goes. */
const departure: typeof parts = {
  ...parts,
  name: 'departure',
  put: ({ organization, people }) => ({
    organization,
    people: people.map((one) => ({ ...one, state: 'deleted' as const })),
  }),
}

const person = (house: House, { number }: { readonly number: number }) =>
  house.store.read(async (reader) => {
    const home = (await reader.homeOf(TENANT.id, { number })) ?? ''
    const found = (await reader.everyone(TENANT.id, home)).find((one) => one.number === number)
    assert.ok(found !== undefined)
    return { record: found, events: await reader.history(TENANT.id, found.id) }
  })

const textOf = async (house: House) => JSON.stringify(await eventsIn(house))

/** Of each of two organizations, somebody of this name; the first merged into the second. */
async function twinsMerged(context: TestContext): Promise<House> {
  const house = await openHouse(context)
  const emails = [{ id: '1', address: 'ann@x.example' }]
  await given(house, { organization: { name: { nl: 'Eerste' } }, people: [named('Ann', { emails })] })
  await given(house, { organization: { name: { nl: 'Tweede' } }, people: [named('Ann', { title: 'Chef' })] })
  await house.directory.merge(asker(ROOT), merging({ fillsEmpty: true, mergesIdenticalPeople: true }))
  return house
}

describe('an erasure', () => {
  test('leaves a shell that is deleted and has no role, and says so in one event of each record', async (context) => {
    const house = await twoOf(context)
    const before = await eventsIn(house)
    const { people, records } = await erase(house, ANN)
    const after = await eventsIn(house)
    assert.deepEqual([people.map(({ number }) => number), records], [[1], 2])
    assert.deepEqual((await organizationIn(house))?.roles, {})
    const { record } = await person(house, ANN)
    assert.deepEqual([record.state, record.name, record.version], ['deleted', { full: '' }, 2])
    assert.deepEqual(
      after.slice(before.length).map(({ kind, recordKind }) => [kind, recordKind]),
      [
        ['changed', 'organization'],
        ['deleted', 'person'],
      ],
    )
  })

  test('keeps of every event its place, its time, who did it, and which parts it changed', async (context) => {
    const house = await twoOf(context)
    const shellsOf = async () =>
      (await eventsIn(house)).map(({ parts, ...event }) => ({ ...event, parts: Object.keys(parts) }))
    const before = await shellsOf()
    await erase(house, ANN)
    assert.deepEqual((await shellsOf()).slice(0, before.length), before)
    assert.doesNotMatch(await textOf(house), /Ann/)
    assert.match(await textOf(house), /Bob/)
  })

  test('leaves a log of which the record is what it made, and finds nothing a second time', async (context) => {
    const house = await twoOf(context)
    await erase(house, ANN)
    const { record, events } = await person(house, ANN)
    assert.deepEqual(contradictionsOf(record, events), [])
    const { people, ...rest } = await erase(house, ANN)
    assert.deepEqual(rest, { records: 0, events: 0, answers: 0, mentions: [] })
  })

  test('takes what facets repeat of somebody out of the organization and its history', async (context) => {
    const house = await twoOf(context)
    await edit(house, { facets: { x: { said: 'Ann', kept: 1 } } })
    await edit(house, { facets: { x: { said: 'Bob', kept: 1 } } })
    await edit(house, { facets: { x: { said: 'Ann', kept: 2 } } })
    await erase(house, ANN)
    assert.doesNotMatch(await textOf(house), /Ann/)
    assert.match(await textOf(house), /"said":"Bob"/)
    const organization = await organizationIn(house)
    assert.deepEqual(organization?.facets, { x: { kept: 2 } })
    const events = await house.store.read((reader) => reader.history(TENANT.id, organization.id))
    assert.deepEqual(contradictionsOf(organization, events), [])
  })

  test('looks where an organization was merged to, for what it took over', async (context) => {
    const house = await twoOf(context, { facets: { x: { handed: 'Ann' } }, roles: {} })
    await edit(house, {}, { lens: departure })
    await house.directory.merge(asker(ROOT), merging({ fillsEmpty: true }))
    assert.deepEqual((await organizationIn(house, 2))?.facets, { x: { handed: 'Ann' } })
    await erase(house, ANN)
    assert.doesNotMatch(await textOf(house), /Ann/)
    assert.deepEqual((await organizationIn(house, 2))?.facets, {})
  })

  test('tells where an organization has an address of theirs as its own, and leaves it', async (context) => {
    const house = await openHouse(context)
    const emails = [{ id: '1', address: 'Ann@x.example' }]
    const own = { name: { nl: 'Eerste' }, emails: [{ id: '1', address: 'ann@X.example' }] }
    await given(house, { organization: own, people: [named('Ann', { emails })] })
    await edit(house, { note: 'Vraag het aan ann@x.example.' })
    const { mentions } = await erase(house, ANN)
    assert.deepEqual(mentions, [{ organization: 1, parts: ['emails', 'note'] }])
    assert.deepEqual((await organizationIn(house))?.emails.length, 1)
  })

  test('blanks answers that name them', async (context) => {
    const house = await twoOf(context)
    const { id } = (await person(house, ANN)).record
    const object = (name: string, value: string) => ({ kind: 'x.answer', id: name, about: '', value })
    await house.store.transact(async (transactor) => {
      await transactor.saveObject(TENANT.id, object('one', `of ${id}`))
      await transactor.saveObject(TENANT.id, object('other', 'of nobody'))
    })
    assert.equal((await erase(house, ANN)).answers, 1)
    const answers = await house.store.read((reader) => reader.objects(TENANT.id, 'x.answer'))
    assert.deepEqual(
      answers.map(({ value }) => value),
      ['blanked', 'of nobody'],
    )
  })

  for (const named of [ANN, BOB]) {
    test(`of one human takes both records that a merge made one, by number ${named.number} too`, async (context) => {
      const house = await twinsMerged(context)
      const { people } = await erase(house, named)
      assert.deepEqual(people.map(({ number }) => number).toSorted(), [1, 2])
      assert.doesNotMatch(await textOf(house), /Ann|ann@|Chef/)
      const { left } = await house.directory.unmerge(asker(ROOT), FIRST)
      assert.deepEqual(left, [])
      assert.deepEqual([(await read(house, 1)).people, (await read(house, 2)).people], [[], []])
      assert.doesNotMatch(await textOf(house), /Ann|ann@|Chef/)
    })
  }

  test('leaves a namesake alone, and whoever is another one again since a merge was taken back', async (context) => {
    const house = await twinsMerged(context)
    await given(house, { organization: { name: { nl: 'Derde' } }, people: [named('Ann')] })
    await house.directory.unmerge(asker(ROOT), FIRST)
    assert.deepEqual((await erase(house, ANN)).people.length, 1)
    assert.equal((await person(house, BOB)).record.name.full, 'Ann')
    assert.equal((await person(house, { number: 3 })).record.name.full, 'Ann')
  })

  test('follows somebody who was moved by a merge', async (context) => {
    const house = await twoOf(context)
    await house.directory.merge(asker(ROOT), merging())
    await erase(house, ANN)
    await house.directory.unmerge(asker(ROOT), FIRST)
    assert.doesNotMatch(await textOf(house), /Ann/)
    assert.deepEqual((await read(house, 1)).people, [])
  })

  test('brings nobody back by restoring them', async (context) => {
    const house = await twoOf(context)
    const { id } = (await person(house, ANN)).record
    await erase(house, ANN)
    await house.directory.restore(asker(ROOT, { seesDeleted: true }), {
      organization: FIRST,
      person: { id },
      version: 1,
    })
    await house.directory.restore(asker(ROOT), { organization: FIRST, version: 1 })
    assert.deepEqual(
      [(await person(house, ANN)).record.state, (await read(house, 1)).people],
      ['deleted', []],
    )
  })

  test('is refused to whoever may not edit people, and of nobody, with nothing written', async (context) => {
    const house = await twoOf(context)
    const before = await eventsIn(house)
    await assert.rejects(erase(house, ANN, EDITOR), fails('forbidden'))
    await assert.rejects(erase(house, { number: 99 }), fails('not-found', { kind: 'person' }))
    assert.deepEqual(await eventsIn(house), before)
  })
})
