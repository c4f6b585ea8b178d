import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { RateWindow } from '../dialects/dialect.ts'
import { createRateLimiter } from './rate-limiter.ts'

const WINDOWS: readonly RateWindow[] = [
  { requests: 3, seconds: 5 },
  { requests: 5, seconds: 60 },
]

test('in no span of a window are more let through, and nobody waits in vain', () => {
  const gaps = fc.array(fc.oneof(fc.nat(500), fc.nat(6_000), fc.constantFrom(4_999, 5_000, 60_000)), {
    maxLength: 80,
  })
  fc.assert(
    fc.property(gaps, (steps) => {
      let now = 0
      const limiter = createRateLimiter(() => now)
      const taken: number[] = []
      for (const step of steps) {
        now += step
        const within = ({ seconds }: RateWindow) => taken.filter((at) => now - at < seconds * 1000).length
        const full = WINDOWS.find((window) => within(window) >= window.requests)
        const excess = limiter.take('ann', WINDOWS)
        deepEqual(excess && { requests: excess.requests, seconds: excess.seconds }, full)
        if (excess === undefined) taken.push(now)
      }
    }),
  )
})

test('limit and limit + 1, for each window', () => {
  const { limiter, wait } = clocked()
  const take = () => limiter.take('ann', WINDOWS)
  deepEqual([take(), take(), take()], [undefined, undefined, undefined])
  deepEqual(take(), { requests: 3, seconds: 5, retryAfterSeconds: 5 })
  wait(4_999)
  deepEqual(take(), { requests: 3, seconds: 5, retryAfterSeconds: 1 })
  wait(1)
  deepEqual([take(), take()], [undefined, undefined])
  deepEqual(take(), { requests: 5, seconds: 60, retryAfterSeconds: 55 })
})

test('of two full windows the first is told, and the longer wait', () => {
  const { limiter } = clocked()
  const windows = [
    { requests: 1, seconds: 5 },
    { requests: 1, seconds: 9 },
  ]
  limiter.take('ann', windows)
  deepEqual(limiter.take('ann', windows), { requests: 1, seconds: 5, retryAfterSeconds: 9 })
})

test('what is refused is not counted', () => {
  const { limiter, wait } = clocked()
  for (let count = 0; count < 100; count += 1) limiter.take('ann', WINDOWS)
  wait(5_000)
  equal(limiter.take('ann', WINDOWS), undefined)
})

test('callers do not take from each other', () => {
  const { limiter } = clocked()
  for (let count = 0; count < 4; count += 1) limiter.take('ann', WINDOWS)
  equal(limiter.take('bram', WINDOWS), undefined)
})

test('windows that change keep what was counted', () => {
  const { limiter } = clocked()
  for (let count = 0; count < 3; count += 1) limiter.take('ann', WINDOWS)
  equal(limiter.take('ann', [{ requests: 4, seconds: 5 }]), undefined)
  ok(limiter.take('ann', [{ requests: 4, seconds: 5 }]))
  ok(limiter.take('ann', [{ requests: 2, seconds: 5 }]))
  equal(limiter.take('ann', []), undefined)
})

function clocked() {
  let now = 0
  const wait = (ms: number) => {
    now += ms
  }
  return { limiter: createRateLimiter(() => now), wait }
}

test('what is left of a window is what was not taken within it', () => {
  const gaps = fc.array(fc.oneof(fc.nat(500), fc.nat(6_000), fc.constantFrom(4_999, 5_000, 60_000)), {
    maxLength: 60,
  })
  fc.assert(
    fc.property(gaps, (steps) => {
      let now = 0
      const limiter = createRateLimiter(() => now)
      const taken: number[] = []
      for (const step of steps) {
        now += step
        if (limiter.take('ann', WINDOWS) === undefined) taken.push(now)
        for (const { requests, seconds, remaining, resetSeconds } of limiter.statesOf('ann', WINDOWS)) {
          const within = taken.filter((at) => now - at < seconds * 1000)
          const [oldest] = within
          equal(remaining, requests - within.length)
          equal(resetSeconds, oldest === undefined ? 0 : Math.ceil((oldest + seconds * 1000 - now) / 1000))
        }
      }
    }),
  )
})
