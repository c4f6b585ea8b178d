import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  asker,
  EDITOR,
  EDITORS,
  edit,
  eventsIn,
  FIRST,
  fails,
  openHouse,
  ROOT,
} from '../store/testing/house.ts'
import { given, merging, named, read, twoOf } from '../store/testing/mergers.ts'
import { provisionalId } from './items.ts'
import type { Merging } from './merging.ts'
import type { Role } from './principal.ts'
import { principal, TENANT } from './testing/records.ts'

describe('a merge', () => {
  test('moves people with id and number, and leaves the one that it takes from deleted', async (context) => {
    const house = await twoOf(context)
    const [ann] = (await read(house, 1)).people
    await house.directory.merge(asker(ROOT), merging())
    const [first, second] = [await read(house, 1), await read(house, 2)]
    assert.deepEqual(
      [first.organization.state, first.organization.mergedInto],
      ['deleted', second.organization.id],
    )
    assert.deepEqual([first.people, first.organization.roles], [[], {}])
    assert.deepEqual(
      second.people.map(({ id, number, name }) => [id, number, name.full]),
      [
        [ann?.id, 1, 'Ann'],
        [second.people[1]?.id, 2, 'Bob'],
      ],
    )
  })

  test('of somebody whom both have, where the one that stays has all else, changes nothing of it', async (context) => {
    const house = await openHouse(context)
    for (const nl of ['Eerste', 'Tweede'])
      await given(house, { organization: { name: { nl } }, people: [named('Ann')] })
    const before = await read(house, 2)
    await house.directory.merge(asker(ROOT), merging({ fillsEmpty: true, mergesIdenticalPeople: true }))
    const after = await read(house, 2)
    assert.deepEqual([after.people, after.organization.version], [before.people, 1])
  })

  test('is one command with one event for each record that it changes', async (context) => {
    const house = await twoOf(context)
    const before = (await eventsIn(house)).length
    await house.directory.merge(asker(ROOT), merging())
    const events = (await eventsIn(house)).slice(before)
    assert.deepEqual(
      events.map(({ kind, recordKind }) => [kind, recordKind]),
      [
        ['merged', 'organization'],
        ['changed', 'organization'],
        ['changed', 'person'],
      ],
    )
    assert.equal(new Set(events.map(({ commandId }) => commandId)).size, 1)
  })

  test('fills roles that nobody has, and no others', async (context) => {
    const house = await twoOf(context, {}, { roles: { support: 'Bob' } })
    const [ann] = (await read(house, 1)).people
    await edit(house, { roles: { support: ann?.id ?? '', 'primary-contact': ann?.id ?? '' } })
    await house.directory.merge(asker(ROOT), merging())
    const { organization, people } = await read(house, 2)
    const holders = Object.entries(organization.roles).map(([role, id]) => [
      role,
      people.find((person) => person.id === id)?.name.full,
    ])
    assert.deepEqual(holders, [
      ['support', 'Bob'],
      ['primary-contact', 'Ann'],
    ])
  })

  test('hands over the website, and with it its key', async (context) => {
    const links = [{ id: provisionalId('links', 0), uri: 'https://x.example', kind: 'website' as const }]
    const house = await twoOf(context, { links })
    const { dossier } = await house.directory.merge(asker(ROOT), merging())
    assert.deepEqual(
      dossier.organization.links.map(({ uri, kind }) => [uri, kind]),
      [['https://x.example', 'website']],
    )
    const holder = await house.store.read((reader) => reader.holderOf(TENANT.id, 'website', 'x.example'))
    assert.equal(holder, dossier.organization.id)
  })

  test('fills what the survivor has not filled, only where that is asked for', async (context) => {
    const emails = [{ id: provisionalId('emails', 0), address: 'a@x.example', label: 'A' }]
    const first = { emails, note: 'a note', facets: { x: { handed: 1, kept: 1 }, y: { z: 1 } } }
    for (const fillsEmpty of [false, true]) {
      const house = await twoOf(context, first, { department: 'Own' })
      const { dossier } = await house.directory.merge(asker(ROOT), merging({ fillsEmpty }))
      const { department, note, facets } = dossier.organization
      const addresses = dossier.organization.emails.map(({ address, label }) => [address, label])
      assert.deepEqual(
        { department, note, facets, addresses },
        fillsEmpty
          ? {
              department: 'Own',
              note: 'a note',
              facets: { x: { handed: 1 } },
              addresses: [['a@x.example', 'A']],
            }
          : { department: 'Own', note: undefined, facets: {}, addresses: [] },
      )
    }
  })

  test('fills texts that somebody emptied, too, of the survivor and of identical people', async (context) => {
    const house = await openHouse(context)
    const full = { title: 'Directeur', note: 'a note' }
    const empty = { title: '', note: ' ' }
    const theirs = { organization: { name: { nl: 'x' }, department: 'Theirs', note: 'a note' } }
    await given(house, { ...theirs, people: [named('Ann', full)] })
    const own = { organization: { name: { nl: 'y' }, department: '', note: ' ' } }
    await given(house, { ...own, people: [named('Ann', empty)] })
    const options = { fillsEmpty: true, mergesIdenticalPeople: true }
    const { dossier } = await house.directory.merge(asker(ROOT), merging(options))
    const { department, note } = dossier.organization
    assert.deepEqual([department, note], ['Theirs', 'a note'])
    const { people } = await read(house, 2)
    assert.deepEqual(
      people.map(({ title, note }) => ({ title, note })),
      [full],
    )
  })

  test('makes one of identical people, only where that is asked for', async (context) => {
    const house = await openHouse(context)
    const mail = (address: string) => [{ id: provisionalId('emails', 0), address }]
    const theirs = [
      named('Ann Peeters', { emails: mail('ann@x.example'), title: 'Directeur' }),
      named('Bob'),
      named('Eve', { emails: mail('eve@x.example') }),
    ]
    const own = [
      named('ann  peeters', { emails: mail('ANN@x.example') }),
      named('Eve', { emails: mail('other@x.example') }),
    ]
    const organization = { name: { nl: 'x' }, roles: { support: 'Ann Peeters' } }
    await given(house, { organization, people: theirs })
    await given(house, { organization: { name: { nl: 'y' } }, people: own })
    const { dossier } = await house.directory.merge(asker(ROOT), merging({ mergesIdenticalPeople: true }))
    const { people } = await read(house, 2)
    assert.deepEqual(
      people.map(({ number, name, title }) => [number, name.full, title]),
      [
        [2, 'Bob', undefined],
        [3, 'Eve', undefined],
        [4, 'ann  peeters', 'Directeur'],
        [5, 'Eve', undefined],
      ],
    )
    assert.equal(dossier.organization.roles.support, people[2]?.id)
  })

  test('is refused with itself, with what is deleted, and to whoever may not delete the one or edit the other', async (context) => {
    const house = await twoOf(context)
    const before = await eventsIn(house)
    const attempt = (who: typeof ROOT, more: Partial<Merging>) =>
      house.directory.merge(asker(who), merging(more))
    await assert.rejects(
      attempt(ROOT, { destination: FIRST }),
      fails('refused', { reason: 'same-organization' }),
    )
    await assert.rejects(attempt(ROOT, { destination: { tenant: TENANT.id, number: 9 } }), fails('not-found'))
    await assert.rejects(attempt(EDITOR, {}), fails('forbidden', { action: 'organizations.delete' }))
    assert.deepEqual(await eventsIn(house), before)
    await house.directory.merge(asker(ROOT), merging())
    await assert.rejects(attempt(ROOT, {}), fails('not-found'))
  })

  test('leaves where it is what whoever merges may not read, and moves nobody whom they may not see', async (context) => {
    const house = await openHouse(context)
    const role = { ...EDITORS, id: 'mergers', permissions: ['organizations.delete', ...EDITORS.permissions] }
    const merger = principal({ id: 'merger', superuser: false, roles: ['mergers'] })
    await house.store.transact((transactor) =>
      transactor.saveSettings([
        { kind: 'role', tenant: TENANT.id, id: 'mergers', value: role as Role },
        { kind: 'principal', tenant: TENANT.id, id: 'merger', value: merger },
      ]),
    )
    const first = { name: { nl: 'Eerste' }, note: 'secret', description: { nl: 'A' } }
    await given(house, { organization: first, people: [] })
    await given(house, { organization: { name: { nl: 'Tweede' } }, people: [] })
    await given(house, { organization: { name: { nl: 'Derde' } }, people: [named('Ann')] })
    await house.directory.merge(asker(merger), merging({ fillsEmpty: true }))
    const { note, description } = (await read(house, 2)).organization
    assert.deepEqual([note, description], [undefined, { nl: 'A' }])
    const third = merging({ source: { tenant: TENANT.id, number: 3 } })
    await assert.rejects(
      house.directory.merge(asker(merger), third),
      fails('parts-forbidden', { parts: ['people'] }),
    )
  })

  test('is undone by restoring what it deleted, which is then merged into none', async (context) => {
    const house = await twoOf(context)
    await house.directory.merge(asker(ROOT), merging())
    const back = asker(ROOT, { seesDeleted: true })
    const { dossier } = await house.directory.restore(back, { organization: FIRST, version: 1 })
    const { state, mergedInto } = dossier.organization
    assert.deepEqual([state, mergedInto], ['active', undefined])
    await assert.rejects(house.directory.unmerge(back, FIRST), fails('refused', { reason: 'not-merged' }))
  })
})
