import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { isSame } from './dossier.ts'
import type { Organization } from './organization.ts'
import { ORGANIZATION_PARTS } from './organization.ts'
import type { Grant } from './policy.ts'
import { grantOn, masked, mayShare, overwritten, PUBLIC_PARTS, unmasked } from './policy.ts'
import type { Principal, Role } from './principal.ts'
import { dossiers } from './testing/random-records.ts'
import type { CatalogueParts } from './testing/records.ts'
import { catalogue, dossier, organization, person, principal, TENANT } from './testing/records.ts'

const BRAM = principal({ id: 'bram', email: 'Bram@example.org' })

const role = (parts: Partial<Role>): Role => ({ id: 'r', tenant: TENANT.id, permissions: [], ...parts })

/** What `asking` may do with an organization that `ann` created. */
const grant = (
  asking: Principal | undefined,
  parts: Partial<Organization> = {},
  settings: CatalogueParts = {},
): Grant => grantOn(organization(parts), asking, catalogue(settings), (where) => where === 'matches')

const withRole = (parts: Partial<Role>, settings: CatalogueParts = {}): Grant =>
  grant({ ...BRAM, roles: ['r'] }, {}, { roles: [role(parts)], ...settings })

const HIDDEN = { tenant: { public: 'none' as const } }

describe('a superuser, and the server itself', () => {
  for (const asking of [principal({ superuser: true }), principal({ kind: 'system' })]) {
    test(`${asking.kind}: may do everything`, () => {
      const given = grant(asking, {}, HIDDEN)
      assert.equal(given.isFull, true)
      assert.equal(given.may('organizations.delete') && given.may('access.manage'), true)
      assert.deepEqual(
        [given.rightTo('note'), given.rightTo('people'), given.sees(person())],
        ['write', 'write', true],
      )
    })
  }
})

describe('anybody', () => {
  test('reads what is public of a public organization, and nothing else', () => {
    const given = grant(undefined)
    assert.ok(PUBLIC_PARTS.every((part) => given.rightTo(part) === 'read'))
    const others = ['note', 'roles', 'department', 'identifiers', 'mergedInto', 'facets.kare', 'people']
    assert.ok(others.every((part) => given.rightTo(part) === 'none'))
    assert.deepEqual([given.may('organizations.read'), given.sees(person())], [false, false])
  })

  test('reads nothing where the tenant publishes nothing', () => {
    assert.equal(grant(undefined, { public: true }, HIDDEN).rightTo('name'), 'none')
  })

  test('reads only what was made public, where the tenant publishes that', () => {
    const settings = { tenant: { public: 'uitdatabank' as const } }
    assert.equal(grant(undefined, { public: true }, settings).rightTo('name'), 'read')
    assert.equal(grant(undefined, {}, settings).rightTo('name'), 'none')
  })
})

describe('a creator', () => {
  const ANN = principal({ id: 'ann', email: 'nobody@example.org' })

  test('reads and edits what is public, and may not delete', () => {
    const given = grant(ANN, {}, HIDDEN)
    assert.ok(PUBLIC_PARTS.every((part) => given.rightTo(part) === 'write'))
    assert.deepEqual([given.may('organizations.edit'), given.may('organizations.read')], [true, true])
    assert.equal(given.may('organizations.delete'), false)
  })

  test('reads and edits what they wrote, not what another wrote since', () => {
    const stamp = (by: string) => ({ version: 2, at: '', by })
    const given = grant(ANN, { changed: { note: stamp('ann'), department: stamp('bram') } })
    assert.deepEqual([given.rightTo('note'), given.rightTo('department')], ['write', 'none'])
  })

  test('sees the people that they added', () => {
    const given = grant(ANN)
    assert.equal(given.sees(person()), true)
    assert.equal(given.sees(person({ created: { at: '', by: 'bram' } })), false)
  })
})

describe('a contributor', () => {
  const contributors = ['bram@EXAMPLE.org']

  test('reads and edits exactly what is public, whatever the case of the address', () => {
    const given = grant(BRAM, { contributors }, HIDDEN)
    const writable = [...ORGANIZATION_PARTS, 'facets.uitdatabank', 'facets.kare', 'people'].filter(
      (part) => given.rightTo(part) === 'write',
    )
    assert.deepEqual(writable.toSorted(), PUBLIC_PARTS.toSorted())
    assert.deepEqual([given.may('organizations.edit'), given.may('organizations.delete')], [true, false])
  })

  test('is nobody where the address is missing', () => {
    const { email: _, ...nameless } = BRAM
    assert.equal(
      grant(nameless, { contributors: ['undefined', ''] }, HIDDEN).may('organizations.read'),
      false,
    )
    assert.equal(grant(BRAM, { contributors: [] }, HIDDEN).may('organizations.read'), false)
  })
})

describe('a role', () => {
  test('that reads gives every part of the organization, but no people', () => {
    const given = withRole({ permissions: ['organizations.read'] }, HIDDEN)
    assert.deepEqual(['note', 'roles', 'facets.kare', 'people'].map(given.rightTo), [
      'read',
      'read',
      'read',
      'none',
    ])
    assert.deepEqual([given.may('organizations.read'), given.may('organizations.edit')], [true, false])
  })

  test('that edits people gives no part of the organization', () => {
    const given = withRole({ permissions: ['people.edit'] }, HIDDEN)
    assert.deepEqual([given.rightTo('people'), given.rightTo('note')], ['write', 'none'])
    assert.equal(given.sees(person()), true)
  })

  test('that deletes may write the state, and nothing else', () => {
    const given = withRole({ permissions: ['organizations.delete'] }, HIDDEN)
    assert.deepEqual([given.may('organizations.delete'), given.may('organizations.edit')], [true, false])
    assert.deepEqual(['state', 'name', 'note'].map(given.rightTo), ['write', 'none', 'none'])
  })

  test('narrows the parts that it names', () => {
    const given = withRole({
      permissions: ['organizations.edit', 'people.edit'],
      parts: { note: 'none', roles: 'read', people: 'read' },
    })
    assert.deepEqual(['note', 'roles', 'people', 'department'].map(given.rightTo), [
      'none',
      'read',
      'read',
      'write',
    ])
  })

  test('that narrows what contributors have makes nobody a contributor', () => {
    const permissions = ['organizations.read', 'organizations.edit'] as const
    const hidden = withRole({ permissions, parts: { emails: 'none' } }, HIDDEN)
    assert.deepEqual([hidden.rightTo('contributors'), mayShare(hidden)], ['read', false])
    const others = withRole({ permissions, parts: { note: 'none' } }, HIDDEN)
    assert.deepEqual([others.rightTo('contributors'), mayShare(others)], ['write', true])
  })

  test('narrows all that it does not name by an asterisk', () => {
    const given = withRole(
      { permissions: ['organizations.edit'], parts: { '*': 'none', name: 'write', links: 'read' } },
      HIDDEN,
    )
    assert.deepEqual(['name', 'links', 'note', 'facets.kare'].map(given.rightTo), [
      'write',
      'read',
      'none',
      'none',
    ])
  })

  test('gives no more than its permissions, whatever its parts say', () => {
    assert.equal(
      withRole({ permissions: ['organizations.read'], parts: { note: 'write' } }).rightTo('note'),
      'read',
    )
  })

  test('counts only where its query matches', () => {
    const permissions = ['organizations.edit', 'organizations.delete'] as const
    assert.equal(withRole({ permissions, where: 'matches' }).may('organizations.delete'), true)
    assert.equal(withRole({ permissions, where: 'another' }).may('organizations.delete'), false)
  })

  test('adds to another, and the most that any of them gives counts', () => {
    const roles = [
      role({ id: 'a', permissions: ['organizations.edit'], parts: { note: 'none' } }),
      role({ id: 'b', permissions: ['organizations.read'] }),
    ]
    const given = grant({ ...BRAM, roles: ['a', 'b', 'unknown'] }, {}, { roles })
    assert.deepEqual([given.rightTo('note'), given.rightTo('name')], ['read', 'write'])
  })
})

describe('masking', () => {
  const reader = grant(
    { ...BRAM, roles: ['r'] },
    {},
    {
      roles: [
        role({
          permissions: ['organizations.read', 'people.read'],
          parts: { note: 'none', 'facets.kare': 'none', people: 'none' },
        }),
      ],
    },
  )
  const whole = dossier({ note: 'x', department: 'y', facets: { kare: { a: 1 }, own: { b: 2 } } }, [person()])

  test('blanks what may not be read, people included', () => {
    const { organization: shown, people } = masked(whole, reader)
    assert.equal('note' in shown, false)
    assert.deepEqual([shown.department, shown.facets, people], ['y', { own: { b: 2 } }, []])
  })

  test('leaves name, language and state: no view can do without', () => {
    const { organization: shown } = masked(dossier({ state: 'inactive' }), grant(undefined, {}, HIDDEN))
    assert.deepEqual([shown.state, shown.language, shown.name], ['inactive', 'nl', { nl: 'Voorbeeld vzw' }])
  })

  test('is undone where the proposal left the mask alone', () => {
    const shown = masked(whole, reader)
    const proposal = { ...shown, organization: { ...shown.organization, department: 'z' } }
    const { organization: restored, people } = unmasked(proposal, shown, whole)
    assert.deepEqual([restored.note, restored.department], ['x', 'z'])
    assert.deepEqual([restored.facets, people], [whole.organization.facets, whole.people])
  })

  test('is not undone where the proposal wrote over the mask: that is refused for want of a right', () => {
    const shown = masked(whole, reader)
    const proposal = {
      ...shown,
      organization: { ...shown.organization, note: 'mine', facets: { kare: { a: 9 } } },
    }
    const { organization: restored } = unmasked(proposal, shown, whole)
    assert.deepEqual([restored.note, restored.facets['kare']], ['mine', { a: 9 }])
  })

  test('written over with what it hides is as any other writing over it', () => {
    const shown = masked(whole, reader)
    const { note = '', facets } = whole.organization
    const proposal = { ...shown, organization: { ...shown.organization, note, facets } }
    assert.deepEqual(overwritten(proposal, shown, whole), ['note', 'facets.kare'])
    assert.deepEqual(overwritten(shown, shown, whole), [])
  })

  test('is made once for all whose rights are of one class, and they are the same rights', () => {
    const parts = [...ORGANIZATION_PARTS, 'facets.elsewhere', 'people']
    const roles = [
      role({ id: 'reader', permissions: ['organizations.read'], parts: { note: 'none' } }),
      role({ id: 'editor', permissions: ['organizations.edit', 'people.edit'], where: 'matches' }),
      role({ id: 'nobody', permissions: ['organizations.edit'], where: 'never' }),
    ]
    const readers = fc.record({
      id: fc.constantFrom('ann', 'bram', 'eve'),
      email: fc.constantFrom('bram@example.org', 'eve@example.org'),
      roles: fc.subarray(['reader', 'editor', 'nobody']),
    })
    fc.assert(
      fc.property(readers, readers, (one, other) => {
        const original = dossier({ contributors: ['bram@example.org'], note: 'a' })
        const [first, second] = [one, other].map((reader) =>
          grant(
            principal({ ...reader, superuser: false }),
            { ...original.organization },
            { roles, ...HIDDEN },
          ),
        ) as [Grant, Grant]
        const isSameMask = masked(original, first) === masked(original, second)
        assert.equal(isSameMask, first.class === second.class)
        if (isSameMask) assert.deepEqual(parts.map(first.rightTo), parts.map(second.rightTo))
      }),
    )
  })

  test('and undoing it changes nothing, for any dossier and any rights', () => {
    const parts = [...ORGANIZATION_PARTS, 'facets.elsewhere', 'people']
    const grants = fc.tuple(fc.subarray(parts), fc.boolean()).map(
      ([readable, seesPeople]): Grant => ({
        isFull: false,
        class: `${readable} ${seesPeople}`,
        may: () => true,
        rightTo: (part) => (readable.includes(part) ? 'write' : 'none'),
        sees: () => seesPeople,
        edits: () => seesPeople,
      }),
    )
    fc.assert(
      fc.property(dossiers(), grants, (original, given) => {
        const shown = masked(original, given)
        assert.ok(isSame(unmasked(shown, shown, original), original))
      }),
    )
  })
})
