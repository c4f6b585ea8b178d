import { deepEqual, equal, ok } from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { contradictionsIn } from './ledger.ts'
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

const CONTACT_POINT = '/organizers/00000000-0000-4000-8000-000000000001/contact-point'
const CONTACT = {
  contact_type: 'organization_contact',
  first_name: 'Ann',
  last_name: 'Peeters',
  email: 'ann@voorbeeld.example',
}

async function send(method: string, target: string, body?: unknown, mediaType = 'application/json') {
  const headers = {
    authorization: 'Bearer demo-api-key',
    'x-dc-devkey': 'demo-api-key',
    'content-type': mediaType,
  }
  const reply = await fetch(`${served.url}${target}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await reply.text()
  return { status: reply.status, retryAfter: reply.headers.get('retry-after'), text }
}

const writePhone = (phone: string) => send('PUT', CONTACT_POINT, { phone: [phone] })

/** A write of each API, each of something new. */
const writes = (value: string) => [
  writePhone(value),
  send('PUT', '/api/v1/Contact/2', { Department: value }),
  send('PUT', '/services/v2/organization/1/contact', { contacts: [{ ...CONTACT, job_title: value }] }),
  send('PATCH', '/v1/organizations/3', { 'polydex:note': value }, 'application/merge-patch+json'),
]

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
