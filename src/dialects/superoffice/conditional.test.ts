import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { organization } from '../../core/testing/records.ts'
import { isUnmodified, lastModified, requireUnmodified, secondsOf } from './conditional.ts'

const SECOND = Date.parse('1994-11-06T08:49:37Z') / 1000
const SAME = 'Sun, 06 Nov 1994 08:49:37 GMT'
const EARLIER = 'Sun, 06 Nov 1994 08:49:36 GMT'
const TAG = '"3.1.7"'
const AT = '1994-11-06T08:50:00.000Z'

const shown = (shownAt: number, people = 0) =>
  organization({ shownAt, people: { count: 1, at: AT, shownAt: people } })

describe('preconditions', () => {
  test('a contact that has not changed since passes, at equality too', () => {
    requireUnmodified({ 'if-unmodified-since': SAME }, shown(SECOND), AT)
    requireUnmodified({}, shown(SECOND), AT)
  })

  test('one that has does not', () => {
    assert.throws(() => requireUnmodified({ 'if-unmodified-since': EARLIER }, shown(SECOND), AT))
  })

  test('a change of its people does not stop a write', () => {
    requireUnmodified({ 'if-unmodified-since': SAME }, shown(SECOND, SECOND + 5), AT)
  })

  test('but a reader is told of it', () => {
    assert.equal(isUnmodified({ 'if-modified-since': SAME }, shown(SECOND), TAG, AT), true)
    assert.equal(isUnmodified({ 'if-modified-since': SAME }, shown(SECOND, SECOND + 5), TAG, AT), false)
    assert.equal(lastModified(shown(SECOND, SECOND + 5)), 'Sun, 06 Nov 1994 08:49:42 GMT')
  })

  test('times that stand still a minute ahead of the clock count as changed', () => {
    const minuteBefore = '1994-11-06T08:48:37.900Z'
    assert.throws(() => requireUnmodified({ 'if-unmodified-since': SAME }, shown(SECOND), minuteBefore))
    assert.equal(isUnmodified({ 'if-modified-since': SAME }, shown(SECOND), TAG, minuteBefore), false)
  })
})

describe('dates in headers', () => {
  for (const header of [SAME, 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994', ` ${SAME} `]) {
    test(`reads ${JSON.stringify(header)}`, () => {
      assert.equal(secondsOf(header), SECOND)
    })
  }

  for (const header of [
    undefined,
    '',
    '2015',
    '1994-11-06T08:49:37Z',
    'Sun, 99 Nov 1994 08:49:37 GMT',
    'soon',
  ]) {
    test(`ignores ${JSON.stringify(header)}`, () => {
      assert.equal(secondsOf(header), undefined)
    })
  }
})
