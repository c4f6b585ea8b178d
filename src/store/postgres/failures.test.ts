import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { after, before, describe, test } from 'node:test'
import { setTimeout as passed } from 'node:timers/promises'
import pg from 'pg'
import { Problem } from '../../core/problem.ts'
import type { Store } from '../../core/store.ts'
import { TENANT, uuid } from '../../core/testing/records.ts'
import { numbered, personNumbered, saving } from '../testing/changes.ts'
import { farAway } from '../testing/far-away.ts'
import { openNode, openNodes } from '../testing/nodes.ts'
import { newSchema } from '../testing/open-store.ts'
import type { PostgresServer } from '../testing/postgres-server.ts'
import { postgresIsMissing, query, startPostgres } from '../testing/postgres-server.ts'

const tenant = TENANT.id

const isUnavailable = (error: unknown): boolean => error instanceof Problem && error.is('store-unavailable')

const save = (store: Store, number: number, note = ''): Promise<void> =>
  store.transact((transactor) => transactor.save(saving([numbered(number, { note })])))

const next = (store: Store) => store.transact((transactor) => transactor.nextNumber(tenant, 'x'))

const found = (store: Store, number = 1) => store.read((reader) => reader.dossier({ tenant, number }, 'none'))

describe('when something fails, nodes on PostgreSQL', { skip: postgresIsMissing() ?? false }, () => {
  let server: PostgresServer
  before(async () => {
    server = await startPostgres()
  })
  after(() => server.stop())

  const nodes = (context: TestContext) => openNodes(context, server)

  /** Ends the connections of all nodes. */
  const cutAll = (url: string) =>
    query(
      url,
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'polydex' and pid <> pg_backend_pid()",
    )

  test('go on when their connections were lost', async (context) => {
    const { url, one, other } = await nodes(context)
    await save(one, 1, 'kept')
    await found(other)
    await cutAll(url)
    assert.equal((await found(other))?.organization.note, 'kept')
    await save(one, 2)
    await cutAll(url)
    await save(one, 3)
    assert.notEqual(await found(other, 3), undefined)
  })

  test('keep nothing of a command whose connection was lost', async (context) => {
    const { url, one, other } = await nodes(context)
    const lost = one.transact(async (transactor) => {
      await transactor.save(saving([numbered(1)]))
      await cutAll(url)
    })
    const beside = save(one, 2)
    await assert.rejects(lost, isUnavailable)
    await assert.rejects(beside, isUnavailable)
    assert.equal(await found(other, 1), undefined)
    await save(one, 1)
    assert.notEqual(await found(other, 1), undefined)
  })

  test('save what adds an index row that is there already, with all that is saved beside it', async (context) => {
    const { url, one, other } = await nodes(context)
    await query(
      url,
      `insert into index_rows (tenant, kind, search_key, digest, organization, part) values ('${tenant}', 'name', 'vereniging 1', '', '${uuid(1)}', 'name')`,
    )
    await Promise.all([1, 2, 3].map((number) => save(one, number, 'kept')))
    for (const number of [1, 2, 3])
      assert.equal((await found(other, number))?.organization.note, 'kept', String(number))
    assert.equal(await one.read((reader) => reader.holderOf(tenant, 'name', 'vereniging 1')), uuid(1))
  })

  test('tell whoever waits too long for the turn of another one, and go on behind it', async (context) => {
    const { one, other } = await nodes(context)
    const slow = one.transact(async () => passed(6_000))
    await passed(50)
    await assert.rejects(save(other, 1), isUnavailable)
    const second = save(other, 2)
    await Promise.all([slow, second])
    assert.equal(await found(one, 1), undefined)
    assert.notEqual(await found(one, 2), undefined)
  })

  test('a command that goes on after an error of the engine is refused, and spoils no other', async (context) => {
    const { one } = await nodes(context)
    await save(one, 1)
    for (let round = 0; round < 20; round += 1) {
      const outcomes = await Promise.allSettled([
        next(one),
        one.transact(async (transactor) => {
          await transactor.save(saving([numbered(3)]))
          await transactor.save(saving([numbered(1)])).catch(() => {})
        }),
        round === 0 ? save(one, 2) : next(one),
      ])
      assert.deepEqual(
        outcomes.map((outcome) => (outcome.status === 'fulfilled' ? '' : (outcome.reason as Problem).code)),
        ['', 'precondition-failed', ''],
      )
    }
    const all = await one.read((reader) => reader.organizations({ tenant, offset: 0, limit: 9 }))
    assert.deepEqual(
      all.items.map(({ number }) => number),
      [1, 2],
    )
  })

  test('a statement that takes too long is told of its own command alone', async (context) => {
    const url = await newSchema(server.url)
    await (await openNode(context, url)).transact(async (transactor) => {
      for (const number of [1, 2]) await transactor.save(saving([numbered(number)]))
    })
    const impatient = new URL(url)
    impatient.searchParams.set('options', `${impatient.searchParams.get('options')} -c statement_timeout=300`)
    const store = await openNode(context, impatient.href.replaceAll('+', '%20'))
    const blocker = new pg.Client({ connectionString: url })
    await blocker.connect()
    await blocker.query('begin; select 1 from organizations where number = 1 for update')
    const changed = (number: number) =>
      store.transact(
        (transactor) => transactor.save(saving([numbered(number, { version: 2, note: 'x' })])),
        [{ tenant, id: uuid(number) }],
      )
    const [locked, free] = await Promise.allSettled([changed(1), changed(2)])
    assert.ok(locked?.status === 'rejected' && isUnavailable(locked.reason))
    assert.equal(free?.status, 'fulfilled')
    await blocker.query('rollback')
    await blocker.end()
    await changed(1)
    assert.deepEqual(
      [(await found(store, 1))?.organization.note, (await found(store, 2))?.organization.note],
      ['x', 'x'],
    )
    assert.equal((await store.read((reader) => reader.events(0, 9))).length, 4)
  })

  test('what a deadlock with somebody else ended is written once', async (context) => {
    const { url, one } = await nodes(context)
    const both = (version: number, note: string) =>
      one.transact((transactor) =>
        transactor.save(saving([numbered(1, { version, note }), personNumbered(1, { version })])),
      )
    await both(1, '')
    const blocker = new pg.Client({ connectionString: url })
    await blocker.connect()
    await blocker.query('begin; select 1 from people for update')
    const begun = performance.now()
    const written = both(2, 'kept')
    await passed(200)
    // Who has waited longer finds the deadlock after a second, and ends.
    await blocker.query('select 1 from organizations for update; rollback')
    await blocker.end()
    await written
    assert.ok(performance.now() - begun >= 1_000, 'there was no deadlock')
    assert.equal((await found(one))?.organization.note, 'kept')
    assert.equal((await one.read((reader) => reader.events(0, 9))).length, 4)
  })

  test('a server that is away for a while is told as such, soon, and used again', async (context) => {
    const url = await newSchema(server.url)
    await (await openNode(context, url)).close()
    const far = await farAway(url, 0)
    const store = await openNode(context, far.url)
    await save(store, 1)
    const begun = performance.now()
    const cutting = Promise.allSettled([
      ...Array.from({ length: 300 }, (_, at) => save(store, 2 + at)),
      ...Array.from({ length: 50 }, () => found(store)),
    ])
    await passed(5)
    far.cut()
    const outcomes = await cutting
    await assert.rejects(save(store, 1_000), isUnavailable)
    await assert.rejects(found(store), isUnavailable)
    // The loop that serves the queue ends.
    await passed(10)
    assert.ok(performance.now() - begun < 5_000)
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') assert.ok(isUnavailable(outcome.reason), String(outcome.reason))
    far.mend()
    await save(store, 1_000)
    const told = outcomes.slice(0, 300).filter(({ status }) => status === 'fulfilled').length
    const { total } = await store.read((reader) => reader.organizations({ tenant, offset: 0, limit: 1 }))
    // What nobody was told of may have been kept, when the answer to the commit was lost.
    assert.ok(total >= told + 2 && total <= 302, `${total} of ${told}`)
    assert.equal((await store.read((reader) => reader.events(0, 999))).length, total)
    await store.close()
    await far.close()
  })
})
