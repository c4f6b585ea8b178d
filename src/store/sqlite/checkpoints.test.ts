import assert from 'node:assert/strict'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { createCheckpoints, LOG_PAGES } from './checkpoints.ts'
import { createGroupCommit } from './group-commit.ts'
import { makePrivateFolder, removePrivateFolder } from './private-folder.ts'

const PAGE_IN_LOG = 4_096 + 24

test('what is written is copied into the file by another thread', async () => {
  await using database = openLog()
  const checkpoints = createCheckpoints(database.file)
  await database.write(300, checkpoints)
  await until(() => database.log().copied > 0)
  assert.equal(database.log().pages, database.log().copied)
  await checkpoints.close()
})

test('a log that is always written to stays within its bound, and so it does without the thread', async () => {
  for (const file of [undefined, '/nowhere/else.db']) {
    await using database = openLog()
    const checkpoints = createCheckpoints(file ?? database.file)
    for (let round = 0; round < 60; round += 1) await database.write(256, checkpoints)
    assert.ok(statSync(`${database.file}-wal`).size < (LOG_PAGES + 1_000) * PAGE_IN_LOG)
    assert.equal(database.rows(), 60 * 256)
    await checkpoints.close()
  }
})

test('a file that is closed leaves no log, whether or not the thread had started', async () => {
  for (const commands of [0, 1, 256, 600]) {
    const database = openLog()
    const checkpoints = createCheckpoints(database.file)
    await database.write(commands, checkpoints)
    await checkpoints.close()
    await checkpoints.close()
    database.close()
    assert.equal(existsSync(`${database.file}-wal`), false, `after ${commands} commands`)
    await database[Symbol.asyncDispose]()
  }
})

/** A database whose rows have a page each. */
function openLog() {
  const folder = makePrivateFolder()
  const file = join(folder, 'log.db')
  const database = new DatabaseSync(file)
  database.exec(
    `pragma journal_mode = wal; pragma wal_autocheckpoint = ${LOG_PAGES}; create table pages (id integer primary key, text text)`,
  )
  const insert = database.prepare('insert into pages (text) values (?)')
  const text = 'x'.repeat(3_000)
  const close = () => {
    if (database.isOpen) database.close()
  }
  return {
    file,
    close,
    /** One transaction for all. */
    async write(commands: number, { committed }: { committed(commands: number): void }) {
      const beside = { began() {}, forget() {}, committed }
      const { run } = createGroupCommit(database, beside)
      await Promise.all(Array.from({ length: commands }, () => run(async () => insert.run(text))))
    },
    log() {
      const row = database.prepare('pragma wal_checkpoint(noop)').get()
      return { pages: Number(row?.['log']), copied: Number(row?.['checkpointed']) }
    },
    rows: () => Number(database.prepare('select count(*) as rows from pages').get()?.['rows']),
    async [Symbol.asyncDispose]() {
      close()
      removePrivateFolder(folder)
    },
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !holds(); tries += 1) await setTimeout(10)
  assert.ok(holds())
}
