import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { catalogues } from './settings.ts'

test('what a tenant may choose is checked with the access file', () => {
  const mistakesIn = (native: unknown) => catalogues.mistakesIn({ native })
  deepEqual(mistakesIn({ requirePreconditions: true }), [])
  deepEqual(catalogues.mistakesIn({}), [])
  deepEqual(mistakesIn({ rateLimits: [{ requests: 100_000, seconds: 86_400 }] }), [])
  deepEqual(mistakesIn({ rateLimits: [{ requests: 0, seconds: 1 }] }), [
    'native.rateLimits.0.requests: It must be at least 1.',
  ])
  deepEqual(mistakesIn({ requirePreconditions: 'yes' }), [
    'native.requirePreconditions: It is string, and must be "boolean".',
  ])
  deepEqual(mistakesIn({ requirePrecondition: true }), [
    'native.requirePrecondition: There is no such member.',
  ])
  deepEqual(mistakesIn([]), ['native: It is array, and must be "object".'])
})
