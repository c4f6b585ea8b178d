import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SignJWT } from 'jose'
import type { Tokens } from '../../../test/safety-registers.ts'
import { claimsOf, headersOf, logIn, send } from '../../../test/safety-registers.ts'

const VERIFY = '/auth/v1/rs/token/verify'
const REFRESH = '/auth/v1/rs/token/refresh'

const verify = (token: unknown) => send('POST', VERIFY, { body: { token } })
const refresh = (refreshToken: unknown) => send('POST', REFRESH, { body: { refreshToken } })

const isAccepted = async (tokens: Omit<Tokens, 'refreshToken'>) =>
  (await send('GET', '/companies/v2/rs', { headers: headersOf(tokens) })).status

test('the session token says who, in which session, and for how long', async () => {
  const { sessionToken } = await logIn('register')
  const { userId, sessionId, iat, exp } = claimsOf(sessionToken)
  deepEqual([typeof userId, typeof sessionId, Number(exp) - Number(iat)], ['string', 'string', 86_400])
})

describe('a token that is verified', () => {
  test('gives a fresh pair of the same session, without an envelope', async () => {
    const tokens = await logIn('register')
    const { status, body } = await verify(tokens.refreshToken)
    equal(status, 201)
    const { accessToken, sessionToken, ...rest } = body
    deepEqual(rest, {
      organizationName: `North ${'n'.repeat(94)}`,
      establishmentId: null,
      pinCodeEnabled: false,
      reportId: null,
    })
    equal(await isAccepted(body), 200)
    // The pairs are of one session: each token of the one goes with that of the other.
    equal(await isAccepted({ ...tokens, accessToken }), 200)
    equal(await isAccepted({ ...tokens, sessionToken }), 200)
  })
})

describe('a session that is refreshed', () => {
  test('goes on', async () => {
    const tokens = await logIn('register')
    const { status, body } = await refresh(tokens.refreshToken)
    deepEqual([status, Object.keys(body.data)], [201, ['accessToken', 'refreshToken', 'sessionToken']])
    equal(await isAccepted(body.data), 200)
    equal(await isAccepted({ ...tokens, accessToken: body.data.accessToken }), 200)
    equal((await refresh(body.data.refreshToken)).status, 201)
  })

  test('is not another one', async () => {
    const [one, other] = [await logIn('register'), await logIn('register')]
    const { data } = (await refresh(one.refreshToken)).body
    equal(await isAccepted({ ...other, accessToken: data.accessToken }), 403)
  })
})

for (const [name, renew] of [
  ['verify', verify],
  ['refresh', refresh],
] as const) {
  describe(`${name} refuses`, () => {
    test('tokens of the other kinds: neither of a pair gives the other', async () => {
      const { accessToken, sessionToken } = await logIn('register')
      for (const token of [accessToken, sessionToken, 'key-of-register']) {
        const { status, body } = await renew(token)
        deepEqual([status, body.statusCode], [401, 401])
      }
    })

    test('what is no token of ours', async () => {
      const { refreshToken } = await logIn('register')
      const [header, , signature] = refreshToken.split('.')
      const claims = Buffer.from(JSON.stringify({ ...claimsOf(refreshToken), sub: 'reader' })).toString(
        'base64url',
      )
      const forged = await new SignJWT(claimsOf(refreshToken) as never)
        .setProtectedHeader({ alg: 'HS256' })
        .sign(Buffer.from('another key of thirty-two bytes!'))
      for (const token of ['', 'x', 'a.b.c', `${header}.${claims}.${signature}`, forged]) {
        equal((await renew(token)).status, 401, token)
      }
    })

    test('bodies that say nothing', async () => {
      for (const token of [undefined, null, 1, ['x']]) equal((await renew(token)).status, 400)
      const path = name === 'verify' ? VERIFY : REFRESH
      equal((await send('POST', path, { body: '{' })).status, 400)
      equal((await send('POST', path)).status, 415)
      equal((await send('GET', path)).status, 405)
    })
  })
}

test('a refresh token opens nothing by itself', async () => {
  const { refreshToken, sessionToken, accessToken } = await logIn('register')
  equal(await isAccepted({ accessToken: refreshToken, sessionToken }), 401)
  equal(await isAccepted({ accessToken, sessionToken: refreshToken }), 401)
  ok(claimsOf(refreshToken)['exp'])
})
