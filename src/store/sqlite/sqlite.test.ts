import assert from 'node:assert/strict'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, StatementSync } from 'node:sqlite'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import { Problem } from '../../core/problem.ts'
import type { Store } from '../../core/store.ts'
import { TENANT } from '../../core/testing/records.ts'
import { numbered, saving } from '../testing/changes.ts'
import { storeContract } from '../testing/store-contract.ts'
import { backupSqlite } from './backup.ts'
import { QUEUE_LIMIT } from './group-commit.ts'
import { openSqlite } from './index.ts'
import { MIGRATIONS } from './migrations.ts'

storeContract('SQLite', async () => openSqlite(':memory:', true))

const tenant = TENANT.id

const hasModes = process.platform !== 'win32'

const folderOf = (context: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'polydex-test-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const noteOf = async (store: Store): Promise<string | undefined> =>
  (await store.read((reader) => reader.dossier({ tenant, number: 1 }, 'none')))?.organization.note

const saveNote = (store: Store, note: string): Promise<void> =>
  store.transact((transactor) => transactor.save(saving([numbered(1, { note })])))

const isUnavailable = (error: unknown): boolean => error instanceof Problem && error.is('store-unavailable')

/** A pragma of a file, as another connection sees it. */
const pragmaOf = (path: string, name: string): unknown => {
  const database = new DatabaseSync(path, { readOnly: true })
  const row = database.prepare(`pragma ${name}`).get()
  database.close()
  return row?.[name]
}

describe('a file of SQLite', () => {
  test('keeps what was written when it is closed and opened again', async (context) => {
    const path = join(folderOf(context), 'a.db')
    const first = openSqlite(path, true)
    await saveNote(first, 'kept')
    await first.close()
    const second = openSqlite(path, false)
    assert.equal(await noteOf(second), 'kept')
    await second.close()
  })

  test('that has no directory in it is left as it is, unless it may become one', (context) => {
    const folder = folderOf(context)
    const [empty, other] = [join(folder, 'empty.db'), join(folder, 'other.db')]
    writeFileSync(empty, '')
    assert.throws(() => openSqlite(empty, false), /there is no directory in it yet: serve it once/)
    assert.equal(statSync(empty).size, 0)
    const database = new DatabaseSync(other)
    database.exec('create table recipes (name text)')
    database.close()
    const bytes = readFileSync(other)
    for (const mayCreate of [false, true])
      assert.throws(() => openSqlite(other, mayCreate), /it holds something else than a directory/)
    assert.deepEqual(readFileSync(other), bytes)
  })

  test("is its owner's alone, with its log and its backup", { skip: !hasModes }, async (context) => {
    const folder = folderOf(context)
    const store = openSqlite(join(folder, 'a.db'), true)
    await saveNote(store, 'private')
    backupSqlite(join(folder, 'a.db'), join(folder, 'b.db'))
    const modes = readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777])
    assert.deepEqual(Object.fromEntries(modes), {
      'a.db': 0o600,
      'a.db-shm': 0o600,
      'a.db-wal': 0o600,
      'b.db': 0o600,
    })
    await store.close()
  })

  test('keeps the mode that it has', { skip: !hasModes }, async (context) => {
    const path = join(folderOf(context), 'a.db')
    await openSqlite(path, true).close()
    chmodSync(path, 0o640)
    await openSqlite(path, true).close()
    assert.equal(statSync(path).mode & 0o777, 0o640)
  })

  test('keeps a write-ahead log while it is open, and leaves one file when it is closed', async (context) => {
    const folder = folderOf(context)
    const store = openSqlite(join(folder, 'a.db'), true)
    assert.equal(pragmaOf(join(folder, 'a.db'), 'journal_mode'), 'wal')
    await store.close()
    assert.deepEqual(readdirSync(folder), ['a.db'])
  })

  test('is flushed to the disk with every commit', async (context) => {
    const connections = new Set<DatabaseSync>()
    const exec = DatabaseSync.prototype.exec
    context.mock.method(DatabaseSync.prototype, 'exec', function (this: DatabaseSync, sql: string) {
      connections.add(this)
      exec.call(this, sql)
    })
    const store = openSqlite(':memory:', true)
    const levels = [...connections].map(
      (connection) => connection.prepare('pragma synchronous').get()?.['synchronous'],
    )
    await store.close()
    assert.equal(levels.length, 2)
    assert.ok(levels.every((level) => Number(level) >= 2))
  })

  test('is made with its folders, but only where that is asked for', async (context) => {
    const folder = folderOf(context)
    const path = join(folder, 'b', 'c', 'a.db')
    assert.throws(() => openSqlite(path, false))
    assert.equal(existsSync(join(folder, 'b')), false)
    await openSqlite(path, true).close()
    assert.equal(existsSync(path), true)
    mkdirSync(join(folder, 'd'))
    assert.throws(() => openSqlite(join(folder, 'd', 'a.db'), false))
    assert.deepEqual(readdirSync(join(folder, 'd')), [])
  })

  test('may have any name', async (context) => {
    const folder = folderOf(context)
    const path = join(folder, 'a b#c?d=e%20f é.db')
    const first = openSqlite(path, true)
    await saveNote(first, 'kept')
    await first.close()
    const second = openSqlite(path, false)
    assert.equal(await noteOf(second), 'kept')
    await second.close()
    assert.equal(readdirSync(folder).length, 1)
  })

  test('of a newer release is refused, and left as it is', async (context) => {
    const path = join(folderOf(context), 'a.db')
    await openSqlite(path, true).close()
    const database = new DatabaseSync(path)
    database.exec('pragma user_version = 999')
    database.close()
    assert.throws(() => openSqlite(path, true), /the database has schema 999, this release knows \d+/)
    assert.equal(pragmaOf(path, 'user_version'), 999)
  })

  test('is migrated once', async (context) => {
    const path = join(folderOf(context), 'a.db')
    await openSqlite(path, true).close()
    const version = pragmaOf(path, 'user_version')
    const schema = pragmaOf(path, 'schema_version')
    await openSqlite(path, true).close()
    assert.equal(pragmaOf(path, 'user_version'), version)
    assert.equal(pragmaOf(path, 'schema_version'), schema)
  })

  test('of a release that named kinds in every index row finds what it found', async (context) => {
    const path = join(folderOf(context), 'a.db')
    const earlier = new DatabaseSync(path)
    for (const migration of MIGRATIONS.slice(0, 3)) earlier.exec(migration)
    earlier.exec(`
      pragma user_version = 3;
      insert into organizations (tenant, id, number, version, state, created_at, shown_at, people_count, people_at, people_shown_at, document)
        values ('${tenant}', 'a', 1, 1, 'active', '', 0, 0, '', 0, '{"tenant":"${tenant}","id":"a"}');
      insert into index_rows values ('${tenant}', 'website', 'a.example', 'a', 'links'), ('other', 'website', 'b.example', 'a', 'links');
    `)
    earlier.close()
    const store = openSqlite(path, false)
    const found = await store.read(async (reader) => [
      await reader.holderOf(tenant, 'website', 'a.example'),
      await reader.holderOf(tenant, 'website', 'b.example'),
      (await reader.inventory(undefined, 9))[0]?.rows,
    ])
    await store.close()
    assert.deepEqual(found, ['a', undefined, [{ kind: 'website', key: 'a.example', part: 'links' }]])
  })

  test('serves two processes at once', async (context) => {
    const path = join(folderOf(context), 'a.db')
    const first = openSqlite(path, true)
    const second = openSqlite(path, false)
    const next = (store: Store) => store.transact((transactor) => transactor.nextNumber(tenant, 'x'))
    const numbers = []
    for (const store of [first, second, first, second]) numbers.push(await next(store))
    await Promise.all([first.close(), second.close()])
    assert.deepEqual(numbers, [1, 2, 3, 4])
  })
})

describe('a store in memory', () => {
  test('is a private folder that disappears when it is closed', async (context) => {
    const folder = folderOf(context)
    const { TMPDIR: before = tmpdir() } = process.env
    process.env['TMPDIR'] = folder
    const [first, second] = [openSqlite(':memory:', true), openSqlite(':memory:', true)]
    process.env['TMPDIR'] = before
    assert.equal(readdirSync(folder).length, 2)
    await saveNote(first, 'first')
    assert.equal(await noteOf(second), undefined)
    await Promise.all([first.close(), second.close()])
    assert.deepEqual(readdirSync(folder), [])
  })
})

describe('a commit of SQLite', () => {
  /** Runs `onCommit` in place of every commit, until it is restored. */
  const whenCommitting = (context: TestContext, onCommit: (commit: () => void) => void) => {
    const run = StatementSync.prototype.run
    return context.mock.method(
      StatementSync.prototype,
      'run',
      function (this: StatementSync, ...values: Parameters<StatementSync['run']>) {
        if (this.sourceSQL === 'commit') onCommit(() => run.apply(this, values))
        return this.sourceSQL === 'commit' ? { changes: 0, lastInsertRowid: 0 } : run.apply(this, values)
      },
    )
  }

  const diskFull = () =>
    Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 })

  test('comes before anything is told', async (context) => {
    const store = openSqlite(':memory:', true)
    context.after(() => store.close())
    const told: string[] = []
    const mock = whenCommitting(context, (commit) => {
      told.push('commit')
      commit()
    })
    const tell = (outcome: string) => () => void told.push(outcome)
    await Promise.all([
      saveNote(store, 'x').then(tell('saved')),
      store.transact(async () => 'unchanged').then(tell('unchanged')),
      store.transact(() => Promise.reject(new Error('no'))).catch(tell('refused')),
    ])
    mock.mock.restore()
    assert.deepEqual(told, ['commit', 'saved', 'unchanged', 'refused'])
  })

  test('that fails makes every outcome of it unavailable, and keeps nothing', async (context) => {
    const store = openSqlite(':memory:', true)
    context.after(() => store.close())
    const mock = whenCommitting(context, () => {
      throw diskFull()
    })
    const outcomes = await Promise.allSettled([
      saveNote(store, 'lost'),
      store.transact(async () => 'unchanged'),
      store.transact(() => Promise.reject(new Error('no'))),
    ])
    mock.mock.restore()
    assert.ok(outcomes.every((outcome) => outcome.status === 'rejected' && isUnavailable(outcome.reason)))
    assert.equal(await noteOf(store), undefined)
    await saveNote(store, 'kept')
    assert.equal(await noteOf(store), 'kept')
  })

  test('shares its flush with the commands that wait for it', async (context) => {
    const store = openSqlite(':memory:', true)
    context.after(() => store.close())
    let commits = 0
    const mock = whenCommitting(context, (commit) => {
      commits += 1
      commit()
    })
    await Promise.all(Array.from({ length: 100 }, () => store.transact(async () => {})))
    mock.mock.restore()
    assert.ok(commits < 10)
  })
})

test('more writes than can wait are told at once, and the others are done', async (context) => {
  const store = openSqlite(':memory:', true)
  context.after(() => store.close())
  const number = (name: string) => store.transact((transactor) => transactor.nextNumber(tenant, name))
  const waiting = Array.from({ length: QUEUE_LIMIT }, () => number('a'))
  await assert.rejects(number('b'), isUnavailable)
  assert.equal((await Promise.all(waiting)).at(-1), QUEUE_LIMIT)
  assert.equal(await number('b'), 1)
})
