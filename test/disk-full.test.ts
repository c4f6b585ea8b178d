import { deepEqual, equal, ok } from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { contradictionsIn } from './ledger.ts'
import { rootOf } from './one-write-each.ts'
import { serveDemo } from './served.ts'

/** No file may become larger than this, in kilobytes: to a program, the same as a disk that is full. */
const LARGEST_FILE_KB = 3_000

const folder = mkdtempSync(join(tmpdir(), 'polydex-disk-'))
const path = join(folder, 'full.db')
const served = await serveDemo(['--database', `sqlite:${path}`], `ulimit -S -f ${LARGEST_FILE_KB};`)
after(async () => {
  await served.stop()
  rmSync(folder, { recursive: true, force: true })
})

const { send, writePhone, writes } = await rootOf(served.url)

test('a disk that is full: writes are refused in the words of each API, reads go on, and nothing is broken or forgotten', async () => {
  let last = ''
  for (const filler of ['x'.repeat(50_000), '']) {
    let status = 204
    for (let count = 1; status === 204 && count < 1_000; count += 1) {
      const phone = `${count} ${filler}`
      status = (await writePhone(phone)).status
      if (status === 204) last = phone
    }
    equal(status, 503, 'the disk was never full')
  }

  // Some writes need less room than others: until none of them fits.
  let replies = await Promise.all(writes('while full 0'))
  for (let round = 1; replies.some(({ status }) => status < 300) && round < 200; round += 1) {
    if (replies[0]?.status === 204) last = `while full ${round - 1}`
    replies = await Promise.all(writes(`while full ${round}`))
  }
  for (const { status, retryAfter, text } of replies) {
    deepEqual([status, retryAfter], [503, '1'])
    ok(JSON.parse(text) instanceof Object, text)
  }
  const read = await send('GET', '/v1/organizations/1')
  equal(read.status, 200)
  ok(read.text.includes(last), 'what was acknowledged is there')
  equal((await send('GET', '/health/live')).status, 200)

  execFileSync('prlimit', ['--pid', String(served.child.pid), '--fsize=unlimited'])
  for (const { status, text } of await Promise.all(writes('with room again'))) ok(status < 300, text)
  deepEqual(await contradictionsIn(path), [])
})
