import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Problem } from '../../core/problem.ts'
import type { Query } from './lucene.ts'
import { parseLucene } from './lucene.ts'

/** A query as text with all its parentheses. */
function told(query: Query): string {
  if ('any' in query) return `(${query.any.map(told).join(' | ')})`
  if ('all' in query) return `(${query.all.map(told).join(' & ')})`
  if ('not' in query) return `!${told(query.not)}`
  const { field, test } = query
  const name = field.length === 0 ? '' : `${field.join('/')}:`
  if ('is' in test) return `${name}<${test.is}>`
  if ('range' in test) return `${name}${JSON.stringify(test.range)}`
  return `${name}${test.like.map((piece) => (typeof piece === 'string' ? `<${piece}>` : piece.wildcard)).join('')}`
}

describe('reading a query', () => {
  const rows: readonly (readonly [text: string, expected: string])[] = [
    ['a', '<a>'],
    ['a OR b AND c', '(<a> | (<b> & <c>))'],
    ['a AND b OR c', '((<a> & <b>) | <c>)'],
    ['a b OR c d', '((<a> & <b>) | (<c> & <d>))'],
    ['a && b || !c', '((<a> & <b>) | !<c>)'],
    ['NOT a AND NOT b', '(!<a> & !<b>)'],
    ['NOT NOT a', '<a>'],
    ['a -b +c', '(<a> & !<b> & <c>)'],
    ['a OR NOT (b OR c)', '(<a> | !(<b> | <c>))'],
    ['(a)(b)', '(<a> & <b>)'],
    ['  ( a )  ', '<a>'],
    ['ANDROID ORANGE NOTE', '(<ANDROID> & <ORANGE> & <NOTE>)'],
    ['x:a', 'x:<a>'],
    ['x: a', 'x:<a>'],
    ['address.\\*.postalCode:3000', 'address/*/postalCode:<3000>'],
    ['x:(a OR y:b)', '(x:<a> | y:<b>)'],
    ['x:(a -b)', '(x:<a> & !x:<b>)'],
    ['-x:a', '!x:<a>'],
    ['x:"a b"', 'x:<a b>'],
    ['x:"a \\"b\\" \\\\"', 'x:<a "b" \\>'],
    ['x:"*"', 'x:<*>'],
    ['x:a\\ b', 'x:<a b>'],
    ['x:a\\*b', 'x:<a*b>'],
    ['x:a*b?', 'x:<a>*<b>?'],
    ['x:https://a.b/c', 'x:<https://a.b/c>'],
    ['x:a^4 OR "b"^0.5', '(x:<a> | <b>)'],
    ['x:[a TO b]', 'x:{"from":"a","to":"b"}'],
    ['x:{a TO b}', 'x:{"from":"a","to":"b","excludes":"both"}'],
    ['x:[a TO b}', 'x:{"from":"a","to":"b","excludes":"to"}'],
    ['x:{a TO b]', 'x:{"from":"a","to":"b","excludes":"from"}'],
    ['x:[* TO *]', 'x:{}'],
    ['x:["a b" TO 2024-01-02T03:04:05+00:00]', 'x:{"from":"a b","to":"2024-01-02T03:04:05+00:00"}'],
  ]
  for (const [text, expected] of rows) {
    test(`${text} is ${expected}`, () => assert.equal(told(parseLucene(text)), expected))
  }
})

describe('a query that cannot be read', () => {
  const faults = [
    '',
    ' ',
    'OR',
    'a OR',
    'AND a',
    'a AND OR b',
    'NOT',
    'a AND',
    '(a',
    'a)',
    '()',
    'x:',
    'x:()',
  ]
  const others = [
    'x:"a',
    'x:[a TO b',
    'x:[a b]',
    'x:[TO b]',
    'a~',
    '"a b"~2',
    '/a/',
    'a\\',
    'x:}',
    'x : a',
    '"a"b',
  ]
  for (const text of [...faults, ...others]) {
    test(`is ${JSON.stringify(text)}`, () => {
      assert.throws(
        () => parseLucene(text),
        (fault) => fault instanceof Problem && fault.is('refused'),
      )
    })
  }

  // Parsers that try one reading after the other need exponential time for these.
  const hostile = [
    `${'NOT ('.repeat(15)}]`,
    '('.repeat(90_000),
    'NOT '.repeat(20_000),
    '- '.repeat(40_000),
    `x:${'\\"'.repeat(40_000)}~`,
    `"${'\\"'.repeat(40_000)}`,
    `[${' '.repeat(90_000)}`,
    `${'a '.repeat(1_001)}`,
  ]
  for (const text of hostile) {
    test(`is told at once, however long it is: ${text.slice(0, 12)}…`, () => {
      const start = process.hrtime.bigint()
      assert.throws(() => parseLucene(text))
      assert.ok(process.hrtime.bigint() - start < 500_000_000n)
    })
  }
})
