import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { copyDirectory, createProgress } from '../src/copying.ts'
import type { Step } from '../src/store/copy/copy.ts'
import type { TableName } from '../src/store/copy/tables.ts'
import { columnsOf, TABLE_NAMES } from '../src/store/copy/tables.ts'
import { openStore } from '../src/store/index.ts'
import {
  columnsIn,
  contentOf,
  ENGINES,
  execute,
  filled,
  place,
  removePlaces,
  skipOf,
  some,
  startPlaces,
} from './places.ts'

const silent = () => {}

before(startPlaces)
after(removePlaces)

for (const engine of ENGINES) {
  describe(`a place of ${engine}`, { skip: skipOf(engine) }, () => {
    test('with a directory in it, used or not, is left as it is', async () => {
      const source = await filled('sqlite', some(1))
      for (const fill of [some(2), async () => {}]) {
        const there = await filled(engine, fill)
        const content = await contentOf(there)
        await assert.rejects(copyDirectory(source, there, silent), /there is something in it already/)
        assert.deepEqual(await contentOf(there), content)
      }
    })

    test('that is no directory is no source', async () => {
      await assert.rejects(copyDirectory(await place(engine), await place('sqlite'), silent))
    })

    test('whose copy another release began is left to that one', async () => {
      const source = await filled('sqlite', some(1))
      const there = await place(engine)
      const stop = () => assert.fail('cut off')
      await assert.rejects(copyDirectory(source, there, stop), /cut off/)
      await execute(there, 'update schema_version set version = 1000999', 'pragma user_version = 1000999')
      await assert.rejects(copyDirectory(source, there, silent), /begun by another release/)
      await assert.rejects(openStore(there, { mayCreate: true }), /has schema 1000999/)
    })

    test('that does not keep what it is given is not given free', async () => {
      const source = await filled('sqlite', some(3))
      const there = await place(engine)
      const stop = ({ what }: Step) => assert.notEqual(what, 'files', 'cut off')
      await assert.rejects(copyDirectory(source, there, stop), /cut off/)
      const text = "update people set state = 'x' where number = 2"
      await execute(there, text, text)
      await assert.rejects(copyDirectory(source, there, silent), /people: other content/)
      const gone = 'delete from people where number = 3'
      await execute(there, gone, gone)
      await assert.rejects(copyDirectory(source, there, silent), /people: 3 rows there, 2 copied/)
    })

    test('is copied with every table and every column that it has', async () => {
      const there = await filled(engine, async () => {})
      const own: Readonly<Record<string, readonly string[]>> = {
        organizations: ['key'],
        people: ['key'],
        index_rows: ['digest', 'whole_key'],
        settings_version: ['only'],
        // What rows of the index name by a number.
        index_kinds: ['id', 'tenant', 'name'],
        // The same rows once more, and what is owed of them.
        organization_rows: ['organization', 'kind', 'search_key', 'part'],
        index_owed: ['only', 'after', 'holder', 'is_bulk', 'until'],
        organization_counts: ['tenant', 'state', 'count'],
        index_rows_removed: ['kind', 'search_key', 'organization'],
      }
      for (const [table, columns] of Object.entries(await columnsIn(there))) {
        const copied = TABLE_NAMES.includes(table as TableName) ? columnsOf(table as TableName) : []
        const left = columns.filter((column) => !copied.includes(column) && !own[table]?.includes(column))
        if (!['files', 'schema_version', 'sqlite_sequence'].includes(table))
          assert.deepEqual([table, left], [table, []])
      }
    })
  })
}

test('a private database is neither copied nor copied to', async () => {
  const memory = { engine: 'sqlite', path: ':memory:' } as const
  await assert.rejects(copyDirectory(memory, await place('sqlite'), silent), /cannot be copied/)
  await assert.rejects(copyDirectory(await filled('sqlite', some(1)), memory, silent), /gone with the copy/)
})

test('no password is told', async () => {
  const wrong = { engine: 'postgres', url: 'postgres://ann:secret@127.0.0.1:1/x' } as const
  const isSilent = (error: Error) => !String(error.message).includes('secret')
  const there = await place('sqlite')
  await assert.rejects(copyDirectory(wrong, there, silent), isSilent)
  await assert.rejects(copyDirectory(await filled('sqlite', some(1)), wrong, silent), isSilent)
})

test('progress is a bar on a terminal, and a line for each step elsewhere', () => {
  const steps: readonly Step[] = [
    { doing: 'copying', what: 'people', done: 5, of: 10, isDone: false },
    { doing: 'copying', what: 'people', done: 10, of: 10, isDone: true },
    { doing: 'verifying', what: 'files', done: 3, isDone: true },
  ]
  const told = (isTerminal: boolean) => {
    let text = ''
    const tell = createProgress(isTerminal, (more) => {
      text += more
    })
    for (const step of steps) tell(step)
    return text
  }
  assert.equal(told(false), 'copying people: 10 of 10\nverifying files: 3\n')
  assert.equal(
    told(true),
    `\r\u001b[K[${'#'.repeat(15)}${'.'.repeat(15)}] copying people: 5 of 10\r\u001b[K[${'#'.repeat(30)}] copying people: 10 of 10\n\r\u001b[Kverifying files: 3\n`,
  )
})
