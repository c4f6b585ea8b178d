import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  asker,
  create,
  EDITOR,
  edit,
  eventsIn,
  FIRST,
  fails,
  helper,
  openHouse,
  organizationIn,
  parts,
  ROOT,
} from '../store/testing/house.ts'
import type { Dossier } from './dossier.ts'
import { isProvisional, provisionalId } from './items.ts'
import { problem, refused } from './problem.ts'
import { NOW, TENANT } from './testing/records.ts'

describe('creating', () => {
  test('saves the organization, tells it, and answers with what was saved', async (context) => {
    const own = await openHouse(context)
    const { dossier, isChanged } = await create(own)
    assert.deepEqual(dossier.organization, await organizationIn(own))
    assert.deepEqual([isChanged, dossier.organization.number, dossier.organization.version], [true, 1, 1])
    assert.deepEqual(
      (await eventsIn(own)).map(({ kind, via, by }) => [kind, via, by]),
      [['created', 'test', 'root']],
    )
  })

  test('starts in the language of the tenant, under an id that the writer may choose', async (context) => {
    const own = await openHouse(context)
    const command = {
      lens: parts,
      target: 'new' as const,
      id: 'chosen',
      permission: 'organizations.create' as const,
    }
    const { dossier } = await own.directory.execute(asker(ROOT), { ...command, input: { name: { nl: 'x' } } })
    assert.deepEqual([dossier.organization.id, dossier.organization.language], ['chosen', 'nl'])
  })

  test('replaces provisional ids everywhere', async (context) => {
    const own = await openHouse(context)
    const email = { id: provisionalId('emails', 0), address: 'a@x.example' }
    await create(own, { emails: [email] })
    await own.directory.execute(asker(ROOT), {
      lens: helper,
      target: FIRST,
      input: 'Ann',
      permission: 'people.edit',
    })
    const found = await own.store.read((reader) => reader.dossier(FIRST, 'all'))
    const [ann] = found?.people ?? []
    assert.deepEqual(found?.organization.emails, [{ id: '1-1', address: 'a@x.example' }])
    assert.equal(found?.organization.roles.support, ann?.id)
    assert.deepEqual([ann?.number, isProvisional(ann?.id ?? '')], [1, false])
    assert.equal(JSON.stringify([found, await eventsIn(own)]).includes('\\u0000'), false)
  })

  test('refuses what is not sound, and saves nothing of it', async (context) => {
    const own = await openHouse(context)
    await assert.rejects(
      create(own, { name: { nl: ' ' } }),
      fails('unsound', { faults: ['name in nl is blank'] }),
    )
    assert.equal(await organizationIn(own), undefined)
    const { dossier } = await create(own)
    assert.equal(dossier.organization.number, 1)
  })

  test('is allowed to a role that creates, and what it makes belongs to its maker', async (context) => {
    const own = await openHouse(context)
    const { dossier } = await create(own, { note: 'mine' }, EDITOR)
    assert.deepEqual([dossier.organization.created.by, dossier.organization.note], ['editor', 'mine'])
  })

  test('gives no number away twice when two arrive at once', async (context) => {
    const own = await openHouse(context)
    const made = await Promise.all([create(own), create(own), create(own)])
    assert.deepEqual(
      made.map(({ dossier }) => dossier.organization.number),
      [1, 2, 3],
    )
  })
})

describe('editing', () => {
  test('saves the parts that differ, and tells them', async (context) => {
    const own = await openHouse(context)
    await create(own)
    const { dossier } = await edit(own, { note: 'x' })
    const event = (await eventsIn(own)).at(-1)
    assert.deepEqual([dossier.organization.version, (await organizationIn(own))?.note], [2, 'x'])
    assert.deepEqual(Object.keys(event?.parts ?? {}), ['note'])
  })

  test('that changes nothing writes nothing', async (context) => {
    const own = await openHouse(context)
    await create(own, { note: 'x' })
    const before = await organizationIn(own)
    const { isChanged } = await edit(own, { note: 'x', emails: [], addresses: {} })
    assert.equal(isChanged, false)
    assert.deepEqual(await organizationIn(own), before)
    assert.equal((await eventsIn(own)).length, 1)
  })

  test('may be a function of what is there', async (context) => {
    const own = await openHouse(context)
    await create(own, { note: 'a' })
    await edit(own, ({ organization }, { at }) => ({ note: `${organization.note} ${at}` }))
    assert.equal((await organizationIn(own))?.note, `a ${NOW}`)
  })

  test('two at once: the second starts from what the first saved', async (context) => {
    const own = await openHouse(context)
    await create(own, { note: '' })
    const add = (text: string) => edit(own, ({ organization }) => ({ note: `${organization.note}${text}` }))
    await Promise.all([add('a'), add('b'), add('c')])
    assert.equal((await organizationIn(own))?.note, 'abc')
    assert.equal((await organizationIn(own))?.version, 4)
  })

  test('gives each version a later second, however fast they follow', async (context) => {
    const own = await openHouse(context)
    const { dossier } = await create(own)
    const times = [dossier.organization.shownAt]
    for (const note of ['a', 'b', 'c']) times.push((await edit(own, { note })).dossier.organization.shownAt)
    own.setTime('2024-05-06T08:00:00.000Z')
    times.push((await edit(own, { note: 'd' })).dossier.organization.shownAt)
    const [first = 0] = times
    assert.deepEqual(times.slice(0, 4), [first, first + 1, first + 2, first + 3])
    assert.equal(times[4], Date.parse('2024-05-06T08:00:00.000Z') / 1000)
  })

  test('of what is not there is told as not found', async (context) => {
    const own = await openHouse(context)
    await create(own)
    const target = { tenant: TENANT.id, number: 9 }
    await assert.rejects(edit(own, {}, { target }), fails('not-found', { kind: 'organization', id: '9' }))
    const elsewhere = { tenant: 'other', number: 1 }
    await assert.rejects(edit(own, {}, { target: elsewhere }), fails('not-found'))
  })

  test('of a deleted organization depends on whether the asker sees those', async (context) => {
    const own = await openHouse(context)
    await create(own, { state: 'deleted' })
    await assert.rejects(edit(own, { note: 'x' }), fails('not-found'))
    await edit(own, { note: 'x' }, {}, asker(ROOT, { seesDeleted: true }))
    assert.equal((await organizationIn(own))?.note, 'x')
  })

  test('is refused when a precondition is, before anything is put', async (context) => {
    const own = await openHouse(context)
    await create(own)
    const require = ({ organization }: Dossier) => {
      if (organization.version !== 9) throw problem('precondition-failed', { reason: 'not 9' })
    }
    const lens = {
      ...parts,
      put: () => {
        throw refused('never reached')
      },
    }
    await assert.rejects(edit(own, {}, { lens, require }), fails('precondition-failed'))
    assert.equal((await organizationIn(own))?.version, 1)
  })

  test('that the lens refuses leaves everything as it is', async (context) => {
    const own = await openHouse(context)
    await create(own)
    const lens = {
      ...parts,
      put: () => {
        throw refused('no')
      },
    }
    const outcomes = await Promise.allSettled([
      edit(own, { note: 'a' }),
      edit(own, {}, { lens }),
      edit(own, { department: 'b' }),
    ])
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    )
    const { note, department, version } = (await organizationIn(own)) ?? {}
    assert.deepEqual([note, department, version], ['a', 'b', 3])
  })
})
