import { deepEqual } from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { contradictionsIn } from './ledger.ts'

/** `CRASH_ROUNDS=100` for the long version. */
const ROUND_COUNT = Number(process.env['CRASH_ROUNDS'] ?? 5)

/** How long each round writes before the server is killed, in milliseconds: some die in their first batch, some later. */
const ROUNDS = Array.from({ length: ROUND_COUNT }, (_, at) => 150 + ((at * 70) % 350))

const folder = mkdtempSync(join(tmpdir(), 'polydex-crash-'))
const running = new Set<ChildProcess>()
after(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

type Send = (method: string, path: string, body?: unknown) => Promise<Response>

/** One value that one writer writes again and again. */
interface Slot {
  readonly name: string
  write(send: Send, value: string): Promise<Response>
  read(send: Send): Promise<string | undefined>
}

const ORGANIZER = '/organizers/00000000-0000-4000-8000-000000000001'
const CONTACTS = '/companies/v2/rs/1/contacts'

const slots: readonly Slot[] = [
  {
    name: 'contact point (UiTdatabank)',
    write: (send, value) => send('PUT', `${ORGANIZER}/contact-point`, { phone: [value] }),
    read: async (send) => (await json(send('GET', ORGANIZER))).contactPoint?.phone?.[0],
  },
  {
    name: 'department (SuperOffice)',
    write: (send, value) => send('PUT', '/api/v1/Contact/2', { Department: value }),
    read: async (send) => (await json(send('GET', '/api/v1/Contact/2'))).Department,
  },
  {
    name: 'contact (DigiCert)',
    write: (send, value) => send('PUT', '/services/v2/organization/1/contact', contactWith(value)),
    read: async (send) =>
      (await json(send('GET', '/services/v2/organization/1'))).organization_contact.telephone,
  },
  {
    name: 'comment (Kare)',
    write: (send, value) => send('PATCH', `${CONTACTS}/3`, { notify: false, comment: value }),
    read: async (send) =>
      (await json(send('GET', CONTACTS))).data.find(({ id }: { id: number }) => id === 3).comment,
  },
  {
    name: 'note (native)',
    write: (send, value) => send('PATCH', '/v1/organizations/3', { 'polydex:note': value }),
    read: async (send) => (await json(send('GET', '/v1/organizations/3')))['polydex:note'],
  },
  {
    // A record, its website, a label and a number each at once.
    name: 'new organizer (UiTdatabank)',
    write: (send, value) => send('POST', '/organizers', organizerWith(value)),
    read: async (send) => {
      const { organizations } = await json(send('GET', '/services/v2/organization?sort=-id&limit=1'))
      return organizations[0].name
    },
  },
]

test('a killed server loses nothing that it acknowledged, and leaves nothing half done', async (context) => {
  const path = join(folder, 'killed.db')
  for (const [round, lifetime] of ROUNDS.entries()) {
    await context.test(`after ${lifetime} ms under load`, async () => {
      const before = await serve(path)
      const standing = await Promise.all(slots.map((slot) => slot.read(before.send)))
      setTimeout(() => kill(before), lifetime)
      const written = await Promise.all(
        slots.map((slot, at) => writeUntilKilled(before, slot, round, standing[at])),
      )
      deepEqual(await contradictionsIn(path), [])
      const again = await serve(path)
      const found = await Promise.all(slots.map((slot) => slot.read(again.send)))
      const lost = slots.flatMap(({ name }, at) =>
        written[at]?.includes(found[at])
          ? []
          : [`${name}: found ${found[at]}, not ${written[at]?.join(' or ')}`],
      )
      deepEqual(lost, [])
      await kill(again)
    })
  }
})

test('records that contradict their events or index rows are found', async () => {
  const path = join(folder, 'contradicted.db')
  await kill(await serve(path))
  deepEqual(await contradictionsIn(path), [])
  const database = new DatabaseSync(path)
  database.exec(`
    delete from index_rows where kind in (select id from index_kinds where name = 'website');
    delete from organization_rows where kind in (select id from index_kinds where name = 'website');
    delete from events where record = '00000000-0000-4000-8000-000000000003';
    update organizations set document = json_set(document, '$.note', 'x') where number = 1;`)
  database.close()
  deepEqual(await contradictionsIn(path), [
    'organization 1: note has no event',
    'organization 1: other index rows',
    'organization 2: other index rows',
    'organization 3: version 1, 0 events',
    'the log has 6 events of records, the records have 7 versions',
  ])
})

/** Writes until the server is gone. Gives what may stand there then: the last value acknowledged, and the one on its way. */
async function writeUntilKilled(
  served: Served,
  slot: Slot,
  round: number,
  standing: string | undefined,
): Promise<readonly (string | undefined)[]> {
  let acknowledged = standing
  for (let count = 1; ; count++) {
    const value = `${round} ${count}`
    try {
      const reply = await slot.write(served.send, value)
      await reply.arrayBuffer()
      if (!reply.ok) throw new Error(`${slot.name}: ${reply.status}`)
      acknowledged = value
    } catch (error) {
      if (!served.isKilled()) throw error
      return [acknowledged, value]
    }
  }
}

interface Served {
  readonly child: ChildProcess
  readonly send: Send
  isKilled(): boolean
}

async function serve(path: string): Promise<Served> {
  const options = ['--demo', '--port', '0', '--log-level', 'silent', '--database', `sqlite:${path}`]
  const child = spawn(process.execPath, ['src/main.ts', 'serve', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => resolve(String(chunk).replace('polydex ready on ', '').trim()))
    child.on('exit', (code) => reject(new Error(`exited with ${code}`)))
  })
  const login = await fetch(`${url}/auth/v1/rs/login/credentials`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"email":"demo@example.org","password":"demo1234"}',
  })
  const { accessToken, sessionToken } = (await json(Promise.resolve(login))).data
  const headers = {
    authorization: `Bearer ${accessToken}`,
    'x-session-token': sessionToken,
    'x-dc-devkey': 'demo-api-key',
  }
  const typeOf = (target: string, method: string) =>
    target.startsWith('/v1/') && method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
  const send: Send = (method, target, body) =>
    fetch(`${url}${target}`, {
      method,
      headers: { ...headers, 'content-type': typeOf(target, method) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  return { child, send, isKilled: () => child.killed }
}

async function kill({ child }: Served): Promise<void> {
  const exit = new Promise((resolve) => child.on('exit', resolve))
  child.kill('SIGKILL')
  await exit
  running.delete(child)
}

// biome-ignore lint/suspicious/noExplicitAny: replies of four vendors, looked at member by member
async function json(reply: Promise<Response>): Promise<any> {
  return (await reply).json()
}

function contactWith(telephone: string) {
  const name = { first_name: 'Ann', last_name: 'Peeters', email: 'ann@voorbeeld.example' }
  return { contacts: [{ contact_type: 'organization_contact', ...name, telephone }] }
}

function organizerWith(name: string) {
  const key = name.replace(' ', '-')
  return { mainLanguage: 'nl', name: { nl: name }, url: `https://${key}.example`, labels: [`label ${key}`] }
}
