import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  asker,
  create,
  EDITOR,
  edit,
  FIRST,
  fails,
  helper,
  NOBODY,
  openHouse,
  organizationIn,
  READER,
  ROOT,
} from '../store/testing/house.ts'
import type { Found } from './command.ts'
import type { Dossier } from './dossier.ts'
import type { Principal, Role } from './principal.ts'
import { principal, TENANT } from './testing/records.ts'

describe('rights', () => {
  test('nobody writes without saying who they are', async (context) => {
    const own = await openHouse(context)
    await create(own)
    await assert.rejects(edit(own, {}, {}, asker(NOBODY)), fails('forbidden'))
  })

  test('a role that only reads may not edit, even nothing', async (context) => {
    const own = await openHouse(context)
    await create(own)
    await assert.rejects(
      edit(own, {}, {}, asker(READER)),
      fails('forbidden', { action: 'organizations.edit', principal: 'reader' }),
    )
  })

  test('parts that may not be written are refused by name, and nothing is saved', async (context) => {
    const own = await openHouse(context)
    await create(own, { department: 'a' })
    const input = { department: 'b', note: 'c', contributors: ['x@y.example'] }
    await assert.rejects(
      edit(own, input, {}, asker(EDITOR)),
      fails('parts-forbidden', { parts: ['department', 'note'] }),
    )
    assert.deepEqual((await organizationIn(own))?.contributors, [])
  })

  test('people are refused to who may only edit organizations', async (context) => {
    const own = await openHouse(context)
    await create(own)
    const command = { lens: helper, target: FIRST, input: 'Ann', permission: 'organizations.edit' as const }
    await assert.rejects(
      own.directory.execute(asker(EDITOR), command),
      fails('parts-forbidden', { parts: ['people'] }),
    )
  })

  test('what a writer may not read is not shown to them, and stays', async (context) => {
    const own = await openHouse(context)
    await create(own, { note: 'secret', department: 'a' })
    await own.directory.execute(asker(ROOT), {
      lens: helper,
      target: FIRST,
      input: 'Ann',
      permission: 'people.edit',
    })
    let seen: Dossier | undefined
    const input = (view: Dossier) => {
      seen = view
      return { ...view.organization, contributors: ['x@y.example'] }
    }
    const { dossier } = await edit(own, input, {}, asker(EDITOR))
    const saved = await own.store.read((reader) => reader.dossier(FIRST, 'all'))
    assert.deepEqual([seen?.organization.note, seen?.people], [undefined, []])
    assert.deepEqual([dossier.organization.note, dossier.people], [undefined, []])
    assert.deepEqual(
      [saved?.organization.note, saved?.people.length, saved?.organization.contributors],
      ['secret', 1, ['x@y.example']],
    )
  })

  test('a guess at what a writer may not read is refused, right or wrong', async (context) => {
    const own = await openHouse(context)
    await create(own, { note: 'secret' })
    for (const note of ['secret', 'public'])
      await assert.rejects(
        edit(own, { note }, {}, asker(EDITOR)),
        fails('parts-forbidden', { parts: ['note'] }),
      )
  })

  test('preconditions are asked of what the writer may see', async (context) => {
    const own = await openHouse(context)
    await create(own, { note: 'secret' })
    let note: string | undefined = 'not asked'
    const require = ({ organization }: Dossier) => {
      note = organization.note
    }
    await edit(own, {}, { require }, asker(EDITOR))
    assert.equal(note, undefined)
  })
})

describe('finding', () => {
  test('gives what the asker may see', async (context) => {
    const own = await openHouse(context)
    await create(own, { note: 'secret', department: 'a' })
    const { dossier } = await own.directory.find(asker(EDITOR), FIRST, 'all')
    assert.deepEqual([dossier.organization.note, dossier.organization.department], [undefined, 'a'])
  })

  test('without a right is forbidden to a principal, and nothing is there for nobody', async (context) => {
    const own = await openHouse(context)
    await create(own)
    await assert.rejects(
      own.directory.find(asker(principal({ id: 'bram' })), FIRST, 'none'),
      fails('forbidden'),
    )
    await assert.rejects(own.directory.find(asker(NOBODY), FIRST, 'none'), fails('not-found'))
  })

  test('what is public needs no right, where the dialect shows it', async (context) => {
    const own = await openHouse(context)
    await own.store.transact((transactor) =>
      transactor.saveSettings([
        { kind: 'tenant', tenant: '', id: TENANT.id, value: { ...TENANT, public: 'uitdatabank' } },
      ]),
    )
    await own.store.read((reader) => own.known.follow(reader))
    await create(own, { public: true, note: 'secret', contributors: ['x@y.example'] })
    const nobody = asker(NOBODY, { seesPublic: true })
    const { dossier } = await own.directory.find(nobody, FIRST, 'all')
    assert.deepEqual([dossier.organization.name, dossier.organization.note], [{ nl: 'Voorbeeld' }, undefined])
    await assert.rejects(own.directory.find(asker(NOBODY), FIRST, 'all'), fails('not-found'))
  })

  test('a search gives the organizations that the asker may read', async (context) => {
    const own = await openHouse(context)
    await create(own)
    await create(own, {}, EDITOR)
    const numbers = async (who: Principal) => {
      const page = await own.directory.search(asker(who), { offset: 0, limit: 10 })
      return [page.items.map(({ dossier }) => dossier.organization.number), page.total]
    }
    assert.deepEqual(await numbers(READER), [[1, 2], 2])
    assert.deepEqual(await numbers({ ...EDITOR, roles: [] }), [[2], 1])
    assert.deepEqual(await numbers(principal({ id: 'bram' })), [[], 0])
  })

  test('those who may read little are found what they may read, neither more nor less', async (context) => {
    const own = await openHouse(context)
    await create(own, { name: { nl: 'Van een ander' }, note: 'x' })
    await create(own, { name: { nl: 'Eigen, met nota' }, note: 'x' }, EDITOR)
    await create(own, { name: { nl: 'Eigen, zonder' } }, EDITOR)
    const hasNote = ({ dossier }: Found) => dossier.organization.note !== undefined
    const numbers = async (holds: (found: Found) => boolean, descending = false) => {
      const { items } = await own.directory.search(asker({ ...EDITOR, roles: [] }), {
        offset: 0,
        limit: 10,
        exact: {
          holds,
          compare: (left, right) =>
            (left.dossier.organization.number - right.dossier.organization.number) * (descending ? -1 : 1),
        },
      })
      return items.map(({ dossier }) => dossier.organization.number)
    }
    assert.deepEqual(await numbers(hasNote), [2])
    assert.deepEqual(await numbers((found) => !hasNote(found)), [3])
    assert.deepEqual(await numbers(() => true, true), [3, 2])
  })

  test('whoever may edit what they may not read finds none of it', async (context) => {
    const own = await openHouse(context)
    await create(own, { note: 'x' })
    const role: Role = { id: 'blind', tenant: TENANT.id, permissions: ['organizations.edit'] }
    await own.store.transact((transactor) =>
      transactor.saveSettings([{ kind: 'role', tenant: TENANT.id, id: role.id, value: role }]),
    )
    await own.store.read((reader) => own.known.follow(reader))
    const blind = asker({ ...READER, roles: ['blind'] })
    await assert.rejects(own.directory.find(blind, FIRST, 'none'), fails('forbidden'))
    assert.equal((await own.directory.search(blind, { offset: 0, limit: 1 })).total, 0)
    const along = { by: 'number', descending: false } as const
    assert.deepEqual((await own.directory.seek(blind, { along, limit: 1 })).items, [])
  })

  test('a search finds nothing by a part that no role lets its holder read', async (context) => {
    const own = await openHouse(context)
    await create(own, { links: [{ id: 'x', uri: 'https://voorbeeld.example', kind: 'website' }] })
    const totals = async (parts: Role['parts']) => {
      const role: Role = {
        id: 'narrow',
        tenant: TENANT.id,
        permissions: ['organizations.read'],
        ...(parts && { parts }),
      }
      await own.store.transact((transactor) =>
        transactor.saveSettings([{ kind: 'role', tenant: TENANT.id, id: role.id, value: role }]),
      )
      await own.store.read((reader) => own.known.follow(reader))
      const found = ['name', 'website'].map((kind) =>
        own.directory.search(asker({ ...READER, roles: ['narrow'] }), {
          where: { kind },
          offset: 0,
          limit: 1,
        }),
      )
      return (await Promise.all(found)).map(({ total }) => total)
    }
    assert.deepEqual(await totals(undefined), [1, 1])
    assert.deepEqual(await totals({ links: 'none' }), [1, 0])
    assert.deepEqual(await totals({ '*': 'none', name: 'read' }), [1, 0])
    assert.deepEqual(await totals({ '*': 'none', note: 'read' }), [1, 0])
  })

  test('a search goes by the name of whatever may be read, for its reader is shown that', async (context) => {
    const own = await openHouse(context)
    await create(own)
    const role: Role = {
      id: 'narrow',
      tenant: TENANT.id,
      permissions: ['organizations.read'],
      parts: { '*': 'none', links: 'write' },
    }
    await own.store.transact((transactor) =>
      transactor.saveSettings([{ kind: 'role', tenant: TENANT.id, id: role.id, value: role }]),
    )
    await own.store.read((reader) => own.known.follow(reader))
    const { total } = await own.directory.search(asker({ ...READER, roles: ['narrow'] }), {
      where: { kind: 'name' },
      offset: 0,
      limit: 1,
    })
    assert.equal(total, 1)
  })
})
