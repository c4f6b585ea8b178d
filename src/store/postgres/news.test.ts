import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { after, before, describe, test } from 'node:test'
import type { Store } from '../../core/store.ts'
import { TENANT } from '../../core/testing/records.ts'
import { numbered, saving } from '../testing/changes.ts'
import type { House } from '../testing/house.ts'
import { asker, create, helper, openHouse, ROOT } from '../testing/house.ts'
import { openNodes } from '../testing/nodes.ts'
import type { PostgresServer } from '../testing/postgres-server.ts'
import { postgresIsMissing, query, startPostgres } from '../testing/postgres-server.ts'
import { openPostgres } from './index.ts'

const tenant = TENANT.id

describe('nodes that remember, each in its turn', { skip: postgresIsMissing() ?? false }, () => {
  let server: PostgresServer
  before(async () => {
    server = await startPostgres()
  })
  after(() => server.stop())

  const nodes = (context: TestContext) => openNodes(context, server)

  test('know what the other one has changed since, be it little or much', async (context) => {
    const { url, one, other } = await nodes(context)
    const version = (store: Store) =>
      store.transact(async (tx) => (await tx.dossier({ tenant, number: 1 }, 'none'))?.organization.version)
    await one.transact((transactor) => transactor.save(saving([numbered(1)])))
    let last = 1
    for (const changes of [1, 600, 2]) {
      await other.transact(async (transactor) => {
        for (let made = 0; made < changes; made += 1) {
          last += 1
          await transactor.save(saving([numbered(1, { version: last })], { removed: [], added: [] }))
        }
      })
      // Of what is rolled back, the numbers are gone.
      await query(url, "select nextval(pg_get_serial_sequence('events', 'seq'))")
      assert.deepEqual([await version(one), await version(other)], [last, last])
    }
  })

  test('know whom a merge by the other one and its undoing have touched, be there people or none', async (context) => {
    const { url, other } = await nodes(context)
    const house = await openHouse(context, () => openPostgres(url, true))
    const beside = house.beside(other)
    await create(house)
    await create(house)
    await create(house)
    const known = async ({ store }: House) =>
      store.transact(async (tx) => {
        const numbers = [1, 2, 3]
        const read = numbers.map((number) => tx.dossier({ tenant, number }, 'all'))
        const stored = await tx.inventory(undefined, 3)
        const dossiers = await Promise.all(read)
        assert.deepEqual(
          dossiers.map((dossier) => dossier?.organization),
          numbers.map((number) => stored.find((one) => one.organization.number === number)?.organization),
        )
      })
    const key = (number: number) => ({ tenant, number })
    for (const [source, destination] of [
      [1, 2],
      [3, 2],
    ] as const) {
      if (source === 3)
        await house.directory.execute(asker(ROOT), {
          lens: helper,
          target: key(3),
          input: 'Ann',
          permission: 'organizations.edit',
        })
      for (const one of [house, beside]) await known(one)
      const merging = { fillsEmpty: false, mergesIdenticalPeople: false }
      await house.directory.merge(asker(ROOT), {
        ...merging,
        source: key(source),
        destination: key(destination),
      })
      for (const one of [beside, house]) await known(one)
      await house.directory.unmerge(asker(ROOT), key(source))
      for (const one of [beside, house]) await known(one)
    }
  })
})
