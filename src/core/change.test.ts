import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Stamping } from './change.ts'
import { settle } from './change.ts'
import { withOrganization, withPerson } from './dossier.ts'
import { CORE_INDEXERS } from './index-rows.ts'
import { isProvisional, provisionalId } from './items.ts'
import { blankOrganization } from './organization.ts'
import { blankPerson } from './person.ts'
import { dossiers } from './testing/random-records.ts'
import { CREATED, countedIds, dossier, NOW, person, uuid } from './testing/records.ts'

const stamping = (parts: Partial<Stamping> = {}): Stamping => ({
  at: NOW,
  by: 'bram',
  via: 'test',
  commandId: 'c-1',
  newId: countedIds(),
  numbers: [11, 12, 13],
  indexers: CORE_INDEXERS,
  ...parts,
})

const NOW_S = Math.floor(Date.parse(NOW) / 1000)

const BLANK = {
  organization: blankOrganization(uuid(7), { tenant: 'default', language: 'nl', at: NOW, by: 'bram' }),
  people: [],
}

const email = (index: number, address = 'a@x.example') => ({ id: provisionalId('emails', index), address })

describe('settling a proposal that changes nothing', () => {
  test('saves nothing, and gives what was before', () => {
    fc.assert(
      fc.property(dossiers(), (before) => {
        const { after, change } = settle(before, structuredClone(before), stamping())
        assert.equal(after, before)
        assert.equal(change, undefined)
      }),
    )
  })
})

describe('settling an edit', () => {
  const before = dossier({ version: 4, note: 'a', changed: { name: { version: 1, ...CREATED } } }, [person()])

  test('raises the version, and stamps the parts that differ', () => {
    const { after, change } = settle(before, withOrganization(before, { note: 'b' }), stamping())
    const stamp = { version: 5, at: NOW, by: 'bram' }
    assert.deepEqual(after.organization.changed, { name: { version: 1, ...CREATED }, note: stamp })
    assert.deepEqual([after.organization.version, after.organization.shownAt], [5, NOW_S])
    assert.deepEqual([change?.organization?.before, change?.people, change?.peopleOf], [4, [], undefined])
  })

  test('gives the record as it is read again', () => {
    const { note: _, ...cleared } = before.organization
    for (const proposed of [{ ...cleared, note: undefined } as never, cleared as never]) {
      const { after } = settle(before, { ...before, organization: proposed }, stamping())
      assert.deepEqual(JSON.parse(JSON.stringify(after)), after)
    }
  })

  test('tells what happened, with the values before and after', () => {
    const { change } = settle(before, withOrganization(before, { note: 'b' }), stamping())
    assert.deepEqual(change?.events, [
      {
        id: 'id-1',
        at: NOW,
        tenant: 'default',
        kind: 'changed',
        recordKind: 'organization',
        record: uuid(1),
        version: 5,
        by: 'bram',
        via: 'test',
        commandId: 'c-1',
        parts: { note: ['a', 'b'] },
      },
    ])
  })

  test('keeps number, creation and all that a lens cannot know', () => {
    const forged = withOrganization(before, {
      note: 'b',
      version: 99,
      number: 99,
      shownAt: 99,
      created: { at: '', by: '' },
      changed: {},
    })
    const { after } = settle(before, forged, stamping())
    const { version, number, created } = after.organization
    assert.deepEqual({ version, number, created }, { version: 5, number: 1, created: CREATED })
  })

  test('of a person moves the stamp of the people, not the version of the organization', () => {
    const proposal = withPerson(before, { ...person(), title: 'Directeur' })
    const { after, change } = settle(before, proposal, stamping())
    assert.deepEqual([after.organization.version, after.people[0]?.version], [4, 2])
    assert.deepEqual(after.organization.people, { count: 1, at: NOW, shownAt: NOW_S })
    assert.deepEqual([change?.organization, change?.peopleOf?.id], [undefined, uuid(1)])
    assert.deepEqual(
      change?.people.map((one) => one.before),
      [1],
    )
  })

  test('of a removed facet tells that it is gone', () => {
    const with2 = dossier({ facets: { a: { x: 1 }, b: { y: 2 } } })
    const { after, change } = settle(with2, withOrganization(with2, { facets: { b: { y: 2 } } }), stamping())
    assert.deepEqual(after.organization.facets, { b: { y: 2 } })
    assert.deepEqual(change?.events[0]?.parts, { 'facets.a': [{ x: 1 }, undefined] })
  })

  /** Each row: the states before and after, and what is said to have happened. */
  const kinds = [
    ['active', 'inactive', 'changed'],
    ['active', 'deleted', 'deleted'],
    ['deleted', 'active', 'restored'],
  ] as const
  for (const [from, to, kind] of kinds) {
    test(`from ${from} to ${to} has ${kind} it`, () => {
      const started = dossier({ state: from })
      const { change } = settle(started, withOrganization(started, { state: to }), stamping())
      assert.equal(change?.events[0]?.kind, kind)
    })
  }

  test('brings index rows only when something searchable changed', () => {
    const named = settle(before, withOrganization(before, { name: { nl: 'Nieuw' } }), stamping())
    const noted = settle(before, withOrganization(before, { note: 'b' }), stamping())
    assert.deepEqual(named.change?.organization?.index, {
      removed: [
        { kind: 'name', key: 'voorbeeld vzw', part: 'name' },
        { kind: 'nameKey', key: 'voorbeeld', part: 'name' },
      ],
      added: [
        { kind: 'name', key: 'nieuw', part: 'name' },
        { kind: 'nameKey', key: 'nieuw', part: 'name' },
      ],
    })
    assert.equal('index' in (noted.change?.organization ?? {}), false)
  })

  test('brings no index rows when they are what they were', () => {
    const links = [{ id: '1-1', uri: 'https://voorbeeld.example/contact', kind: 'contact' as const }]
    const linked = settle(before, withOrganization(before, { links }), stamping())
    assert.equal('index' in (linked.change?.organization ?? {}), false)
  })

  test('that deletes a person takes them out of the dossier, and keeps the record', () => {
    const proposal = withPerson(before, { ...person(), state: 'deleted' })
    const { after, change } = settle(before, proposal, stamping())
    assert.deepEqual(after.people, [])
    assert.deepEqual([change?.people[0]?.after.state, change?.events[0]?.kind], ['deleted', 'deleted'])
  })

  test('within the second of the version before shows a later second', () => {
    const first = settle(before, withOrganization(before, { note: 'b' }), stamping()).after
    const second = settle(first, withOrganization(first, { note: 'c' }), stamping()).after
    assert.deepEqual([first.organization.shownAt, second.organization.shownAt], [NOW_S, NOW_S + 1])
  })
})

describe('settling something new', () => {
  test('gives an organization its number, version 1 and an event with every part that it has', () => {
    const { after, change } = settle(BLANK, withOrganization(BLANK, { name: { nl: 'x' } }), stamping())
    const { id, number, version, created } = after.organization
    assert.deepEqual(
      { id, number, version, created },
      { id: uuid(7), number: 11, version: 1, created: { at: NOW, by: 'bram' } },
    )
    assert.equal(change?.events[0]?.kind, 'created')
    assert.deepEqual(change?.events[0]?.parts, {
      state: [undefined, 'active'],
      language: [undefined, 'nl'],
      name: [{}, { nl: 'x' }],
    })
    assert.deepEqual(Object.keys(after.organization.changed), ['state', 'language', 'name'])
  })

  test('gives each person an id and a number, and roles the id of their person', () => {
    const people = [0, 1].map((at) => blankPerson(provisionalId('people', at), BLANK.organization))
    const roles = { support: provisionalId('people', 1), 'primary-contact': provisionalId('people', 0) }
    const proposal = { ...withOrganization(BLANK, { name: { nl: 'x' }, roles }), people }
    const { after } = settle(BLANK, proposal, stamping())
    assert.deepEqual(
      after.people.map(({ id, number, version }) => [id, number, version]),
      [
        ['id-1', 12, 1],
        ['id-2', 13, 1],
      ],
    )
    assert.deepEqual(after.organization.roles, { support: 'id-2', 'primary-contact': 'id-1' })
    assert.equal(after.organization.people.count, 1)
  })

  test('gives items ids that no other item of the record ever has', () => {
    const first = settle(
      BLANK,
      withOrganization(BLANK, { name: { nl: 'x' }, emails: [email(0), email(1)] }),
      stamping(),
    ).after
    const { emails } = first.organization
    const second = settle(
      first,
      withOrganization(first, { emails: [email(0), ...emails.slice(1)] }),
      stamping(),
    ).after
    assert.deepEqual(
      emails.map(({ id }) => id),
      ['1-1', '1-2'],
    )
    assert.deepEqual(
      second.organization.emails.map(({ id }) => id),
      ['2-1', '1-2'],
    )
  })

  test('replaces a provisional id wherever it stands, facets and their keys included', () => {
    const id = provisionalId('emails', 0)
    const facets = { own: { hides: { [id]: 'a@x.example' }, list: [{ of: id }] } }
    const { after, change } = settle(
      BLANK,
      withOrganization(BLANK, { name: { nl: 'x' }, emails: [email(0)], facets }),
      stamping(),
    )
    assert.deepEqual(after.organization.facets, {
      own: { hides: { '1-1': 'a@x.example' }, list: [{ of: '1-1' }] },
    })
    assert.equal(JSON.stringify([after, change]).includes('\\u0000'), false)
  })

  test('leaves a role of nobody as it is, for soundness to refuse', () => {
    const roles = { support: provisionalId('people', 5) }
    const { after } = settle(BLANK, withOrganization(BLANK, { name: { nl: 'x' }, roles }), stamping())
    assert.equal(isProvisional(after.organization.roles.support ?? ''), true)
  })
})
