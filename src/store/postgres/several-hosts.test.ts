import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { after, before, describe, test } from 'node:test'
import { setTimeout as passed } from 'node:timers/promises'
import { numbered, saving } from '../testing/changes.ts'
import type { Gate } from '../testing/gate.ts'
import { openGate } from '../testing/gate.ts'
import type { PostgresServer } from '../testing/postgres-server.ts'
import { postgresIsMissing, query, startPostgres } from '../testing/postgres-server.ts'
import { openPostgres } from './index.ts'

describe('a node that is told several hosts', { skip: postgresIsMissing() ?? false }, () => {
  let writes: PostgresServer
  let reads: PostgresServer
  before(async () => {
    ;[writes, reads] = await Promise.all([startPostgres(), startPostgres()])
    await query(reads.url, "alter system set default_transaction_read_only = 'on'")
    await query(reads.url, 'select pg_reload_conf()')
  })
  after(() => Promise.all([writes.stop(), reads.stop()]))

  const gates = async (
    context: TestContext,
    ...servers: readonly PostgresServer[]
  ): Promise<readonly Gate[]> => {
    const all = await Promise.all(servers.map(({ url }) => openGate(url)))
    context.after(() => Promise.all(all.map((gate) => gate.shut())))
    return all
  }

  /** A schema of its own at these hosts. */
  const urlOf = async (all: readonly Gate[], schema: string): Promise<string> => {
    await query(writes.url, `create schema if not exists ${schema}`)
    const hosts = all.map(({ address }) => address).join()
    return `postgres://postgres@${hosts}/postgres?target_session_attrs=read-write&options=-c%20search_path=${schema}`
  }

  const save = (store: Awaited<ReturnType<typeof openPostgres>>, number: number) =>
    store.transact((transactor) => transactor.save(saving([numbered(number)])))

  test('passes over one that only reads', async (context) => {
    const all = await gates(context, reads, writes)
    const store = await openPostgres(await urlOf(all, 'over'), true)
    context.after(() => store.close())
    await save(store, 1)
    assert.equal((await query(writes.url, 'select 1 from over.organizations')).length, 1)
  })

  test('goes on at whichever is there, with no restart', async (context) => {
    const [one, other] = await gates(context, writes, writes)
    assert.ok(one !== undefined && other !== undefined)
    const store = await openPostgres(await urlOf([one, other], 'turns'), true)
    context.after(() => store.close())
    await save(store, 1)
    for (const [number, down] of [one, other, one].entries()) {
      await down.shut()
      // Its turn is kept for a moment: a write in there is on its way when the loss is noticed.
      await passed(20)
      await save(store, number + 2)
      const { total } = await store.read((reader) =>
        reader.organizations({ tenant: 'default', offset: 0, limit: 9 }),
      )
      assert.equal(total, number + 2)
      await down.open()
    }
  })

  test('tells when none of them writes, and goes on as soon as one does', async (context) => {
    const [only, one] = await gates(context, reads, writes)
    assert.ok(only !== undefined && one !== undefined)
    const store = await openPostgres(await urlOf([only, one], 'none'), true)
    context.after(() => store.close())
    await one.shut()
    await assert.rejects(save(store, 1), /store-unavailable/)
    await assert.rejects(openPostgres(await urlOf([only], 'none'), true), /the server only reads/)
    await one.open()
    await save(store, 1)
  })

  test('comes back from a loss in the middle of many writes', async (context) => {
    const [only] = await gates(context, writes)
    assert.ok(only !== undefined)
    const store = await openPostgres(await urlOf([only], 'under'), true)
    context.after(() => store.close())
    let isWriting = true
    let count = 0
    const write = async () => {
      while (isWriting) {
        count += 1
        await save(store, count).catch(() => passed(5))
      }
    }
    const writing = Promise.all(Array.from({ length: 16 }, write))
    for (const rest of [50, 20, 80]) {
      await passed(rest)
      await only.shut()
      await passed(rest)
      await only.open()
    }
    isWriting = false
    await writing
    await save(store, count + 1)
  })

  test('comes back when a commit is lost behind which the next turn was begun', async (context) => {
    const only = await openGate(writes.url, 50)
    context.after(() => only.shut())
    const store = await openPostgres(await urlOf([only], 'behind'), true)
    context.after(() => store.close())
    await save(store, 1)
    const { promise: isDone, resolve: done } = Promise.withResolvers<void>()
    let second: Promise<void> | undefined
    const first = store.transact(async (transactor) => {
      await transactor.save(saving([numbered(2)]))
      second = assert.rejects(save(store, 3), /store-unavailable/)
      done()
    })
    const isRefused = assert.rejects(first, /store-unavailable/)
    await isDone
    // The commit is on its way.
    await passed(25)
    await only.shut()
    await Promise.all([isRefused, second])
    await only.open()
    await save(store, 4)
  })

  test('hears again of what others write, from another host', async (context) => {
    const [one, other] = await gates(context, writes, writes)
    assert.ok(one !== undefined && other !== undefined)
    const url = await urlOf([one, other], 'ears')
    const [node, beside] = [await openPostgres(url, true), await openPostgres(url, true)]
    context.after(() => Promise.all([node.close(), beside.close()]))
    const told = new Promise<void>((resolve) => {
      context.after(node.watch(resolve))
    })
    await one.shut()
    await save(beside, 1)
    await told
  })
})
