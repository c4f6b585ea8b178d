import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problem } from '../../core/problem.ts'
import { replyTo } from './problems.ts'

test("what is not allowed is the vendor's missing permission", () => {
  const head = { method: 'PUT', path: '/services/v2/organization/1/contact', query: '', headers: {} }
  const reply = replyTo(problem('forbidden', { action: 'x', principal: 'ann' }), head)
  assert.equal(reply.status, 403)
  assert.match(reply.body ?? '', /"code":"access_denied\|missing_permission"/)
})

test('no reply tells what went wrong inside', () => {
  const head = { method: 'GET', path: '/services/v2/organization', query: '', headers: {} }
  const secret = problem('store-unavailable', { reason: 'secret' })
  for (const fault of [secret, problem('unsound', { faults: ['secret'] })]) {
    assert.doesNotMatch(replyTo(fault, head).body ?? '', /secret/)
  }
})
