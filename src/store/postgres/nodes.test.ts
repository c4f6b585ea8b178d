import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { after, before, describe, test } from 'node:test'
import { setTimeout as passed } from 'node:timers/promises'
import pg from 'pg'
import { Problem } from '../../core/problem.ts'
import type { Store } from '../../core/store.ts'
import { NOW, TENANT, uuid } from '../../core/testing/records.ts'
import { eventOf, numbered, personNumbered, saving } from '../testing/changes.ts'
import { farAway } from '../testing/far-away.ts'
import { newSchema } from '../testing/open-store.ts'
import type { PostgresServer } from '../testing/postgres-server.ts'
import { postgresIsMissing, query, startPostgres } from '../testing/postgres-server.ts'
import { openPostgresFiles } from './files.ts'
import { openPostgres } from './index.ts'

const tenant = TENANT.id

const isUnavailable = (error: unknown): boolean => error instanceof Problem && error.is('store-unavailable')

const save = (store: Store, number: number, note = ''): Promise<void> =>
  store.transact((transactor) => transactor.save(saving([numbered(number, { note })])))

const next = (store: Store) => store.transact((transactor) => transactor.nextNumber(tenant, 'x'))

const found = (store: Store, number = 1) => store.read((reader) => reader.dossier({ tenant, number }, 'none'))

describe('nodes on one database of PostgreSQL', { skip: postgresIsMissing() ?? false }, () => {
  let server: PostgresServer
  before(async () => {
    server = await startPostgres()
  })
  after(() => server.stop())

  const opened = async (context: TestContext, url: string): Promise<Store> => {
    const store = await openPostgres(url, true)
    context.after(() => store.close())
    return store
  }

  /** Nodes that started at once on a database with nothing in it. */
  const nodes = async (context: TestContext) => {
    const url = await newSchema(server.url)
    const [one, other] = await Promise.all([opened(context, url), opened(context, url)])
    return { url, one, other }
  }

  /** Ends the connections of all nodes. */
  const cutAll = (url: string) =>
    query(
      url,
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'polydex' and pid <> pg_backend_pid()",
    )

  test('make its tables once, and run one after another', async (context) => {
    const { one, other } = await nodes(context)
    const numbers = await Promise.all(Array.from({ length: 40 }, (_, at) => next(at % 2 === 0 ? one : other)))
    assert.deepEqual(
      numbers.toSorted((left, right) => left - right),
      Array.from({ length: 40 }, (_, at) => at + 1),
    )
  })

  test('see what the other one wrote as soon as it is told', async (context) => {
    const { one, other } = await nodes(context)
    await save(one, 1, 'x')
    assert.equal((await found(other))?.organization.note, 'x')
    assert.equal(
      await other.transact(
        async (tx) => (await tx.dossier({ tenant, number: 1 }, 'none'))?.organization.note,
      ),
      'x',
    )
  })

  test('never let a reader who has seen an event find an earlier one, however long a command takes', async (context) => {
    const { one, other } = await nodes(context)
    const slow = one.transact(async (transactor) => {
      await transactor.save(saving([numbered(1)]))
      await passed(200)
      await transactor.save({ people: [], events: [eventOf(numbered(1, { version: 2 }))] })
    })
    await passed(50)
    const quick = save(other, 2)
    const seen: number[][] = []
    let isDone = false
    const reading = (async () => {
      while (!isDone) seen.push((await one.read((reader) => reader.events(0, 99))).map(({ seq }) => seq))
    })()
    await Promise.all([slow, quick])
    isDone = true
    await reading
    const all = (await one.read((reader) => reader.events(0, 99))).map(({ seq }) => seq)
    assert.equal(all.length, 3)
    for (const seqs of seen) assert.deepEqual(seqs, all.slice(0, seqs.length))
  })

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

  test('hear of what the other one wrote, and hear again when they could not', async (context) => {
    const { url, one, other } = await nodes(context)
    let told = 0
    context.after(
      other.watch(() => {
        told += 1
      }),
    )
    const until = async (holds: () => boolean | Promise<boolean>, withinMs: number): Promise<void> => {
      for (let waited = 0; !(await holds()); waited += 10) {
        assert.ok(waited < withinMs, 'nothing was heard')
        await passed(10)
      }
    }
    const hears = async (number: number) => {
      const before = told
      await save(one, number)
      await until(() => told > before, 1_000)
    }
    const ears = async () =>
      (await query(url, "select 1 from pg_stat_activity where query like 'listen %'")).length > 0
    await until(ears, 1_000)
    await hears(1)
    await cutAll(url)
    await hears(2)
    await until(ears, 5_000)
    await hears(3)
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

  test('a key of any length is found whole', async (context) => {
    const { one } = await nodes(context)
    const long = (end: string) => `x.example/${'é😀'.repeat(2_000)}${end}`
    for (const number of [1, 2]) {
      const links = [{ id: '1-1', uri: long(String(number)), kind: 'website' as const }]
      await one.transact((transactor) => transactor.save(saving([numbered(number, { links })])))
    }
    const holder = (end: string) => one.read((reader) => reader.holderOf(tenant, 'website', long(end)))
    assert.deepEqual([await holder('1'), await holder('2'), await holder('3')], [uuid(1), uuid(2), undefined])
    const [stock] = await one.read((reader) => reader.inventory(undefined, 1))
    assert.ok(stock?.rows.some(({ key }) => key === long('1')))
  })

  test('what no text can hold finds nothing', async (context) => {
    const { one } = await nodes(context)
    await save(one, 1)
    const named = (key: string) =>
      one.read((reader) =>
        reader.organizations({
          tenant,
          where: { kind: 'name', test: { contains: key } },
          offset: 0,
          limit: 9,
        }),
      )
    assert.equal((await named('\0')).total, 0)
    assert.equal((await named('\ud800')).total, 0)
    assert.equal(await one.read((reader) => reader.holderOf(tenant, 'name', '\0')), undefined)
    const half = { column: 'number', range: { from: '0.5', to: '1.5' } } as const
    const asked = { tenant, where: half, offset: 0, limit: 9 }
    assert.equal((await one.read((reader) => reader.organizations(asked))).total, 1)
    const none = { ...asked, where: { column: 'number', range: { from: 'x' } } } as const
    assert.equal((await one.read((reader) => reader.organizations(none))).total, 0)
  })

  test('files are kept, replaced by nobody, and forgotten', async (context) => {
    const { url } = await nodes(context)
    const { files, close } = openPostgresFiles(url)
    context.after(close)
    await files.put(uuid(1), new Uint8Array([0, 1, 255]))
    assert.deepEqual([...((await files.get(uuid(1))) ?? [])], [0, 1, 255])
    await files.delete(uuid(1))
    await files.delete(uuid(1))
    assert.equal(await files.get(uuid(1)), undefined)
  })

  test('a database with no directory in it, or one of a newer release, is left as it is', async () => {
    const url = await newSchema(server.url)
    await assert.rejects(openPostgres(url, false), /there is no directory in it yet/)
    assert.deepEqual(await query(url, "select to_regclass('organizations') as found"), [{ found: null }])
    await (await openPostgres(url, true)).close()
    await query(url, 'update schema_version set version = 999')
    await assert.rejects(openPostgres(url, true), /the database has schema 999, this release knows \d+/)
  })

  test('a node goes on while a newer one adds to the schema', async (context) => {
    const { url, one } = await nodes(context)
    await save(one, 1)
    await query(
      url,
      'alter table organizations add column later text; update schema_version set version = 999',
    )
    await save(one, 2)
    assert.notEqual(await found(one, 2), undefined)
    assert.equal((await one.read((reader) => reader.inventory(undefined, 9))).length, 2)
  })

  test('a reader who has seen an event never finds an earlier one, though the transaction behind it hangs', async (context) => {
    const { url, one, other } = await nodes(context)
    for (const number of [1, 2, 3]) await save(one, number)
    const blocker = new pg.Client({ connectionString: url })
    await blocker.connect()
    const seen: number[][] = []
    let isDone = false
    const readers = [one, other].map(async (store) => {
      while (!isDone) {
        seen.push((await store.read((reader) => reader.events(0, 99))).map(({ seq }) => seq))
        await passed(2)
      }
    })
    for (let round = 0; round < 3; round += 1) {
      // What is inserted waits for its commit: the row that comes behind it in the flush is somebody else's for a while.
      await blocker.query(`begin; insert into sequences (tenant, name, last) values ('hang', '${round}', 1)`)
      const hanging = one.transact(async (transactor) => {
        await transactor.save({ people: [], events: [eventOf(numbered(1, { version: 2 + round }))] })
        return transactor.nextNumber('hang', String(round))
      })
      await passed(50)
      const quick = [2, 3].map((number) =>
        other.transact((transactor) =>
          transactor.save({ people: [], events: [eventOf(numbered(number, { version: 2 + round }))] }),
        ),
      )
      await passed(200)
      await blocker.query('rollback')
      await Promise.all([hanging, ...quick])
    }
    isDone = true
    await Promise.all(readers)
    await blocker.end()
    const all = (await one.read((reader) => reader.events(0, 99))).map(({ seq }) => seq)
    assert.equal(all.length, 12)
    assert.ok(new Set(seen.map(({ length }) => length)).size > 1)
    for (const seqs of seen) assert.deepEqual(seqs, all.slice(0, seqs.length))
  })

  test('of nodes that sweep at once, one removes what has expired', async (context) => {
    const { one, other } = await nodes(context)
    await one.transact(async (transactor) => {
      for (let number = 1; number <= 50; number += 1) {
        const expiresAt = number <= 40 ? NOW : '9999-01-01T00:00:00.000Z'
        await transactor.saveObject(tenant, { kind: 'x', id: uuid(number), about: '', value: 1, expiresAt })
      }
    })
    const swept = await Promise.all(
      [one, other, one].map((store) => store.transact((transactor) => transactor.sweep(NOW, 100))),
    )
    assert.deepEqual(
      swept.toSorted((left, right) => left - right),
      [0, 0, 40],
    )
    assert.equal((await other.read((reader) => reader.objects(tenant, 'x'))).length, 10)
  })

  test('a statement that takes too long is told of its own command alone', async (context) => {
    const url = await newSchema(server.url)
    await (await opened(context, url)).transact(async (transactor) => {
      for (const number of [1, 2]) await transactor.save(saving([numbered(number)]))
    })
    const impatient = new URL(url)
    impatient.searchParams.set('options', `${impatient.searchParams.get('options')} -c statement_timeout=300`)
    const store = await opened(context, impatient.href.replaceAll('+', '%20'))
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
    await (await opened(context, url)).close()
    const far = await farAway(url, 0)
    const store = await opened(context, far.url)
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
