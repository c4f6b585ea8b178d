import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { after, before, describe, test } from 'node:test'
import { setTimeout as passed } from 'node:timers/promises'
import pg from 'pg'
import type { Store } from '../../core/store.ts'
import { NOW, TENANT, uuid } from '../../core/testing/records.ts'
import { eventOf, numbered, saving } from '../testing/changes.ts'
import { openNode, openNodes } from '../testing/nodes.ts'
import { newSchema } from '../testing/open-store.ts'
import type { PostgresServer } from '../testing/postgres-server.ts'
import { postgresIsMissing, query, startPostgres } from '../testing/postgres-server.ts'
import { openPostgresFiles } from './files.ts'
import { openPostgres } from './index.ts'

const tenant = TENANT.id

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

  const nodes = (context: TestContext) => openNodes(context, server)

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

  test('a directory of the release before is served on, with room beside its records', async (context) => {
    const { url, one } = await nodes(context)
    await save(one, 1)
    await query(url, 'alter table people reset (fillfactor); update schema_version set version = 1')
    const newer = await openNode(context, url)
    assert.deepEqual(await query(url, "select reloptions from pg_class where oid = 'people'::regclass"), [
      { reloptions: ['fillfactor=80'] },
    ])
    await save(one, 2)
    assert.notEqual(await found(newer, 2), undefined)
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
})
