import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Captures } from './matching.ts'
import { filled, isMatchingText, jsonDifferences } from './matching.ts'

const UUID = '00000000-0000-4000-8000-000000000001'

/** Each row: an expectation, a value that meets it, and values that do not. */
const rows: readonly (readonly [expected: unknown, met: unknown, ...broken: unknown[]])[] = [
  [1, 1, 2, '1', null, undefined, [1]],
  ['a', 'a', 'b', 'ab', null, undefined, ['a']],
  [null, null, undefined, 0, '', {}],
  [true, true, false, 1, undefined],
  [[], [], [1], {}, undefined],
  [[1, 2], [1, 2], [2, 1], [1], [1, 2, 3]],
  [{ a: 1 }, { a: 1 }, {}, { a: 1, b: 2 }, { a: 2 }, [], null, undefined],
  [{ a: { b: [1] } }, { a: { b: [1] } }, { a: { b: [1, 2] } }, { a: { b: [1], c: null } }],
  [{ a: 1, '{{...}}': '' }, { a: 1, b: 2 }, { b: 2 }, { a: 2 }],
  [[1, '{{...}}'], [1, 2], [2, 1], []],
  ['{{any}}', null, undefined],
  ['{{string}}', '', 1, null, undefined],
  ['{{number}}', 1.5, '1.5', null, undefined],
  ['{{uuid}}', UUID, 'no uuid', `${UUID}0`, 1, undefined],
  ['{{date}}', '2024-02-03', '3 February', 20240203, undefined],
  ['{{date}}', '2024-02-03T04:05:06+01:00', '2024-02-03T04'],
  ['{{date}}', '2024-02-03 04:05:06.123Z', 'on 2024-02-03'],
  ['{{date}}', 'Sat, 03 Feb 2024 04:05:06 GMT', 'Sat, 03 Feb 2024'],
  [
    '/organizers/{{uuid}}?n={{number}}',
    `/organizers/${UUID}?n=-3`,
    '/organizers/x?n=3',
    `/organizers/${UUID}?n=`,
  ],
  ['a.b (c)', 'a.b (c)', 'axb (c)'],
]

for (const [expected, met, ...broken] of rows) {
  test(`${JSON.stringify(expected)} is met by ${JSON.stringify(met)} only`, () => {
    assert.deepEqual(jsonDifferences(expected, met, new Map()), [])
    for (const found of broken) assert.equal(jsonDifferences(expected, found, new Map()).length > 0, true)
  })
}

test('differences name their place', () => {
  const differences = jsonDifferences({ a: [{ b: 1 }], c: 1 }, { a: [{ b: 2 }, 3], d: null }, new Map())
  assert.deepEqual(differences, [
    '$.a[0].b: expected 1, found 2',
    '$.a[1]: expected nothing, found 3',
    '$.c: expected 1, found nothing',
    '$.d: expected nothing, found null',
  ])
})

test('a captured value keeps its type', () => {
  const captures: Captures = new Map()
  assert.deepEqual(jsonDifferences({ id: '{{=ID}}' }, { id: 7 }, captures), [])
  assert.deepEqual(jsonDifferences(['{{ID}}', 'x{{ID}}'], [7, 'x7'], captures), [])
  assert.equal(jsonDifferences('{{ID}}', '7', captures).length, 1)
  assert.equal(filled('/contacts/{{ID}}', captures), '/contacts/7')
})

test('nothing is captured from an absent member', () => {
  assert.equal(jsonDifferences({ id: '{{=ID}}' }, {}, new Map()).length, 1)
})

test('text captures what stands in the place of the placeholder', () => {
  const captures: Captures = new Map()
  assert.equal(isMatchingText('W/"{{=TAG}}"', 'W/"a-1"', captures), true)
  assert.equal(captures.get('TAG'), 'a-1')
  assert.equal(isMatchingText('"{{=TAG}}"', '""', captures), false)
})

test('a name that was never captured is an error', () => {
  assert.throws(() => filled('{{ID}}', new Map()), /nothing was captured as ID/)
  assert.throws(() => jsonDifferences('{{ID}}', 1, new Map()), /nothing was captured as ID/)
  assert.throws(() => filled('{{any}}', new Map()), /cannot be sent/)
})
