import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { uuid } from '../core/testing/records.ts'
import { filesIn } from './folder.ts'
import { openFiles } from './index.ts'

describe('files in a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'polydex-files-test-'))
  const files = filesIn(join(folder, 'files'))
  after(() => rmSync(folder, { recursive: true }))

  test('what was put is what is got', async () => {
    const bytes = new Uint8Array([0, 255, 10, 13])
    await files.put(uuid(1), bytes)
    assert.deepEqual(new Uint8Array((await files.get(uuid(1))) ?? []), bytes)
  })

  test('nothing unfinished stays beside a file', async () => {
    await files.put(uuid(2), new Uint8Array(100_000))
    assert.deepEqual(
      readdirSync(join(folder, 'files', '00')).filter((name) => name.includes('unfinished')),
      [],
    )
  })

  test('a file that is brought twice at once is there', async () => {
    const bytes = new Uint8Array(100_000).fill(7)
    await Promise.all([1, 2, 3].map(() => files.put(uuid(6), bytes)))
    assert.equal((await files.get(uuid(6)))?.length, bytes.length)
  })

  test('are listed in order, from one on', async () => {
    const all = await files.ids('', 99)
    assert.deepEqual(all, all.toSorted())
    assert.ok(all.includes(uuid(1)) && all.every((id) => id.length === 36))
    assert.deepEqual(await files.ids(all[0] ?? '', 1), all.slice(1, 2))
    assert.deepEqual(await files.ids(all.at(-1) ?? '', 9), [])
    assert.deepEqual(await filesIn(join(folder, 'nowhere')).ids('', 9), [])
  })

  test('a file that nobody put is undefined', async () => {
    assert.equal(await files.get(uuid(3)), undefined)
  })

  test('a deleted file is gone, and can be deleted again', async () => {
    await files.put(uuid(4), new Uint8Array([1]))
    await files.delete(uuid(4))
    await files.delete(uuid(4))
    assert.equal(await files.get(uuid(4)), undefined)
  })

  for (const id of [
    '',
    '..',
    '../../etc/passwd',
    `${uuid(1)}.png`,
    `../${uuid(1)}`,
    uuid(1).toUpperCase().replace('4000', 'A000'),
  ]) {
    test(`${JSON.stringify(id)} is no file`, async () => {
      await assert.rejects(files.get(id), /must be a UUID/)
      await assert.rejects(files.put(id, new Uint8Array()), /must be a UUID/)
    })
  }

  test('a put that fails leaves nothing behind', async () => {
    const blocked = join(folder, 'blocked')
    writeFileSync(blocked, '')
    await assert.rejects(filesIn(blocked).put(uuid(5), new Uint8Array([1])), /^Problem: store-unavailable/)
  })
})

describe('the files of a database', () => {
  test('stand beside it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'polydex-files-test-'))
    const { files, close } = openFiles({ path: join(folder, 'polydex.db') })
    await files.put(uuid(1), new Uint8Array([1]))
    close()
    assert.ok(existsSync(join(folder, 'files', '00', uuid(1))))
    rmSync(folder, { recursive: true })
  })

  test('in memory are removed when it is closed', async () => {
    const { files, close } = openFiles({ path: ':memory:' })
    await files.put(uuid(1), new Uint8Array([1]))
    close()
    assert.equal(await files.get(uuid(1)), undefined)
  })
})
