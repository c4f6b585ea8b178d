import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after } from 'node:test'
import { pino } from 'pino'
import type { AccessFile } from '../src/access/access-file.ts'
import { startApp } from '../src/app.ts'

const user = (id: string, tenant: string, roles: readonly string[], apiKey?: string) => ({
  id,
  kind: 'user',
  tenant,
  email: `${id}@example.org`,
  roles: [...roles],
  credentials: [
    { password: `password of ${id}` },
    ...(apiKey === undefined ? [] : [{ apiKey, unlimited: true }]),
  ],
})

const ALL = [
  'organizations.create',
  'organizations.read',
  'organizations.edit',
  'organizations.delete',
  'people.read',
  'people.edit',
]

/** Whose password is `password of `, and who they are. `north` and `south` know nothing of each other. */
const ACCESS: AccessFile = {
  version: 1,
  tenants: [
    { id: 'north', name: `North ${'n'.repeat(100)}`, language: 'nl', public: 'none' },
    { id: 'south', name: 'South', language: 'nl', public: 'none' },
  ],
  principals: [
    user('register', 'north', ['all'], 'key-of-register'),
    user('elsewhere', 'south', ['all-south']),
    user('reader', 'north', ['readers']),
    user('shy', 'north', ['shy']),
    user('helper', 'north', ['helpers']),
    user('lonely', 'north', ['editors']),
    user('owner', 'north', []),
    user('nobody', 'north', []),
  ],
  roles: [
    { id: 'all', tenant: 'north', permissions: ALL },
    { id: 'all-south', tenant: 'south', permissions: ALL },
    { id: 'readers', tenant: 'north', permissions: ['organizations.read', 'people.read'] },
    // Neither what only Kare says, nor where anybody is.
    {
      id: 'shy',
      tenant: 'north',
      permissions: ['organizations.read', 'organizations.edit', 'people.read'],
      parts: { 'facets.kare': 'none', note: 'none', addresses: 'none' },
    },
    // People alone, and not the roles that they have.
    {
      id: 'helpers',
      tenant: 'north',
      permissions: ['organizations.read', 'people.read', 'people.edit'],
    },
    // Organizations alone, without their people.
    { id: 'editors', tenant: 'north', permissions: ['organizations.read', 'organizations.edit'] },
  ],
  labels: [
    { name: 'Zichtbaar', tenant: 'north' },
    { name: 'Geheim', private: true, tenant: 'north' },
  ],
}

const settings = { port: 0, host: '127.0.0.1', demo: false, logLevel: 'silent' } as const
const app = await startApp(
  { ...settings, database: { engine: 'sqlite', path: ':memory:' } },
  ACCESS,
  pino({ level: 'silent' }),
)
after(() => app.close())

/** Where the registers' server listens. */
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
}

const COMPANIES = '/companies/v2/rs'

/** A request below the companies, with the tokens of `who`. */
export async function ask(who: string, method: string, path: string, asking: Asking = {}): Promise<Answer> {
  const { body, headers = {} } = asking
  return send(method, `${COMPANIES}${path}`, { body, headers: { ...(await tokensOf(who)), ...headers } })
}

/** A request without any token but those that are named; a body goes out as JSON. */
export function send(method: string, path: string, { body, headers = {} }: Asking = {}): Promise<Answer> {
  const text = typeof body === 'string' || body === undefined ? (body ?? '') : JSON.stringify(body)
  const { hostname, port } = new URL(app.url)
  const sent = {
    ...(text !== '' && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(text)),
    }),
    ...headers,
  }
  return new Promise((resolve, reject) => {
    const sending = request({ hostname, port, method, path, headers: sent, agent: false })
    sending.on('error', reject)
    sending.on('response', (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.on('error', reject)
      reply.on('end', () => {
        const answered = Buffer.concat(chunks).toString()
        const isJson = reply.headers['content-type'] === 'application/json' && answered !== ''
        const parsed = isJson ? JSON.parse(answered) : undefined
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text: answered, body: parsed })
      })
    })
    sending.end(text)
  })
}

/** What is wrong with a request, as it is told: the status, then the path and code of each fault. */
export async function told(...asked: Parameters<typeof ask>): Promise<readonly unknown[]> {
  const { status, body } = await ask(...asked)
  const details = (body?.details ?? []) as { path: readonly unknown[]; code: string }[]
  return [status, ...details.map(({ path, code }) => `${path.join('.')} ${code}`)]
}

const tokens = new Map<string, Promise<Readonly<Record<string, string>>>>()

/** Both headers of a session of `who`. */
export function tokensOf(who: string): Promise<Readonly<Record<string, string>>> {
  const before = tokens.get(who) ?? logIn(who).then(headersOf)
  tokens.set(who, before)
  return before
}

export interface Tokens {
  readonly accessToken: string
  readonly sessionToken: string
  readonly refreshToken: string
}

export async function logIn(who: string): Promise<Tokens> {
  const body = { email: `${who}@example.org`, password: `password of ${who}` }
  const { status, body: answered } = await send('POST', '/auth/v1/rs/login/credentials', { body })
  assert.equal(status, 201)
  return answered.data
}

export function headersOf({ accessToken, sessionToken }: Omit<Tokens, 'refreshToken'>) {
  return { authorization: `Bearer ${accessToken}`, 'x-session-token': sessionToken }
}

/** What a token says, without looking at who signed it. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

let count = 0

/** A company of its own. */
export function companyWith(more: object = {}): Readonly<Record<string, unknown>> {
  count += 1
  return { name: `Bedrijf ${count}`, type: 2, email: `info@b${count}.example`, ...more }
}

/** Path of a new company. */
export async function newCompany(more: object = {}, who = 'register'): Promise<string> {
  const { status, body } = await ask(who, 'POST', '', { body: companyWith(more) })
  assert.equal(status, 201)
  return `/${body.id}`
}

/** Path of a new contact of a company, the last one of its list. */
export async function newContact(company: string, more: object = {}, who = 'register'): Promise<string> {
  const body = [{ notify: false, name: 'Ann Peeters', ...more }]
  assert.equal((await ask(who, 'POST', `${company}/contacts`, { body })).status, 201)
  const { data } = await read(`${company}/contacts?pageSize=500`, who)
  return `${company}/contacts/${data.at(-1).id}`
}

/** What is read of a path, which is there. */
export async function read(path: string, who = 'register') {
  const { status, body, text } = await ask(who, 'GET', path)
  assert.equal(status, 200, text)
  return body
}

/** What another API, a certificate desk's, does to the state of a company. */
export async function switchTo(state: 'activate' | 'deactivate', company: string): Promise<void> {
  const headers = { 'x-dc-devkey': 'key-of-register' }
  const { status } = await send('PUT', `/services/v2/organization${company}/${state}`, { headers })
  assert.equal(status, 204)
}
