import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { after, before, describe, test } from 'node:test'
import { setTimeout as passed } from 'node:timers/promises'
import pg from 'pg'
import { Problem } from '../../core/problem.ts'
import type { Store } from '../../core/store.ts'
import { TENANT, uuid } from '../../core/testing/records.ts'
import { eventOf, numbered, saving } from '../testing/changes.ts'
import { newSchema } from '../testing/open-store.ts'
import type { PostgresServer } from '../testing/postgres-server.ts'
import { postgresIsMissing, query, startPostgres } from '../testing/postgres-server.ts'
import { openPostgres } from './index.ts'

const tenant = TENANT.id

const codeOf = (outcome: PromiseSettledResult<unknown>): string =>
  outcome.status === 'fulfilled' ? '' : (outcome.reason as Problem).code

const isUnavailable = (error: unknown): boolean => error instanceof Problem && error.is('store-unavailable')

const save = (store: Store, number: number, version = 1): Promise<void> =>
  store.transact(
    (transactor) => transactor.save(saving([numbered(number, { version })])),
    [{ tenant, id: uuid(number) }],
  )

const found = (store: Store, number: number) =>
  store.read((reader) => reader.dossier({ tenant, number }, 'none'))

describe('the turn of a node on PostgreSQL', { skip: postgresIsMissing() ?? false }, () => {
  let server: PostgresServer
  before(async () => {
    server = await startPostgres()
  })
  after(() => server.stop())

  const nodes = async (context: TestContext) => {
    const url = await newSchema(server.url)
    const opened = async (): Promise<Store> => {
      const store = await openPostgres(url, true)
      context.after(() => store.close())
      return store
    }
    return { url, one: await opened(), other: await opened() }
  }

  /** Ends the connection that has the turn, and no other. */
  const endTurn = () =>
    query(
      server.url,
      "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objsubid = 2 and mode = 'ExclusiveLock' and granted",
    )

  const blocking = async (context: TestContext, url: string): Promise<pg.Client> => {
    const blocker = new pg.Client({ connectionString: url })
    await blocker.connect()
    context.after(() => blocker.end())
    return blocker
  }

  test('goes to another one that waits, though the first has much to do', async (context) => {
    const { one, other } = await nodes(context)
    await save(one, 1)
    let isBusy = true
    let count = 0
    const busy = Promise.all(
      Array.from({ length: 8 }, async () => {
        while (isBusy) {
          count += 1
          await save(one, 100 + count)
        }
      }),
    )
    for (let number = 2; number <= 6; number += 1) await save(other, number)
    isBusy = false
    await busy
    assert.ok(count > 8)
    const seqs = (await one.read((reader) => reader.events(0, 99_999))).map(({ seq }) => seq)
    assert.equal(seqs.length, count + 6)
  })

  test('that was lost in the middle of a command keeps nothing of it, nor does it look true', async (context) => {
    const { one, other } = await nodes(context)
    await save(one, 1)
    const outcomes = Promise.allSettled([
      one.transact(async (transactor) => {
        await transactor.save(saving([numbered(1, { version: 2, note: 'late' })]))
        await endTurn()
        await save(other, 1, 2)
      }),
      one.transact(
        async (transactor) => (await transactor.dossier({ tenant, number: 1 }, 'none'))?.organization.note,
      ),
    ])
    assert.deepEqual((await outcomes).map(codeOf), ['store-unavailable', 'store-unavailable'])
    assert.notEqual((await found(one, 1))?.organization.note, 'late')
    await save(one, 1, 3)
    assert.equal((await one.read((reader) => reader.events(0, 9))).length, 3)
  })

  test('that is lost during a commit passes on only when the commit is over', async (context) => {
    const { url, one, other } = await nodes(context)
    await save(one, 1)
    const blocker = await blocking(context, url)
    await blocker.query("begin; insert into sequences (tenant, name, last) values ('hang', 'x', 1)")
    const hanging = one.transact(async (transactor) => {
      await transactor.save({ people: [], events: [eventOf(numbered(1, { version: 2 }))] })
      return transactor.nextNumber('hang', 'x')
    })
    await passed(50)
    await endTurn()
    let isDone = false
    const quick = other
      .transact((transactor) =>
        transactor.save({ people: [], events: [eventOf(numbered(1, { version: 3 }))] }),
      )
      .then(() => {
        isDone = true
      })
    await passed(200)
    assert.equal(isDone, false)
    await blocker.query('rollback')
    await Promise.all([hanging, quick])
    const versions = (await one.read((reader) => reader.events(0, 9))).map(({ version }) => version)
    assert.deepEqual(versions, [1, 2, 3])
  })

  test('keeps what ran on a batch that is refused, where it holds all the same, and tells nothing else of it', async (context) => {
    const { url, one } = await nodes(context)
    for (const number of [1, 2]) await save(one, number)
    const blocker = await blocking(context, url)
    await blocker.query(
      `begin; insert into organizations (tenant, id, number, version, state, created_at, shown_at, people_count, people_at, people_shown_at, document)
        select tenant, '${uuid(3)}', 3, 1, state, created_at, shown_at, 0, '', 0, document from organizations where number = 1`,
    )
    const first = save(one, 3)
    await passed(50)
    const behind = [
      save(one, 1, 2),
      save(one, 3, 2),
      one.transact(
        async (transactor) => (await transactor.dossier({ tenant, number: 3 }, 'none'))?.organization.id,
      ),
      save(one, 2, 2),
    ]
    await passed(50)
    await blocker.query('commit')
    const outcomes = (await Promise.allSettled([first, ...behind])).map(codeOf)
    assert.deepEqual(outcomes, ['precondition-failed', '', '', 'store-unavailable', ''])
    const versions = await Promise.all(
      [1, 2, 3].map(async (number) => (await found(one, number))?.organization.version),
    )
    assert.deepEqual(versions.slice(0, 2), [2, 2])
  })

  test('does not tell what was only looked at when it was over', async (context) => {
    const { one, other } = await nodes(context)
    await save(one, 1)
    const slow = one.transact(async () => {
      await passed(50)
      await endTurn()
      await save(other, 1, 2)
    })
    await passed(20)
    const late = one.transact(
      async (transactor) => (await transactor.dossier({ tenant, number: 1 }, 'none'))?.organization.version,
    )
    await Promise.allSettled([slow, assert.rejects(late, isUnavailable)])
    assert.equal(
      await one.transact(
        async (transactor) => (await transactor.dossier({ tenant, number: 1 }, 'none'))?.organization.version,
      ),
      2,
    )
  })
})
