import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import type { AccessFile } from '../src/access/access-file.ts'
import { applyAccess } from '../src/access/apply.ts'
import { startApp } from '../src/app.ts'
import type { DatabaseUrl } from '../src/config.ts'
import { openStore } from '../src/store/index.ts'
import { newSchema } from '../src/store/testing/open-store.ts'

const ACCESS: AccessFile = {
  version: 1,
  principals: [
    { id: 'root', superuser: true, credentials: [{ apiKey: 'root-key' }] },
    {
      id: 'ann',
      email: 'ann@x.example',
      credentials: [{ apiKey: 'ann-key' }, { password: 'correct-horse' }],
    },
  ],
}

const BASIC = `Basic ${Buffer.from('ann:correct-horse').toString('base64')}`

async function house(context: TestContext) {
  const { POLYDEX_TEST_DATABASE: url = '' } = process.env
  const folder = await mkdtemp(join(tmpdir(), 'polydex-access-'))
  const database: DatabaseUrl =
    url === ''
      ? { engine: 'sqlite', path: join(folder, 'polydex.db') }
      : { engine: 'postgres', url: await newSchema(url) }
  const settings = { port: 0, host: '127.0.0.1', database, demo: false, logLevel: 'silent' } as const
  const start = async (access?: AccessFile) => {
    const app = await startApp(settings, access, pino({ level: 'silent' }))
    context.after(() => app.close())
    const call = async (method: string, path: string, key: string, body?: unknown) => {
      const reply = await fetch(`${app.url}/v1/access${path}`, {
        method,
        headers: {
          authorization: key.includes(' ') ? key : `Bearer ${key}`,
          ...(body !== undefined && {
            'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
          }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await reply.text()
      return { status: reply.status, body: text === '' ? undefined : JSON.parse(text) }
    }
    return Object.assign(call, { url: app.url })
  }
  const withStore = async <T>(
    work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>,
  ): Promise<T> => {
    const store = await openStore(database, { mayCreate: false })
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  }
  context.after(() => rm(folder, { recursive: true, force: true }))
  return { start, withStore, apply: (file: AccessFile) => withStore((store) => applyAccess(store, file)) }
}

/** What is promised of other processes. */
const A_SECOND = 1_000

test('whoever is disabled, and a key that is revoked, are let in nowhere a second later', async (context) => {
  const { start } = await house(context)
  const here = await start(ACCESS)
  const there = await start()
  const { body } = await here('POST', '/principals/ann/keys', 'root-key')
  await wait(A_SECOND)
  equal((await there('GET', '/me', body.key)).status, 200)
  await here('DELETE', `/principals/ann/keys/${body.id}`, 'root-key')
  equal((await here('GET', '/me', body.key)).status, 401)
  await wait(A_SECOND)
  equal((await there('GET', '/me', body.key)).status, 401)
  equal((await there('GET', '/me', 'ann-key')).status, 200)
  await here('PATCH', '/principals/ann', 'root-key', { disabled: true })
  await wait(A_SECOND)
  for (const credential of ['ann-key', BASIC]) equal((await there('GET', '/me', credential)).status, 401)
})

test('nobody logs in by what is the address of somebody else', async (context) => {
  const { start } = await house(context)
  const call = await start(ACCESS)
  const taken = { status: 409, body: { type: '/docs/problems/key-taken' } }
  const of = ({ status, body }: { status: number; body: { type: string } }) => ({
    status,
    body: { type: body.type },
  })
  await call('POST', '/principals', 'root-key', { id: 'ANN@x.example' })
  await call('POST', '/principals', 'root-key', { id: 'bob', email: 'Ann@X.example' })
  const password = { password: 'correct-horse' }
  deepEqual(of(await call('PUT', '/principals/ANN%40x.example/password', 'root-key', password)), taken)
  deepEqual(of(await call('PUT', '/principals/bob/password', 'root-key', password)), taken)
  equal((await call('PUT', '/principals/ann/password', 'root-key', password)).status, 204)
})

test('whose address it is in another tenant is not told', async (context) => {
  const { start } = await house(context)
  const tenants = ['here', 'there'].map((id) => ({ id, name: id, hosts: [`${id}.example`] }))
  const [root, ann] = ACCESS.principals ?? []
  const principals = [
    { ...root, id: 'root', tenant: 'here' },
    { ...ann, id: 'ann', tenant: 'there' },
  ]
  const call = await start({ version: 1, tenants, principals })
  await call('POST', '/principals', 'root-key', { id: 'bob', email: 'ann@x.example' })
  const { status, body } = await call('PUT', '/principals/bob/password', 'root-key', {
    password: 'correct-horse',
  })
  deepEqual(
    [status, body.detail, body.conflictingId],
    [409, 'Another record has the email ann@x.example.', undefined],
  )
})

test('a stream ends with the key that began it', async (context) => {
  const { start } = await house(context)
  const call = await start(ACCESS)
  const { body } = await call('POST', '/principals/ann/keys', 'root-key')
  const stream = await fetch(`${call.url}/v1/changes`, {
    headers: { authorization: `Bearer ${body.key}`, accept: 'text/event-stream' },
  })
  await call('DELETE', `/principals/ann/keys/${body.id}`, 'root-key')
  const ended = stream.text().then(() => 'ended')
  equal(await Promise.race([ended, wait(2 * A_SECOND)]), 'ended')
})

test('an access file revokes, and brings nothing back that it lists again', async (context) => {
  const { start, apply } = await house(context)
  const call = await start(ACCESS)
  const credentials = (
    ...all: NonNullable<NonNullable<AccessFile['principals']>[number]['credentials']>
  ) => ({
    version: 1 as const,
    principals: [{ id: 'ann', credentials: all }],
  })
  const statuses = async () => {
    await wait(A_SECOND)
    return [(await call('GET', '/me', 'ann-key')).status, (await call('GET', '/me', BASIC)).status]
  }
  deepEqual(await statuses(), [200, 200])
  await apply(credentials({ apiKey: 'ann-key', revoked: true }))
  deepEqual(await statuses(), [401, 200])
  await apply(ACCESS)
  deepEqual(await statuses(), [401, 200])
  await apply(
    credentials({ apiKey: 'ann-key', revoked: false }, { password: 'correct-horse', revoked: true }),
  )
  deepEqual(await statuses(), [200, 401])
  await apply(ACCESS)
  deepEqual(await statuses(), [200, 401])
  await apply(credentials({ password: 'correct-horse', revoked: false }))
  deepEqual(await statuses(), [200, 200])
  await call('DELETE', '/principals/ann/password', 'root-key')
  await apply(ACCESS)
  deepEqual(await statuses(), [200, 401])
  await apply(credentials({ password: 'correct-horse', revoked: false }))
  await apply({ version: 1, principals: [{ id: 'ann', disabled: true }] })
  await apply(ACCESS)
  deepEqual(await statuses(), [401, 401])
  await apply({ version: 1, principals: [{ id: 'ann', disabled: false }] })
  deepEqual(await statuses(), [200, 200])
})

test('nobody moves to another tenant', async (context) => {
  const { start, apply } = await house(context)
  const tenants = [{ id: 'default' }, { id: 'other' }]
  const principals = [{ id: 'ann', tenant: 'default', credentials: [{ apiKey: 'ann-key' }] }]
  const call = await start({ version: 1, tenants, principals })
  await rejects(apply({ version: 1, principals: [{ id: 'ann', tenant: 'other' }] }), ({ facts }) => {
    deepEqual(facts.facts.mistakes, ['principal ann is of the tenant default, and stays there'])
    return true
  })
  await apply({ version: 1, principals: [{ id: 'ann', name: 'Ann' }] })
  await wait(A_SECOND)
  const { tenant, name } = (await call('GET', '/me', 'ann-key')).body
  deepEqual([tenant, name], ['default', 'Ann'])
})

test('a password is revoked before anybody has it', async (context) => {
  const { start, apply } = await house(context)
  const call = await start()
  await apply({
    version: 1,
    principals: [{ id: 'ann', credentials: [{ password: 'correct-horse', revoked: true }] }],
  })
  await apply(ACCESS)
  await wait(A_SECOND)
  deepEqual(
    [(await call('GET', '/me', 'ann-key')).status, (await call('GET', '/me', BASIC)).status],
    [200, 401],
  )
})

test('applying a file with revocations twice changes nothing', async (context) => {
  const { start, apply, withStore } = await house(context)
  await start(ACCESS)
  const file: AccessFile = {
    version: 1,
    principals: [
      {
        id: 'ann',
        disabled: true,
        credentials: [
          { apiKey: 'ann-key', revoked: true },
          { password: 'correct-horse', revoked: true },
          { password: 'nobody-had-it', revoked: true },
        ],
      },
    ],
  }
  await apply(file)
  const version = () => withStore((store) => store.read((reader) => reader.settingsVersion()))
  const before = await version()
  await apply(file)
  equal(await version(), before)
})

test('every change is an event, without a secret in it', async (context) => {
  const { start, withStore } = await house(context)
  const call = await start(ACCESS)
  await call('POST', '/roles', 'root-key', { id: 'readers', permissions: ['organizations.read'] })
  await call('POST', '/principals', 'root-key', { id: 'bob', name: 'Bob' })
  await call('PATCH', '/principals/bob', 'root-key', { roles: ['readers'] })
  await call('PATCH', '/principals/bob', 'root-key', { roles: ['readers'] })
  const { body: key } = await call('POST', '/principals/bob/keys', 'root-key', { name: 'one' })
  await call('PUT', '/principals/bob/password', 'root-key', { password: 'correct-horse' })
  await call('PUT', '/principals/bob/password', 'root-key', { password: 'battery-staple' })
  await call('DELETE', `/principals/bob/keys/${key.id}`, 'root-key')
  await call('DELETE', '/principals/bob', 'root-key')
  await call('DELETE', '/roles/readers', 'root-key')
  const events = await withStore((store) => store.read((reader) => reader.events(0, 100)))
  deepEqual(
    events.map(({ record, kind, version, parts }) => [record, kind, version, Object.keys(parts).join(' ')]),
    [
      ['roles/readers', 'created', 1, 'permissions'],
      ['principals/bob', 'created', 1, 'name kind superuser roles'],
      ['principals/bob', 'changed', 2, 'roles'],
      ['principals/bob', 'changed', 3, 'keys'],
      ['principals/bob', 'changed', 4, 'password'],
      ['principals/bob', 'changed', 5, 'password'],
      ['principals/bob', 'changed', 6, 'keys'],
      ['principals/bob', 'deleted', 7, 'name kind superuser roles password'],
      ['roles/readers', 'deleted', 2, 'permissions'],
    ],
  )
  const told = JSON.stringify(events)
  ok(events.every(({ by, via, at }) => by === 'root' && via === 'native' && at !== ''))
  for (const secret of [key.key, 'correct-horse', 'battery-staple', 'hash', 'salt'])
    ok(!told.includes(secret))
})
