import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  domainKey,
  emailKey,
  isSimilarEmail,
  isSimilarPhone,
  isSimilarUri,
  phoneKey,
  urlKey,
} from './keys.ts'

/** @see specs/uitdatabank.md 1.3 */
const urls: readonly (readonly [key: string, ...given: string[]])[] = [
  [
    'decorridor.be',
    'http://decorridor.be',
    'https://decorridor.be/',
    'http://www.decorridor.be/',
    'https://www.decorridor.be',
    'HTTPS://Decorridor.BE',
    'decorridor.be',
    'www.decorridor.be//',
    'https://ann:x@decorridor.be',
    ' https://decorridor.be ',
  ],
  ['decorridor.be/path', 'https://www.decorridor.be/path/', 'decorridor.be/PATH'],
  [
    'decorridor.be/?query=true',
    'https://www.decorridor.be?query=true',
    'https://www.decorridor.be/?query=true',
  ],
  ['decorridor.be/#fragment', 'https://www.decorridor.be/#fragment', 'https://decorridor.be#fragment'],
  ['decorridor.be:8443/a?b#c', 'https://www.decorridor.be:8443/a/?b#c'],
  ['www.decorridor.be', 'https://www.www.decorridor.be'],
  ['aunique.be', 'https://aunique.be'],
  ['unique.be', 'https://unique.be'],
]

for (const [key, ...given] of urls) {
  test(`${key} is the key of ${given.join(', ')}`, () => {
    assert.deepEqual(new Set(given.map(urlKey)), new Set([key]))
  })
}

test('a key is found for any text', () => {
  for (const text of ['', ' ', 'geen website', 'mailto:a@b', '://', '😀', 'a\nb'])
    assert.equal(typeof urlKey(text), 'string')
})

test('phones are matched on their last eight digits, however they are written', () => {
  assert.deepEqual(
    new Set(['016 00 00 00', '016/000.000', '(016) 00-00-00'].map(phoneKey)),
    new Set(['16000000']),
  )
  assert.equal(phoneKey('+32 16 00 00 00'), '16000000')
  assert.deepEqual([phoneKey('112'), phoneKey('na 18 uur'), phoneKey('geen')], ['112', '18', ''])
})

test('the domain of an address does not depend on its case, the rest does', () => {
  assert.equal(emailKey('Info@Voorbeeld.Example'), 'Info@voorbeeld.example')
  assert.equal(emailKey('"a@b"@C.d'), '"a@b"@c.d')
  assert.equal(emailKey('No Domain'), 'No Domain')
})

test('similar values may be edits of one another', () => {
  assert.equal(isSimilarPhone('016 11 22 33', '+32 2 11 22 33'), true)
  assert.equal(isSimilarPhone('016 11 22 33', '016 11 22 34'), false)
  assert.equal(isSimilarEmail('ann@X.example', 'bram@x.EXAMPLE'), true)
  assert.equal(isSimilarEmail('ann@x.example', 'ann@y.example'), false)
  assert.equal(isSimilarUri('https://www.x.example/a', 'x.example/b?c'), true)
  assert.equal(isSimilarUri('https://x.example', 'https://y.example'), false)
})

test('values without anything to compare are not similar', () => {
  assert.equal(isSimilarPhone('geen', 'geen'), false)
  assert.equal(isSimilarEmail('ann', 'ann'), false)
  assert.equal(isSimilarUri('', ''), false)
})

test('a domain is the same in a mail address, a link and alone', () => {
  const texts = [
    'acme.example',
    'ACME.example.',
    'info@Acme.example',
    '"a@b"@acme.example',
    'mailto:info@acme.example?subject=x',
    'https://www.acme.example:8443/a@b?c=d#e',
    '//acme.example/x',
    'http://ann:x@acme.example',
    'www.acme.example/over',
    'acme.example:80',
  ]
  assert.deepEqual(new Set(texts.map(domainKey)), new Set(['acme.example']))
  assert.equal(domainKey('www.be'), 'www.be')
  assert.equal(domainKey('www.www.be'), 'www.be')
  assert.equal(domainKey('https://Bücher.example'), 'bücher.example')
})

test('what is no domain has no key', () => {
  for (const text of [
    '',
    ' ',
    '@',
    'localhost',
    'tel:+32',
    'a b.be',
    'a..be',
    '.be',
    '://',
    'info@',
    '-',
    '[::1]',
  ])
    assert.equal(domainKey(text), '', text)
})
