import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { notFound, problem, refused } from '../../core/problem.ts'
import { replyTo } from './problems.ts'

const HEAD = { method: 'GET', path: '/api/v1/Contact/1', query: '', headers: {} }

describe('problems', () => {
  test('a service tells its text under both keys', () => {
    const { status, body = '' } = replyTo(notFound('organization', 99_999), HEAD)
    assert.equal(status, 404)
    assert.deepEqual(JSON.parse(body), {
      Error: true,
      ErrorType: 'SoNotFoundException',
      ErrorMessage: 'Contact id 99999 not found',
      Message: 'Contact id 99999 not found',
      ErrorSource: 'SuperOffice.Services.Implementation',
    })
  })

  test('the framework tells a message and a detail', () => {
    const { status, body = '' } = replyTo(problem('body-syntax', { fault: 'not JSON' }), HEAD)
    assert.equal(status, 400)
    assert.deepEqual(JSON.parse(body), {
      Message: 'The request is invalid.',
      MessageDetail: 'The body can not be read: not JSON.',
    })
  })

  const statuses = [
    [problem('forbidden', { action: 'organizations.edit', principal: 'ann' }), 403],
    [problem('parts-forbidden', { parts: ['note'], principal: 'ann', id: '1' }), 403],
    [problem('unsound', { faults: ['more than one website'] }), 400],
    [problem('key-taken', { key: 'a', value: 'a', holder: 'b' }), 400],
    [problem('not-acceptable', { accept: 'image/png' }), 406],
    [problem('store-unavailable', { reason: 'gone' }), 503],
    [problem('internal', {}), 500],
    [refused('too-many', { property: 'Interests', limit: 1000 }), 400],
  ] as const

  for (const [fault, status] of statuses) {
    test(`${fault.code} is ${status}, in the vendor's form`, () => {
      const reply = replyTo(fault, HEAD)
      assert.equal(reply.status, status)
      assert.equal(typeof JSON.parse(reply.body ?? '').Message, 'string')
    })
  }

  test('a reason that nobody knows is refused all the same', () => {
    assert.equal(replyTo(refused('unheard-of'), HEAD).status, 400)
  })
})
