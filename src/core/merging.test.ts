import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { House } from '../store/testing/house.ts'
import {
  asker,
  EDITOR,
  edit,
  eventsIn,
  FIRST,
  fails,
  openHouse,
  parts,
  ROOT,
} from '../store/testing/house.ts'
import type { Dossier } from './dossier.ts'
import { isSame } from './dossier.ts'
import { provisionalId } from './items.ts'
import type { Lens } from './lens.ts'
import type { Merging } from './merging.ts'
import type { Organization } from './organization.ts'
import { ORGANIZATION_PARTS } from './organization.ts'
import type { Person } from './person.ts'
import { blankPerson, PERSON_PARTS } from './person.ts'
import { partOf } from './reversal.ts'
import { dossiers } from './testing/random-records.ts'
import { TENANT } from './testing/records.ts'

const SECOND = { tenant: TENANT.id, number: 2 }
const merging = (more: Partial<Merging> = {}): Merging => ({
  source: FIRST,
  destination: SECOND,
  fillsEmpty: false,
  mergesIdenticalPeople: false,
  ...more,
})

type Given = Pick<Dossier, 'people'> & { readonly organization: Partial<Organization> }

/** Makes an organization like the one given, with people like those given. */
const likeGiven: Lens<Dossier, Given> = {
  ...parts,
  name: 'like given',
  echo: (dossier) => dossier,
  put(dossier, { organization, people }) {
    const ids = new Map(people.map(({ id }, at) => [id, provisionalId('people', at)]))
    const own = Object.fromEntries(ORGANIZATION_PARTS.map((part) => [part, organization[part]]))
    const roles = Object.entries(organization.roles ?? {}).map(([role, id]) => [role, ids.get(id) ?? id])
    const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))
    return {
      organization: {
        ...dossier.organization,
        ...given,
        facets: organization.facets ?? {},
        roles: Object.fromEntries(roles),
      },
      people: people.map((person) => {
        const id = ids.get(person.id) ?? ''
        const shown = Object.fromEntries(PERSON_PARTS.map((part) => [part, person[part]]))
        const blank = blankPerson(id, dossier.organization)
        return { ...blank, ...shown, facets: person.facets, organization: dossier.organization.id } as Person
      }),
    }
  },
}

const given = ({ directory }: House, input: Given) =>
  directory.execute(asker(ROOT), {
    lens: likeGiven,
    target: 'new',
    input,
    permission: 'organizations.create',
  })

const named = (full: string, more: Partial<Person> = {}): Person => ({
  ...blankPerson(full, { id: '', tenant: '' }),
  name: { full },
  ...more,
})

const read = ({ store }: House, number: number): Promise<Dossier> =>
  store.read(async (reader) => (await reader.dossier({ tenant: TENANT.id, number }, 'all')) as Dossier)

/** Two organizations: the first with Ann as support, the second with Bob. */
async function twoOf(
  context: TestContext,
  first: Partial<Organization> = {},
  second: Partial<Organization> = {},
) {
  const house = await openHouse(context)
  const ann = { name: { nl: 'Eerste' }, roles: { support: 'Ann' }, ...first }
  await given(house, { organization: ann, people: [named('Ann')] })
  await given(house, { organization: { name: { nl: 'Tweede' }, ...second }, people: [named('Bob')] })
  return house
}

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
})

describe('a merge that is taken back', () => {
  test('leaves both as they were, whatever they had', async (context) => {
    const house = await openHouse(context)
    let number = 0
    const pairs = fc.tuple(
      dossiers({ states: ['active', 'inactive'] }),
      dossiers({ states: ['active'] }),
      fc.boolean(),
    )
    await fc.assert(
      fc.asyncProperty(pairs, async ([one, other, isWhole]) => {
        await given(house, one)
        await given(house, other)
        number += 2
        const keys = [number - 1, number].map((at) => ({ tenant: TENANT.id, number: at }))
        const [source, destination] = keys as [typeof FIRST, typeof FIRST]
        const before = [await read(house, number - 1), await read(house, number)]
        const options = { fillsEmpty: isWhole, mergesIdenticalPeople: isWhole }
        await house.directory.merge(asker(ROOT), { source, destination, ...options })
        const people = (await read(house, number)).people.length
        assert.ok(people <= before.flatMap((dossier) => dossier.people).length)
        const { left } = await house.directory.unmerge(asker(ROOT), source)
        assert.deepEqual(left, [])
        const after = [await read(house, number - 1), await read(house, number)]
        for (const [at, dossier] of before.entries()) assertSameParts(dossier, after[at])
      }),
      { numRuns: 60 },
    )
  })

  test('leaves what somebody changed since, and tells of it', async (context) => {
    const house = await twoOf(context, { note: 'theirs' })
    await house.directory.merge(asker(ROOT), merging({ fillsEmpty: true }))
    await edit(house, { note: 'edited' }, { target: SECOND })
    const { left, found } = await house.directory.unmerge(asker(ROOT), FIRST)
    const { organization } = await read(house, 2)
    assert.deepEqual(left, [{ kind: 'organization', id: organization.id, part: 'note' }])
    assert.deepEqual([organization.note, found.dossier.organization.note], ['edited', 'theirs'])
  })

  test('takes a role from whoever goes back', async (context) => {
    const house = await twoOf(context)
    await house.directory.merge(asker(ROOT), merging())
    const { people } = await read(house, 2)
    const roles = { support: people[0]?.id ?? '', 'technical-contact': people[1]?.id ?? '' }
    await edit(house, { roles }, { target: SECOND })
    await house.directory.unmerge(asker(ROOT), FIRST)
    assert.deepEqual((await read(house, 2)).organization.roles, { 'technical-contact': people[1]?.id })
  })

  test('must have been one, and is taken back once', async (context) => {
    const house = await twoOf(context)
    const takeBack = () => house.directory.unmerge(asker(ROOT), FIRST)
    await assert.rejects(takeBack(), fails('refused', { reason: 'not-merged' }))
    await house.directory.merge(asker(ROOT), merging())
    await takeBack()
    await assert.rejects(takeBack(), fails('refused', { reason: 'not-merged' }))
  })
})

/** Versions and stamps move; item ids do not. */
function assertSameParts(before: Dossier, after: Dossier | undefined): void {
  assert.ok(after !== undefined)
  for (const part of [
    ...ORGANIZATION_PARTS,
    ...Object.keys(before.organization.facets).map((name) => `facets.${name}`),
  ]) {
    const [was, is] = [partOf(before.organization, part), partOf(after.organization, part)]
    assert.ok(isSame(was, is), `${part}: ${JSON.stringify(was)} is ${JSON.stringify(is)}`)
  }
  assert.deepEqual(
    after.people.map(({ id, number }) => [id, number]),
    before.people.map(({ id, number }) => [id, number]),
  )
  for (const [at, person] of before.people.entries()) {
    for (const part of [...PERSON_PARTS, ...Object.keys(person.facets).map((name) => `facets.${name}`)]) {
      const [was, is] = [partOf(person, part), partOf(after.people[at] as Person, part)]
      assert.ok(isSame(was, is), `person ${part}: ${JSON.stringify(was)} is ${JSON.stringify(is)}`)
    }
  }
}
