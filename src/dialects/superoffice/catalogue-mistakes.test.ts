import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { fieldMistakes } from './catalogue-mistakes.ts'
import { DEFINED } from './testing/contexts.ts'

describe('definitions of custom fields', () => {
  test('of every kind are taken', () => {
    assert.deepEqual(fieldMistakes(DEFINED), [])
    assert.deepEqual(fieldMistakes({}), [])
  })

  const wrong: readonly (readonly [string, unknown])[] = [
    ['needs a type', { label: 'A' }],
    ['has the member colour', { type: 'Number', colour: 1 }],
    ['has a default', { type: 'Number', default: 'many' }],
    ['has a textLength', { type: 'ShortText', textLength: 256 }],
    ['needs a list', { type: 'List' }],
    ['names the list nothing', { type: 'List', list: 'nothing' }],
    ['entries is no list', { type: 'List', entries: [{ Id: 0 }] }],
    ['mandatory is neither', { type: 'Number', mandatory: 'yes' }],
    ['is no field', 'text'],
  ]
  for (const [mistake, field] of wrong) {
    test(`${JSON.stringify(field)} ${mistake}`, () => {
      const [found = ''] = fieldMistakes({ customFields: [field] })
      assert.ok(found.includes(mistake), found)
    })
  }

  test('an extra field is named as in a database', () => {
    assert.match(
      fieldMistakes({ extraFields: [{ name: 'kleur', type: 'Integer' }] })[0] ?? '',
      /begins with x_/,
    )
  })

  test('all are told at once, keys that are taken too', () => {
    const customFields = [{ progId: 'a', type: 'Number' }, { progId: 'a' }, 7]
    assert.equal(fieldMistakes({ customFields }).length, 3)
  })

  test('a catalogue is a list, of so many', () => {
    const fields = (count: number) => Array.from({ length: count }, () => ({ type: 'Number' }))
    assert.equal(fieldMistakes({ customFields: {} }).length, 1)
    assert.deepEqual(fieldMistakes({ customFields: fields(500) }), [])
    assert.equal(fieldMistakes({ customFields: fields(501) }).length, 1)
  })
})
