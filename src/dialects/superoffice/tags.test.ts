import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { dossier, viewContext } from '../../core/testing/records.ts'
import { isUnmodified, requireUnmodified, requireWritable } from './conditional.ts'
import { tagOf, versionIn } from './tags.ts'

const JSON_TYPE = 'application/json; charset=utf-8'
const found = (version: number, more: Parameters<typeof viewContext>[0] = {}) => ({
  dossier: dossier({ version }),
  context: viewContext(more),
})
const tag = (version: number, more = {}, variant = {}) =>
  tagOf(found(version, more), { contentType: JSON_TYPE, ...variant })
const { organization } = found(3).dossier
const AT = '2024-05-06T07:08:09.123Z'

describe('tags', () => {
  test('differ wherever the bytes may', () => {
    const tags = [
      tag(3),
      tag(4),
      tag(3, { language: 'nl' }),
      tag(3, { timeZone: 'NO' }),
      tag(3, {}, { selection: new Set(['name']) }),
      tag(3, {}, { contentType: 'text/xml; charset=utf-8' }),
      tag(3, {}, { of: 'Simple' }),
    ]
    assert.equal(new Set(tags).size, tags.length)
    assert.equal(tag(3), tag(3))
  })

  test('name the version, whatever else they tell', () => {
    assert.equal(versionIn(tag(3)), 3)
    assert.equal(versionIn(tag(3, { language: 'nl' })), 3)
    for (const other of ['*', 'W/"3.0.1"', '"3"', '3.0.1', '']) assert.equal(versionIn(other), undefined)
  })

  test('If-Match stops a write on another version, and is all that counts then', () => {
    const early = 'Sun, 06 Nov 1994 08:49:37 GMT'
    requireWritable({ 'if-match': `"x", ${tag(3)}`, 'if-unmodified-since': early }, organization, AT)
    requireWritable({ 'if-match': '*' }, organization, AT)
    for (const match of [tag(2), `W/${tag(3)}`, '', 'x']) {
      assert.throws(() => requireUnmodified({ 'if-match': match }, organization, AT), /if-match/)
    }
  })

  test('If-None-Match stops a write on this version', () => {
    requireWritable({ 'if-none-match': tag(2) }, organization, AT)
    for (const match of ['*', tag(3)]) {
      assert.throws(() => requireWritable({ 'if-none-match': match }, organization, AT), /if-none-match/)
    }
  })

  test('a reader who has it is told so, and times do not count then', () => {
    const late = 'Sun, 06 Nov 2094 08:49:37 GMT'
    assert.equal(isUnmodified({ 'if-none-match': `W/${tag(3)}` }, organization, tag(3), AT), true)
    const other = { 'if-none-match': tag(2), 'if-modified-since': late }
    assert.equal(isUnmodified(other, organization, tag(3), AT), false)
  })
})
