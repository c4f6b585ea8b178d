import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { asker, edit, FIRST, fails, openHouse, ROOT } from '../store/testing/house.ts'
import { given, merging, read, SECOND, twoOf } from '../store/testing/mergers.ts'
import type { Dossier } from './dossier.ts'
import { isSame } from './dossier.ts'
import { ORGANIZATION_PARTS } from './organization.ts'
import type { Person } from './person.ts'
import { PERSON_PARTS } from './person.ts'
import { partOf } from './reversal.ts'
import { dossiers } from './testing/random-records.ts'
import { principal, TENANT } from './testing/records.ts'

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

  test('is told as a restoration', async (context) => {
    const house = await twoOf(context)
    await house.directory.merge(asker(ROOT), merging())
    await house.directory.unmerge(asker(ROOT), FIRST)
    const events = await house.directory.history(asker(ROOT, { seesDeleted: true }), FIRST)
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['created', 'merged', 'restored'],
    )
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

  test('gives nobody people whom they may not see where they are', async (context) => {
    const house = await twoOf(context)
    const permissions = ['organizations.read', 'organizations.edit', 'organizations.delete'] as const
    const own = { id: 'own', where: '1', permissions: [...permissions, 'people.edit' as const] }
    const other = { id: 'other', where: '2', permissions }
    const roles = [own, other].map((role) => ({ ...role, tenant: TENANT.id }))
    await house.store.transact((transactor) =>
      transactor.saveSettings(
        roles.map((value) => ({ kind: 'role', tenant: TENANT.id, id: value.id, value })),
      ),
    )
    await house.directory.merge(asker(ROOT), merging())
    const mover = asker(principal({ id: 'mover', superuser: false, roles: ['own', 'other'] }))
    await assert.rejects(
      house.directory.unmerge(mover, FIRST),
      fails('parts-forbidden', { parts: ['people'] }),
    )
    assert.equal((await read(house, 2)).people.length, 2)
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
