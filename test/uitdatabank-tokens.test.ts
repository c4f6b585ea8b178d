import { deepEqual } from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { JWTPayload } from 'jose'
import { exportJWK, SignJWT } from 'jose'
import { pino } from 'pino'
import type { App } from '../src/app.ts'
import { startApp } from '../src/app.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ISSUER = 'https://account.example/'
const URL = '/organizers/00000000-0000-4000-8000-000000000001/permissions'

let app: App
before(async () => {
  const settings = {
    port: 0,
    host: '127.0.0.1',
    database: { engine: 'sqlite', path: ':memory:' },
    demo: true,
    logLevel: 'silent',
  } as const
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }] })
  const access = {
    version: 1 as const,
    issuers: [{ issuer: ISSUER, jwksFile: jwks }],
    principals: [
      { id: 'orders', credentials: [{ apiKey: 'orders-key', scope: 'orders' }] },
      { id: 'reader', credentials: [{ apiKey: 'reader-key', scope: 'view' }] },
    ],
  }
  app = await startApp(settings, access, pino({ level: 'silent' }))
})
after(() => app.close())

function signed(claims: JWTPayload, expires = '1h', issuer = ISSUER): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .setIssuer(issuer)
    .setExpirationTime(expires)
    .sign(privateKey)
}

async function told(token: string, more: { query?: string; key?: string } = {}): Promise<readonly unknown[]> {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(more.key !== undefined && { 'x-api-key': more.key }),
  }
  const reply = await fetch(`${app.url}${URL}${more.query ?? ''}`, { headers })
  const { detail } = (await reply.json()) as { detail?: string }
  return detail === undefined ? [reply.status] : [reply.status, detail]
}

const NO_KEY = 'The given token requires an API key, but no x-api-key header or apiKey URL parameter found.'
const UNKNOWN_KEY = 'No consumer details could be found for the given API key.'
const NARROW_KEY = 'Given API key is not authorized to use Entry API.'
const NOT_ENTRY = 'The given token and its related client are not allowed to access EntryAPI.'

test('an id token needs an API key that somebody has', async () => {
  const token = await signed({ sub: 'ann', typ: 'ID' })
  deepEqual(await told(token), [401, NO_KEY])
  deepEqual(await told(token, { key: 'nobody' }), [401, UNKNOWN_KEY])
  deepEqual(await told(token, { key: 'demo-api-key' }), [200])
  deepEqual(await told(token, { query: '?apiKey=demo-api-key' }), [200])
})

test('a key of too small a scope is told as such, beside a token or in its place', async () => {
  const token = await signed({ sub: 'ann', typ: 'ID' })
  deepEqual(await told(token, { key: 'orders-key' }), [403, NARROW_KEY])
  deepEqual(await told(token, { key: 'reader-key' }), [200])
  deepEqual(await told('orders-key'), [403, NARROW_KEY])
})

test('a token of the first provider needs one too', async () => {
  deepEqual(await told(await signed({ uid: 'ann' })), [401, NO_KEY])
  deepEqual(await told(await signed({ uid: 'ann' }), { key: 'demo-api-key' }), [200])
})

test('an access token needs no key, but must be for this API if it says what it is for', async () => {
  const claim = 'https://publiq.be/publiq-apis'
  deepEqual(await told(await signed({ sub: 'ann', [claim]: 'ups sapi entry' })), [200])
  deepEqual(await told(await signed({ sub: 'ann', [claim]: 'ups sapi' })), [403, NOT_ENTRY])
  deepEqual(await told(await signed({ azp: 'client', gty: 'client-credentials', [claim]: 'entry' })), [200])
})

test('a token that is expired, of another issuer or without a subject is told as such', async () => {
  deepEqual(await told(await signed({ sub: 'ann' }, '1 minute ago')), [
    401,
    'Token expired (or not yet usable).',
  ])
  deepEqual(await told(await signed({ sub: 'ann' }, '10 seconds ago')), [200])
  deepEqual(await told(await signed({ sub: 'ann' }, '1h', 'https://elsewhere.example/')), [
    401,
    'Token is not issued by a valid issuer.',
  ])
  deepEqual(await told(await signed({})), [401, 'Token is missing one of its required claims.'])
})
