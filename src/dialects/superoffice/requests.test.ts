import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { credentialOf } from './credentials.ts'
import { contentTypeFor, requireJson } from './media-types.ts'
import { canonicalPath, keyOf } from './paths.ts'
import { optionIn } from './query.ts'
import { readSelection } from './select.ts'

const head = (authorization?: string) => ({
  method: 'GET',
  path: '/',
  query: '',
  headers: authorization === undefined ? {} : { authorization },
})

describe('credentials', () => {
  test('a password may contain colons and letters of any alphabet', () => {
    const encoded = Buffer.from('ann@example.org:ge:heim é').toString('base64')
    assert.deepEqual(credentialOf(head(`BASIC ${encoded}`)), {
      kind: 'basic',
      name: 'ann@example.org',
      password: 'ge:heim é',
    })
  })

  for (const scheme of ['SOTicket', 'SOTICKET', 'SoTicket', 'Bearer', 'bearer']) {
    test(`${scheme} carries a token as it is`, () => {
      assert.deepEqual(credentialOf(head(`${scheme} 7T:abc==`)), { kind: 'bearer', token: '7T:abc==' })
    })
  }

  for (const header of ['Basic', 'Basic ', 'Basic ???', 'Basic ZGVtbw==', 'Digest x', 'Bearer']) {
    test(`${JSON.stringify(header)} is malformed`, () => {
      assert.equal(credentialOf(head(header)), 'malformed')
    })
  }

  test('none is absent', () => {
    assert.equal(credentialOf(head()), 'absent')
    assert.equal(credentialOf(head(' ')), 'absent')
  })
})

describe('paths', () => {
  test('every spelling is one', () => {
    assert.equal(canonicalPath('/API/v1/Contact/Default//'), '/api/v1/contact/default')
    assert.equal(canonicalPath('/'), '/')
    assert.equal(canonicalPath(''), '')
  })

  test('ids are whole numbers that a contact can have', () => {
    assert.deepEqual(keyOf('default', '007'), { tenant: 'default', number: 7 })
    assert.deepEqual(keyOf('default', '2147483647'), { tenant: 'default', number: 2_147_483_647 })
    for (const id of ['0', '-1', '2147483648', '9'.repeat(400)]) {
      assert.throws(() => keyOf('default', id), /not-found/)
    }
    for (const id of ['', 'abc', '1.5', '1e3', ' 1', undefined]) {
      assert.throws(() => keyOf('default', id), /id-malformed/)
    }
  })
})

describe('queries', () => {
  test('options are found by their names, whatever the case and encoding', () => {
    assert.equal(optionIn('a=1&%24Select=name%2Cdepartment', '$select'), 'name,department')
    assert.equal(optionIn('$SELECT=a=b', '$select'), 'a=b')
    assert.equal(optionIn('$select', '$select'), '')
    assert.equal(optionIn('select=a', '$select'), undefined)
    assert.equal(optionIn('$select=%', '$select'), '%')
  })

  test('a selection names members; of a path, the first', () => {
    assert.deepEqual(readSelection('Name, category/id,,'), new Set(['name', 'category']))
    assert.equal(readSelection(undefined), undefined)
    assert.equal(readSelection(' , '), undefined)
  })
})

describe('media types', () => {
  test('all names of JSON are taken, and none', () => {
    for (const type of ['application/json; charset=utf-8', 'TEXT/JSON', 'application/merge-patch+json']) {
      requireJson({ 'content-type': type })
    }
    requireJson({})
    assert.throws(() => requireJson({ 'content-type': 'application/xml' }), /media-type-unsupported/)
  })

  test('no Accept is refused', () => {
    assert.equal(contentTypeFor({}), 'application/json; charset=utf-8')
    assert.equal(contentTypeFor({ accept: '*/*' }), 'application/json; charset=utf-8')
    assert.equal(contentTypeFor({ accept: 'image/png, text/json' }), 'text/json; charset=utf-8')
  })
})
