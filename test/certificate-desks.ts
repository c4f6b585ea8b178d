import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after } from 'node:test'
import { pino } from 'pino'
import type { AccessFile } from '../src/access/access-file.ts'
import { startApp } from '../src/app.ts'
import { KEY_SCOPES } from '../src/core/settings.ts'

const client = (id: string, tenant: string, roles: readonly string[], credentials: readonly object[]) => ({
  id,
  kind: 'client',
  tenant,
  roles: [...roles],
  credentials: credentials.map((credential) => ({ unlimited: true, ...credential })),
})

const ALL = [
  'organizations.create',
  'organizations.read',
  'organizations.edit',
  'organizations.delete',
  'people.read',
  'people.edit',
]

/** A key is `key-of-` and its holder; those of the desk are also narrowed to each scope. `north` and `south` know nothing of each other. */
const ACCESS: AccessFile = {
  version: 1,
  tenants: [
    { id: 'north', name: 'North', language: 'nl', public: 'none' },
    { id: 'south', name: 'South', language: 'nl', public: 'none' },
  ],
  principals: [
    client(
      'desk',
      'north',
      ['all'],
      [{ apiKey: 'key-of-desk' }, ...KEY_SCOPES.map((scope) => ({ apiKey: `key-of-desk-${scope}`, scope }))],
    ),
    client('elsewhere', 'south', ['all-south'], [{ apiKey: 'key-of-elsewhere' }]),
    client('reader', 'north', ['readers'], [{ apiKey: 'key-of-reader' }]),
    client('shy', 'north', ['shy'], [{ apiKey: 'key-of-shy' }]),
    client('nobody', 'north', [], [{ apiKey: 'key-of-nobody' }]),
    client('stranger', 'north', [], [{ apiKey: 'key-of-stranger' }]),
    client(
      'hasty',
      'north',
      ['all'],
      [
        { apiKey: 'key-of-hasty', unlimited: false },
        { apiKey: 'key-of-hasty-2', unlimited: false },
        { apiKey: 'key-of-hasty-3', unlimited: false },
        { apiKey: 'key-of-hasty-orders', unlimited: false, scope: 'orders' },
        { apiKey: 'key-of-hasty-free' },
      ],
    ),
    { id: 'ann', kind: 'user', name: 'Ann Editor', email: 'ann@example.org', tenant: 'north' },
  ],
  roles: [
    { id: 'all', tenant: 'north', permissions: ALL },
    { id: 'all-south', tenant: 'south', permissions: ALL },
    { id: 'readers', tenant: 'north', permissions: ['organizations.read', 'people.read'] },
    // Neither people nor what only DigiCert says.
    {
      id: 'shy',
      tenant: 'north',
      permissions: ['organizations.read', 'organizations.edit'],
      parts: { 'facets.digicert': 'none', addresses: 'none' },
    },
  ],
  catalogues: [{ tenant: 'north', digicert: { rateLimits: [{ requests: 3, seconds: 600 }] } }],
}

const settings = { port: 0, host: '127.0.0.1', demo: false, logLevel: 'silent' } as const
const app = await startApp(
  { ...settings, database: { engine: 'sqlite', path: ':memory:' } },
  ACCESS,
  pino({ level: 'silent' }),
)
after(() => app.close())

/** Where the desks' server listens. */
export const url = app.url

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON the server sends
  readonly body: any
}

export interface Asking {
  /** Text goes out as it is. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Of the server that is asked. */
  readonly base?: string
}

/** A request with the key of `who`, and no header that the test does not name. */
export function ask(who: string, method: string, path: string, asking: Asking = {}): Promise<Answer> {
  const { body, headers = {}, base = app.url } = asking
  const text = typeof body === 'string' || body === undefined ? (body ?? '') : JSON.stringify(body)
  const { hostname, port } = new URL(base)
  const sent = {
    'x-dc-devkey': `key-of-${who}`,
    ...(text !== '' && { 'content-length': String(Buffer.byteLength(text)) }),
    ...headers,
  }
  return new Promise((resolve, reject) => {
    const sending = request({
      hostname,
      port,
      method,
      path: `/services/v2${path}`,
      headers: sent,
      agent: false,
    })
    sending.on('error', reject)
    sending.on('response', (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('error', reject)
      reply.on('end', () => {
        const answered = Buffer.concat(chunks).toString()
        const isJson = reply.headers['content-type'] === 'application/json' && answered !== ''
        resolve({
          status: reply.statusCode ?? 0,
          headers: reply.headers,
          text: answered,
          body: isJson ? JSON.parse(answered) : undefined,
        })
      })
    })
    sending.end(text)
  })
}

/** The codes of the errors that a request is told, with its status. */
export async function told(...asked: Parameters<typeof ask>): Promise<readonly unknown[]> {
  const { status, body } = await ask(...asked)
  return [status, ...((body?.errors ?? []) as { code: string }[]).map(({ code }) => code)]
}

let count = 0

/** What makes an organization of its own, with an organization contact. */
export function organizationWith(more: object = {}): Readonly<Record<string, unknown>> {
  count += 1
  return {
    name: `Vereniging ${count}`,
    address: 'Markt 1',
    city: 'Leuven',
    state: 'Vlaams-Brabant',
    zip: '3000',
    country: 'be',
    telephone: '016 00 00 00',
    organization_contact: contact(),
    ...more,
  }
}

export function contact(more: object = {}): Readonly<Record<string, unknown>> {
  return { first_name: 'Ann', last_name: 'Peeters', email: 'ann@voorbeeld.example', ...more }
}

/** Path of a new organization. */
export async function newOrganization(more: object = {}, who = 'desk'): Promise<string> {
  const { status, body } = await ask(who, 'POST', '/organization', { body: organizationWith(more) })
  assert.equal(status, 201)
  return `/organization/${body.id}`
}

/** What is read of a path, which is there. */
export async function read(path: string, who = 'desk') {
  const { status, body } = await ask(who, 'GET', path)
  assert.equal(status, 200)
  return body
}

// The first organization of an account cannot be deleted: here it is nobody's.
for (const who of ['desk', 'elsewhere']) await newOrganization({}, who)
