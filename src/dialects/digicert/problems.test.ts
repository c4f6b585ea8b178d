import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem, problem } from '../../core/problem.ts'
import type { KeyScope } from '../../core/settings.ts'
import { KEY_SCOPES } from '../../core/settings.ts'
import { principal } from '../../core/testing/records.ts'
import type { Request } from '../dialect.ts'
import { replyTo } from './problems.ts'
import { requireScope } from './scope.ts'

const MAY: Readonly<Record<KeyScope, readonly [read: boolean, write: boolean]>> = {
  none: [true, true],
  organizations: [true, true],
  view: [true, false],
  orders: [false, false],
  users: [false, false],
}

for (const scope of KEY_SCOPES) {
  const [read, write] = MAY[scope]
  test(`a key for ${scope} may ${read ? '' : 'not '}read and ${write ? '' : 'not '}write organizations`, () => {
    for (const method of ['GET', 'HEAD']) assert.equal(isAllowed(method, scope), read)
    for (const method of ['PUT', 'POST', 'PATCH', 'DELETE']) assert.equal(isAllowed(method, scope), write)
  })
}

test('a key that is not narrowed may do everything', () => {
  assert.ok(isAllowed('PUT', undefined))
})

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

function isAllowed(method: string, scope: KeyScope | undefined): boolean {
  const asker = { principal: principal() }
  try {
    requireScope({ method, asker, ...(scope !== undefined && { scope }) } as Request)
    return true
  } catch (error) {
    assert.ok(error instanceof Problem && error.is('forbidden'))
    return false
  }
}
