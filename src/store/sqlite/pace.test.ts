import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { createPace } from './pace.ts'

test('a load takes shorter turns for a while after somebody else has written, and longer ones when nobody does', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'polydex-pace-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  const rests: number[] = []
  const [load, server] = [0, 1].map(() => new DatabaseSync(join(folder, 'a.db'))) as [
    DatabaseSync,
    DatabaseSync,
  ]
  server.exec('pragma journal_mode = wal; create table a (b)')
  const pace = createPace(load, async (ms) => rests.push(ms))
  const turns = async (count: number) => {
    const all = []
    for (let at = 0; at < count; at += 1) {
      load.exec('insert into a values (1)')
      await pace.rest(1_000)
      all.push(pace.most())
    }
    return [...new Set(all)]
  }
  assert.deepEqual(await turns(3), [2_000])
  server.exec('insert into a values (2)')
  assert.deepEqual(await turns(50), [200])
  assert.deepEqual(await turns(3), [2_000])
  assert.equal(rests.length, 50)
  load.close()
  server.close()
})
