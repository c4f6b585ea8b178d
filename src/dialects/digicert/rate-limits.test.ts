import { deepEqual, equal, match } from 'node:assert/strict'
import { test } from 'node:test'
import { ask, told } from '../../../test/certificate-desks.ts'
import { mistakesInCatalogue, rateLimitsOf } from './rate-limits.ts'

// The desks' tenant takes three requests of a key in ten minutes.

const LIST = '/organization?limit=0'

test('the third request is answered, the fourth is not, and says when to come back', async () => {
  for (let count = 0; count < 3; count += 1) equal((await ask('hasty', 'GET', LIST)).status, 200)
  const { status, headers, body } = await ask('hasty', 'GET', LIST)
  deepEqual([status, body.errors.length, body.errors[0].code], [429, 1, 'request_limit_exceeded'])
  match(body.errors[0].message, /3 requests/)
  match(String(headers['retry-after']), /^(600|59\d)$/)
  equal(headers['content-type'], 'application/json')
})

test('another key of the same client has requests of its own', async () => {
  equal((await ask('hasty-2', 'GET', LIST)).status, 200)
})

test('what is refused counts too, and the limit is told before the body is read', async () => {
  const wrong = { body: '{' }
  deepEqual(await told('hasty-3', 'POST', '/organization', wrong), [400, 'bad_request_format'])
  deepEqual(await told('hasty-3', 'GET', '/organization/999999'), [404, 'not_found|organization'])
  deepEqual(await told('hasty-3', 'HEAD', LIST), [200])
  deepEqual(await told('hasty-3', 'POST', '/organization', wrong), [429, 'request_limit_exceeded'])
})

test('a key that may do nothing here is told so, however often', async () => {
  for (let count = 0; count < 5; count += 1) equal((await ask('hasty-orders', 'GET', LIST)).status, 403)
})

test('a key that is unlimited is never told', async () => {
  for (let count = 0; count < 8; count += 1) equal((await ask('hasty-free', 'GET', LIST)).status, 200)
})

test('the windows are those of today unless the catalogue says otherwise', () => {
  const today = [
    { requests: 100, seconds: 5 },
    { requests: 1000, seconds: 180 },
  ]
  deepEqual(rateLimitsOf({}), today)
  deepEqual(rateLimitsOf({ digicert: {} }), today)
  deepEqual(rateLimitsOf({ digicert: { rateLimits: [] } }), [])
  const older = [{ requests: 1300, seconds: 3600 }]
  deepEqual(rateLimitsOf({ digicert: { rateLimits: older } }), older)
})

const WRONG: readonly unknown[] = [
  'none',
  {},
  [{}],
  [{ requests: 0, seconds: 5 }],
  [{ requests: 1.5, seconds: 5 }],
  [{ requests: 100_001, seconds: 5 }],
  [{ requests: 1, seconds: 0 }],
  [{ requests: 1, seconds: 86_401 }],
  [{ requests: '1', seconds: 5 }],
  [null],
]

for (const rateLimits of WRONG) {
  test(`${JSON.stringify(rateLimits)} is a mistake of the operator, and opens nothing`, () => {
    equal(mistakesInCatalogue({ digicert: { rateLimits } }).length, 1)
    equal(rateLimitsOf({ digicert: { rateLimits } }).length, 2)
  })
}

test('the largest windows are none', () => {
  deepEqual(mistakesInCatalogue({ digicert: { rateLimits: [{ requests: 100_000, seconds: 86_400 }] } }), [])
  deepEqual(mistakesInCatalogue({}), [])
})

test('what means nothing is a mistake', () => {
  deepEqual(mistakesInCatalogue({ digicert: { rateLimit: [] } }), ['digicert.rateLimit means nothing'])
  deepEqual(mistakesInCatalogue({ digicert: 1 }), ['digicert is no object'])
})
