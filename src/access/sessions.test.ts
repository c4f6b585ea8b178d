import { deepEqual, equal, rejects } from 'node:assert/strict'
import { test } from 'node:test'
import { createKnown } from '../core/known.ts'
import { Problem } from '../core/problem.ts'
import { principal, TENANT } from '../core/testing/records.ts'
import { createDoorman } from './doorman.ts'
import { hashPassword } from './secrets.ts'
import { createTokens } from './tokens.ts'

const KEY = Buffer.alloc(32, 1).toString('base64url')

async function doorman() {
  const known = createKnown()
  const credential = { kind: 'password', principal: 'ann', ...(await hashPassword('secret')) } as const
  const entries = [
    { kind: 'tenant', tenant: '', id: TENANT.id, value: TENANT },
    { kind: 'principal', tenant: TENANT.id, id: 'ann', value: principal() },
    { kind: 'credential', tenant: '', id: 'password:ann', value: credential },
  ] as const
  await known.follow({ settingsVersion: async () => 1, settings: async () => ({ version: 1, entries }) })
  const setPassword = async (password: string) => {
    const value = { kind: 'password', principal: 'ann', ...(await hashPassword(password)) } as const
    const changed = [{ ...entries[2], value }]
    await known.follow({
      settingsVersion: async () => 2,
      settings: async () => ({ version: 2, entries: changed }),
    })
  }
  const tokens = createTokens(known, () => KEY)
  const now = () => Math.floor(Date.now() / 1000)
  return { known, tokens, setPassword, door: createDoorman(known, tokens, now) }
}

const isRefused = (reason: string) => (error: unknown) =>
  error instanceof Problem && error.is('unauthenticated') && error.facts.reason === reason

test('a session that is renewed is the same one, of the same principal', async () => {
  const { door, tokens } = await doorman()
  const before = (await door.logIn('ann', 'secret')).tokens
  const { principal: renewed, tokens: after } = await door.renew(before.refresh)
  equal(renewed.id, 'ann')
  const sessions = [before.session, after.access, after.session, after.refresh].map(async (token) => {
    return (await tokens.verify(token)).claims['sessionId']
  })
  equal(new Set(await Promise.all(sessions)).size, 1)
  const admitted = { kind: 'session', access: after.access, session: before.session } as const
  deepEqual((await door.admit(admitted)).principal.id, 'ann')
})

test('a refresh token that has expired renews nothing', async () => {
  const { door, tokens } = await doorman()
  const expired = await tokens.issue({ sub: 'ann', sessionId: 's', use: 'refresh' }, -60)
  await rejects(door.renew(expired), isRefused('expired'))
})

test('a token of another use renews nothing, nor does one without a session', async () => {
  const { door, tokens } = await doorman()
  for (const claims of [
    { sub: 'ann', sessionId: 's', use: 'access' },
    { sub: 'ann', sessionId: 's', use: 'session' },
    { sub: 'ann', sessionId: 's' },
    { sub: 'ann', use: 'refresh' },
    { sub: 'gone', sessionId: 's', use: 'refresh' },
  ]) {
    await rejects(door.renew(await tokens.issue(claims, 60)), isRefused('claims'))
  }
})

test('a session ends with the password that began it, even where the new one is the same', async () => {
  const { door, tokens, setPassword } = await doorman()
  const { access, session, refresh } = (await door.logIn('ann', 'secret')).tokens
  const renewed = (await door.renew(refresh)).tokens
  const basic = await door.admit({ kind: 'basic', name: 'ann', password: 'secret' })
  const issued = await tokens.issue({ sub: 'ann' }, 60)
  equal(door.isIn(basic), true)
  await setPassword('secret')
  equal(door.isIn(basic), false)
  await rejects(door.renew(refresh), isRefused('expired'))
  await rejects(door.renew(renewed.refresh), isRefused('expired'))
  await rejects(door.admit({ kind: 'session', access, session }), isRefused('expired'))
  for (const token of [access, renewed.access])
    await rejects(door.admit({ kind: 'bearer', token }), isRefused('expired'))
  // Nobody logged in for this one: `polydex token` gave it.
  equal((await door.admit({ kind: 'bearer', token: issued })).principal.id, 'ann')
  const again = (await door.logIn('ann', 'secret')).tokens
  equal((await door.admit({ kind: 'bearer', token: again.access })).principal.id, 'ann')
})
