import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { TestContext } from 'node:test'
import { describe, test } from 'node:test'
import { purge } from './purging.ts'

const SECRET = 'what somebody said'

/** A file in which something long stood that was replaced, and something that was deleted. */
const opened = (context: TestContext) => {
  const folder = mkdtempSync(join(tmpdir(), 'polydex-purge-'))
  const path = join(folder, 'a.db')
  const connect = () => new DatabaseSync(path, { timeout: 0 })
  const writing = connect()
  const other = connect()
  context.after(() => {
    for (const database of [writing, other]) database.close()
    rmSync(folder, { recursive: true, force: true })
  })
  writing.exec(`pragma journal_mode = wal; create table t (id integer primary key, text text);
    insert into t values (1, '${`${SECRET} `.repeat(1_000)}'), (2, '${SECRET}'), (3, 'kept')`)
  writing.exec(
    "pragma wal_checkpoint; update t set text = 'no more' where id = 1; delete from t where id = 2",
  )
  const bytes = () => Buffer.concat([readFileSync(path), readFileSync(`${path}-wal`)])
  return { writing, other, bytes }
}

describe('a file that is purged', () => {
  test('holds nothing that was replaced or deleted, and all that is there', async (context) => {
    const { writing, other, bytes } = opened(context)
    assert.ok(bytes().includes(SECRET))
    assert.equal(await purge(writing), true)
    assert.equal(bytes().includes(SECRET), false)
    const texts = other.prepare('select text from t order by id').all()
    assert.deepEqual(
      texts.map(({ text }) => text),
      ['no more', 'kept'],
    )
  })

  test('is not told to be while somebody reads what was before, or writes', async (context) => {
    const { writing, other, bytes } = opened(context)
    for (const begin of ['begin; select * from t', 'begin immediate']) {
      other.exec(begin)
      assert.equal(await purge(writing), false)
      other.exec('rollback')
    }
    assert.equal(await purge(writing), true)
    assert.equal(bytes().includes(SECRET), false)
  })
})
