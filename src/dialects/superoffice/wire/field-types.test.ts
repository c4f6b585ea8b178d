import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { decoded, EMPTY_VALUE, encoded, type FieldKind } from './field-types.ts'

describe('trap 13: encodings', () => {
  test('a checkbox and a date differ between the dictionaries', () => {
    assert.deepEqual(
      [encoded('checkbox', '1', 'udef'), encoded('checkbox', '1', 'custom')],
      ['True', '[I:1]'],
    )
    assert.deepEqual(
      [encoded('date', '1999-05-31', 'udef'), encoded('date', '1999-05-31', 'custom')],
      ['[D:05/31/1999 00:00:00.0000000]', '[DT:05/31/1999 00:00:00.0000000]'],
    )
  })

  const read: readonly (readonly [FieldKind, string, string | undefined])[] = [
    ['integer', '[I:42]', '42'],
    ['integer', ' 42 ', '42'],
    ['integer', '2147483648', undefined],
    ['integer', '-2147483648', '-2147483648'],
    ['integer', '4.5', undefined],
    ['decimal', '[F:4.430]', '4.43'],
    ['decimal', '[M:1.5]', '1.5'],
    ['decimal', '-0.0', '0'],
    ['decimal', '1e3', undefined],
    ['checkbox', 'TRUE', '1'],
    ['checkbox', '[I:0]', '0'],
    ['checkbox', '2', undefined],
    ['checkbox', 'constructor', undefined],
    ['date', '[D:05/05/1999]', '1999-05-05'],
    ['date', '1999-05-05T12:00:00', '1999-05-05'],
    ['date', '02/30/1999', undefined],
    ['date', '[D:01/01/0001 00:00:00.0000000]', ''],
    ['datetime', '[DT:03/28/2019 10:11:12.0000000]', '2019-03-28T10:11:12'],
    ['time', '[T:14:52]', '14:52:00'],
    ['time', '[DT:01/01/1760 09:34:44.0000000]', '09:34:44'],
    ['time', '24:00', undefined],
    ['timespan', '[TS:500]', '500'],
    ['list', '-1', undefined],
    ['text', '[I:3]', '[I:3]'],
    ['integer', '', '0'],
  ]
  for (const [kind, written, plain] of read) {
    test(`${kind} ${JSON.stringify(written)} is ${JSON.stringify(plain)}`, () => {
      assert.equal(decoded(kind, written), plain)
    })
  }

  test('what is written reads as what it was', () => {
    const kinds = Object.keys(EMPTY_VALUE) as FieldKind[]
    const texts = fc.constantFrom(
      '',
      '0',
      '7',
      '-4.5',
      'True',
      '2020-05-06',
      '2020-05-06T07:08:09',
      '23:59:59',
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        texts,
        fc.constantFrom('udef', 'extra', 'custom'),
        (kind, text, to) => {
          const plain = decoded(kind, text)
          if (plain !== undefined) assert.equal(decoded(kind, encoded(kind, plain, to)), plain)
        },
      ),
    )
  })
})
