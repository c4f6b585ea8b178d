import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { asker, create, edit, fails, openHouse, parts, ROOT } from '../store/testing/house.ts'
import { provisionalId } from './items.ts'
import { principal, TENANT } from './testing/records.ts'

describe('websites', () => {
  const website = (uri: string) => ({
    links: [{ id: provisionalId('links', 0), uri, kind: 'website' as const }],
  })

  test('one that another organization has becomes an ordinary link', async (context) => {
    const own = await openHouse(context)
    await create(own, website('https://www.x.example/'))
    const { dossier } = await create(own, website('http://x.example'))
    assert.deepEqual(dossier.organization.links, [{ id: '1-1', uri: 'http://x.example', kind: 'contact' }])
  })

  test('or is refused, where the lens says so', async (context) => {
    const own = await openHouse(context)
    const { dossier } = await create(own, website('https://x.example'))
    await create(own)
    const lens = { ...parts, takenWebsite: 'refuse' as const }
    const target = { tenant: TENANT.id, number: 2 }
    await assert.rejects(
      edit(own, website('X.example/'), { lens, target }),
      fails('key-taken', { key: 'x.example', value: 'X.example/', holder: dossier.organization.id }),
    )
  })

  test('stays with the organization that has it, however it is spelled', async (context) => {
    const own = await openHouse(context)
    await create(own, website('https://x.example'))
    const { dossier } = await edit(own, website('http://www.x.example/'), {
      lens: { ...parts, takenWebsite: 'refuse' },
    })
    assert.equal(dossier.organization.links[0]?.kind, 'website')
  })

  test('is taken within one batch as well, and by a deleted organization', async (context) => {
    const own = await openHouse(context)
    const made = await Promise.all([
      create(own, { ...website('x.example'), state: 'deleted' }),
      create(own, website('x.example')),
    ])
    assert.deepEqual(
      made.map(({ dossier }) => dossier.organization.links[0]?.kind),
      ['website', 'contact'],
    )
  })

  test('is free in another tenant', async (context) => {
    const own = await openHouse(context)
    await create(own, website('x.example'))
    const command = { lens: parts, target: 'new' as const, permission: 'organizations.create' as const }
    const input = { name: { nl: 'x' }, ...website('x.example') }
    const { dossier } = await own.directory.execute(asker(ROOT, { tenant: 'other' }), { ...command, input })
    assert.deepEqual([dossier.organization.links[0]?.kind, dossier.organization.number], ['website', 1])
  })
})

describe('registering', () => {
  const labels = (name: string, visible: boolean) => ({ labels: [{ name, imported: false, visible }] })

  test('a label that the tenant does not have gets the visibility that the lens proposes', async (context) => {
    const own = await openHouse(context)
    const { dossier } = await create(own, labels('Jeugd', false))
    assert.deepEqual(dossier.organization.labels, [{ name: 'Jeugd', imported: false }])
    assert.deepEqual(own.known.catalogue(TENANT.id).label('JEUGD'), {
      number: 1,
      name: 'Jeugd',
      visible: false,
      private: false,
    })
  })

  test('no label is registered by a command that fails', async (context) => {
    const own = await openHouse(context)
    await assert.rejects(create(own, { ...labels('Jeugd', true), name: {} }), fails('unsound'))
    await own.store.read((reader) => own.known.follow(reader))
    assert.equal(own.known.catalogue(TENANT.id).label('jeugd'), undefined)
  })

  test('a writer whom only a token names becomes a principal at the first write', async (context) => {
    const own = await openHouse(context)
    const stranger = principal({ id: 'stranger', number: 0, superuser: true })
    await create(own, {}, stranger)
    assert.equal(own.known.principal('stranger')?.number, 1)
  })

  test('and once only, however many writes arrive at once', async (context) => {
    const own = await openHouse(context)
    const stranger = principal({ id: 'stranger', number: 0, superuser: true })
    await Promise.all([create(own, {}, stranger), create(own, {}, stranger), create(own, {}, stranger)])
    assert.equal(own.known.principal('stranger')?.number, 1)
  })

  test('a write that changes nothing registers nobody', async (context) => {
    const own = await openHouse(context)
    await create(own, { note: 'x' })
    await edit(own, { note: 'x' }, {}, asker(principal({ id: 'stranger', number: 0, superuser: true })))
    await own.store.read((reader) => own.known.follow(reader))
    assert.equal(own.known.principal('stranger'), undefined)
  })
})
