import { equal, rejects } from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { exportJWK, SignJWT } from 'jose'
import { createKnown } from '../core/known.ts'
import { Problem } from '../core/problem.ts'
import { createTokens } from './tokens.ts'

const ISSUER = 'https://account.example/'
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }] })

test('the keys of an issuer are fetched from where it publishes them', async (context) => {
  const { verify } = await tokensOf(context, (_, reply) => reply.end(keys))
  equal((await verify(await signed('one'))).claims.sub, 'ann')
})

test('a token of a key that the issuer does not have is not its own', async (context) => {
  const { verify } = await tokensOf(context, (_, reply) => reply.end(keys))
  await rejects(verify(await signed('two')), has('unauthenticated'))
})

const outages: readonly (readonly [name: string, answer: RequestListener])[] = [
  ['do not answer', (_, reply) => reply.destroy()],
  ['are refused', (_, reply) => reply.writeHead(500).end()],
  ['are no JSON', (_, reply) => reply.end('<html>')],
  ['are no key set', (_, reply) => reply.end('{}')],
]
for (const [name, answer] of outages) {
  test(`keys that ${name} make nobody a stranger: the service is not available`, async (context) => {
    const { verify } = await tokensOf(context, answer)
    await rejects(verify(await signed('one')), has('store-unavailable'))
  })
}

async function tokensOf(context: TestContext, answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  context.after(() => server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const known = createKnown()
  const value = { issuer: ISSUER, tenant: 'default', jwksUri: `http://127.0.0.1:${port}/keys` }
  const entries = [{ kind: 'issuer', tenant: '', id: ISSUER, value }] as const
  await known.follow({ settingsVersion: async () => 1, settings: async () => ({ version: 1, entries }) })
  return createTokens(known, () => '')
}

function signed(kid: string): Promise<string> {
  return new SignJWT({ sub: 'ann' })
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuer(ISSUER)
    .setExpirationTime('1h')
    .sign(privateKey)
}

function has(code: string): (error: unknown) => boolean {
  return (error) => error instanceof Problem && error.code === code
}
