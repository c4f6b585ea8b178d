import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { limitHeadersOf, rateLimitsOf } from './rate-limits.ts'

test('there are no limits unless the catalogue says so', () => {
  deepEqual(rateLimitsOf({}), [])
  const rateLimits = [{ requests: 2, seconds: 60 }]
  deepEqual(rateLimitsOf({ native: { rateLimits } }), rateLimits)
})

test('each window is told with what is left of it', () => {
  const states = [
    { requests: 2, seconds: 60, remaining: 1, resetSeconds: 60 },
    { requests: 9, seconds: 0.5, remaining: 9, resetSeconds: 0 },
  ]
  deepEqual(limitHeadersOf(states), {
    'ratelimit-policy': '"2-per-60s";q=2;w=60, "9-per-0.5s";q=9;w=1',
    ratelimit: '"2-per-60s";r=1;t=60, "9-per-0.5s";r=9;t=0',
  })
  deepEqual(limitHeadersOf([]), {})
})
