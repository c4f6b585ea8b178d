import { deepEqual, equal, ok } from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { contradictionsIn } from './ledger.ts'
import { rootOf } from './one-write-each.ts'
import { serveDemo } from './served.ts'

const folder = mkdtempSync(join(tmpdir(), 'polydex-read-only-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/**
 * Nobody can write to files that are immutable, not even who has them open: to a program, a disk that became read-only. The
 * index of the log is no file to the engine but memory, and stays as it is.
 */
function makeImmutable(
  isImmutable: boolean,
  names = readdirSync(folder).filter((name) => !name.endsWith('-shm')),
): void {
  const files = names.map((name) => join(folder, name))
  execFileSync('chattr', [isImmutable ? '+i' : '-i', ...files], { stdio: 'ignore' })
}

/** Why it cannot be tried here, if so: it takes root, and a file system that knows such files. */
function hindrance(): string | false {
  const name = 'probe'
  writeFileSync(join(folder, name), '')
  try {
    makeImmutable(true, [name])
    makeImmutable(false, [name])
    return false
  } catch {
    return 'files cannot be made immutable here: it takes root and chattr'
  } finally {
    rmSync(join(folder, name))
  }
}

test('a disk that becomes read-only: writes are refused in the words of each API, reads go on, and all is well again without a restart', {
  skip: hindrance(),
}, async () => {
  const path = join(folder, 'a.db')
  const served = await serveDemo(['--database', `sqlite:${path}`])
  const { send, writes } = await rootOf(served.url)
  try {
    for (const { status, text } of await Promise.all(writes('before'))) ok(status < 300, text)
    makeImmutable(true)
    for (const { status, retryAfter, text } of await Promise.all(writes('while read-only'))) {
      deepEqual([status, retryAfter], [503, '1'], text)
      ok(JSON.parse(text) instanceof Object, text)
    }
    const read = await send('GET', '/v1/organizations/3')
    equal(read.status, 200)
    ok(read.text.includes('"polydex:note":"before"'), read.text)
    equal((await send('GET', '/health/live')).status, 200)
    makeImmutable(false)
    for (const { status, text } of await Promise.all(writes('after'))) ok(status < 300, text)
  } finally {
    makeImmutable(false)
    await served.stop()
  }
  deepEqual(await contradictionsIn(path), [])
})
