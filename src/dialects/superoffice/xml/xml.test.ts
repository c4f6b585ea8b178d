import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { isSame } from '../../../core/dossier.ts'
import { Problem } from '../../../core/problem.ts'
import { dossiers } from '../../../core/testing/random-records.ts'
import { putContext } from '../../../core/testing/records.ts'
import { readEntity } from '../entity.ts'
import { readForm } from '../form.ts'
import { contact } from '../lens/contact.ts'
import { wholeEntity } from '../replies.ts'
import { WHEN_ABSENT } from '../wire.ts'
import { readXml } from './read.ts'
import { xmlOf } from './write.ts'

const CONTEXT = putContext()
const isSyntax = (error: unknown) => error instanceof Problem && error.is('body-syntax')

describe('XML', () => {
  test('an entity that was read as XML and is written back edits nothing', () => {
    fc.assert(
      fc.property(dossiers({ states: ['active'] }), (record) => {
        const document = xmlOf('ContactEntity', wholeEntity(contact.get(record, CONTEXT), CONTEXT))
        // XML can not tell all that a text may hold, and joins line ends.
        fc.pre(!document.includes('\ufffd'))
        const input = readEntity(readXml(document), WHEN_ABSENT)
        assert.ok(isSame(contact.put(record, input, CONTEXT), record))
      }),
      { numRuns: 80 },
    )
  })

  test('reads texts with references and sections', () => {
    const xml = '<ContactEntity><Name>A &amp; B&#233;<![CDATA[<&amp;>]]></Name><Category/></ContactEntity>'
    assert.deepEqual(readXml(xml), { Name: 'A & Bé<&amp;>', Category: null })
  })

  test('lists and dictionaries are told by their names', () => {
    const xml =
      '<c><Domains><string>a</string></Domains><CustomFields><Item><Key>SuperOffice:1</Key><Value>x</Value></Item></CustomFields></c>'
    assert.deepEqual(readXml(xml), { Domains: ['a'], CustomFields: { 'SuperOffice:1': 'x' } })
  })

  const refused = [
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    '<a>&x;</a>',
    '<a>&</a>',
    '<a>&#0;</a>',
    '<a>&#xD800;</a>',
    '<a>&#x110000;</a>',
    '<a/><b/>',
    '<a><b/><b/></a>',
    '<a></b>',
    '<a',
    'Name',
    '<a><__proto__>1</__proto__></a>',
    '<a><CustomFields><Item><Key>__proto__</Key></Item></CustomFields></a>',
    `${'<a>'.repeat(33)}${'</a>'.repeat(33)}`,
  ]
  for (const xml of refused) {
    test(`refuses ${xml.slice(0, 60)}`, () => {
      assert.throws(() => readXml(xml), isSyntax)
    })
  }

  test('takes a time that grows with the length only', () => {
    const started = performance.now()
    for (const piece of ['<a>', '<!--', '<![CDATA[', '<?', '&amp;', '<a b="c" ']) {
      assert.throws(() => readXml(piece.repeat(900_000 / piece.length)), isSyntax)
    }
    assert.ok(performance.now() - started < 10_000)
  })
})

describe('forms', () => {
  test('paths are written with dots or brackets', () => {
    const form =
      'Name=A+b&Category.Id=2&Emails[1].Value=c&Emails[0][Value]=a%40b&CustomFields[SuperOffice:1.x]=1'
    assert.deepEqual(readForm(form), {
      Name: 'A b',
      Category: { Id: '2' },
      Emails: [{ Value: 'a@b' }, { Value: 'c' }],
      CustomFields: { 'SuperOffice:1.x': '1' },
    })
  })

  test('a dictionary may be pairs of a key and a value', () => {
    assert.deepEqual(readForm('CustomFields[0].Key=x_a&CustomFields[0].Value=1'), {
      CustomFields: { x_a: '1' },
    })
  })

  for (const form of [
    '__proto__.x=1',
    'a=1&a=2',
    'a=1&a.b=2',
    'a[b=1',
    '=1',
    'a=%FF',
    'a=%00',
    `${'a.'.repeat(17)}b=1`,
  ]) {
    test(`refuses ${form.slice(0, 40)}`, () => {
      assert.throws(() => readForm(form), isSyntax)
    })
  }
})
