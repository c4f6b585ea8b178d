import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { after, before, describe, test } from 'node:test'
import { setTimeout as passed } from 'node:timers/promises'
import type { FarAway } from '../testing/far-away.ts'
import { farAway } from '../testing/far-away.ts'
import type { House } from '../testing/house.ts'
import { create, edit, openHouse } from '../testing/house.ts'
import { newSchema } from '../testing/open-store.ts'
import type { PostgresServer } from '../testing/postgres-server.ts'
import { postgresIsMissing, startPostgres } from '../testing/postgres-server.ts'
import { openPostgres } from './index.ts'

const TRIP_MS = 20

/** What the machine itself may need for a write, beside other work. */
const WORK_MS = 18

describe('a database far away', { skip: postgresIsMissing() ?? false }, () => {
  let server: PostgresServer
  before(async () => {
    server = await startPostgres()
  })
  after(() => server.stop())

  /** A directory with some organizations, of which its process knows nothing but the settings. */
  const farHouse = async (context: TestContext): Promise<{ house: House; far: FarAway }> => {
    const url = await newSchema(server.url)
    const near = await openHouse(context, () => openPostgres(url, true))
    for (let number = 1; number <= 60; number += 1)
      await create(near, { name: { nl: `Vereniging ${number}` } })
    const far = await farAway(url, TRIP_MS)
    const store = await openPostgres(far.url, false)
    context.after(async () => {
      await store.close()
      await far.close()
    })
    return { house: near.beside(store), far }
  }

  const note = (house: House, number: number, text: string) =>
    edit(house, { note: text }, { target: { tenant: 'default', number } })

  /** Round trips of one deed, and how long it took, at best: whatever else the machine does only adds to it. */
  const costOf = async (far: FarAway, deed: (round: number) => Promise<unknown>) => {
    let [trips, ms] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (let round = 0; round < 5; round += 1) {
      // Whatever is still on its way is not of this deed.
      await passed(2 * TRIP_MS)
      const [before, begun] = [far.trips(), performance.now()]
      await deed(round)
      trips = Math.min(trips, far.trips() - before)
      ms = Math.min(ms, performance.now() - begun)
    }
    return { trips, ms }
  }

  test('is written to in two round trips, whether or not the organization was read before', async (context) => {
    const { house, far } = await farHouse(context)
    await note(house, 1, 'the connection is there')
    const again = await costOf(far, (round) => note(house, 1, `again ${round}`))
    const anew = await costOf(far, (round) => note(house, 2 + round, 'anew'))
    for (const { trips, ms } of [again, anew]) {
      assert.ok(trips <= 2, `${trips} round trips`)
      assert.ok(ms >= 2 * TRIP_MS && ms < 2 * TRIP_MS + WORK_MS, `${ms} ms`)
    }
  })

  test('takes a new organization in two round trips, once the last number is known', async (context) => {
    const { house, far } = await farHouse(context)
    await create(house)
    const { trips } = await costOf(far, () => create(house))
    assert.ok(trips <= 2, `${trips} round trips`)
  })

  test('is asked in one round trip when nothing differs, or may not be done', async (context) => {
    const { house, far } = await farHouse(context)
    await note(house, 1, 'same')
    const same = await costOf(far, () => note(house, 1, 'same'))
    const refused = await costOf(far, () => assert.rejects(note(house, 99, 'nobody')))
    assert.ok(same.trips <= 1 && refused.trips <= 1, `${same.trips} and ${refused.trips} round trips`)
  })

  test('takes fifty writes that wait together in as many round trips as one', async (context) => {
    const { house, far } = await farHouse(context)
    await note(house, 1, 'the connection is there')
    const { trips } = await costOf(far, (round) =>
      Promise.all(Array.from({ length: 50 }, (_, at) => note(house, 1 + at, `round ${round}`))),
    )
    assert.ok(trips <= 2, `${trips} round trips`)
    const onOne = await costOf(far, (round) =>
      Promise.all(Array.from({ length: 50 }, (_, at) => note(house, 1, `round ${round}, write ${at}`))),
    )
    assert.ok(onOne.trips <= 2, `${onOne.trips} round trips`)
  })

  test('takes the writes of two nodes by turns in two round trips each', async (context) => {
    const { house, far } = await farHouse(context)
    const other = house.beside(await openPostgres(far.url, false))
    context.after(() => other.store.close())
    for (const one of [house, other]) await note(one, 1, 'the connection is there')
    const { ms } = await costOf(far, async (round) => {
      await note(house, 1, `one ${round}`)
      await note(other, 1, `other ${round}`)
    })
    assert.ok(ms < 4 * TRIP_MS + WORK_MS, `${ms} ms`)
  })
})
