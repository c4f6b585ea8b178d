import { deepEqual, equal, rejects } from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../core/problem.ts'
import { createPasswordCheck, createTurns, hashPassword } from './secrets.ts'

test('a password is checked against its hash, the first time and again', async () => {
  const stored = { kind: 'password', principal: 'ann', ...(await hashPassword('correct-horse')) } as const
  const isPassword = createPasswordCheck()
  const checks = ['correct-horse', 'correct-horse', 'Correct-horse', '']
  deepEqual(await Promise.all(checks.map((password) => isPassword(password, stored))), [
    true,
    true,
    false,
    false,
  ])
  equal(await isPassword('correct-horse', undefined), false)
})

test('turns are given in order, no more than so many at once', async () => {
  const inTurn = createTurns(2, 10)
  const begun: number[] = []
  const ends: (() => void)[] = []
  const all = [1, 2, 3, 4].map((at) =>
    inTurn(() => new Promise<void>((resolve) => [begun.push(at), ends.push(resolve)])),
  )
  deepEqual(begun, [1, 2])
  ends[1]?.()
  await all[1]
  await settled()
  deepEqual(begun, [1, 2, 3])
  ends[0]?.()
  ends[2]?.()
  await settled()
  deepEqual(begun, [1, 2, 3, 4])
  ends[3]?.()
  await Promise.all(all)
})

test('a turn that fails is the next one’s', async () => {
  const inTurn = createTurns(1, 1)
  const failing = inTurn(() => Promise.reject(new Error('x')))
  const next = inTurn(async () => 'next')
  await rejects(failing, /x/)
  equal(await next, 'next')
  equal(await inTurn(async () => 'again'), 'again')
})

test('when too many wait, the service is not available', async () => {
  const inTurn = createTurns(1, 1)
  const all = [1, 2, 3].map(() => inTurn(settled))
  await rejects(all[2] as Promise<void>, (error) => error instanceof Problem && error.is('store-unavailable'))
  await Promise.all(all.slice(0, 2))
})

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
