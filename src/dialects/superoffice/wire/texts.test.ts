import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { languageOf, textIn } from './texts.ts'

const RAW = 'NO:"Leverandør";US:"Supplier";GE:"Lieferant";'

describe('trap 14: texts', () => {
  const shown = {
    'nb-no': 'Leverandør',
    no: 'Leverandør',
    en: 'Supplier',
    'en-us': 'Supplier',
    de: 'Lieferant',
    'fr,de,ru,zh': 'Lieferant',
    fr: 'Supplier',
  }
  for (const [language, text] of Object.entries(shown)) {
    test(`${language} reads ${text}`, () => {
      assert.equal(textIn(RAW, language), text)
    })
  }

  test('without a language a text is as it is kept', () => {
    assert.equal(textIn(RAW, undefined), RAW)
    assert.equal(textIn('[SR_YES]', undefined), '[SR_YES]')
  })

  test('without English the first counts', () => {
    assert.equal(textIn('NO:"En";DA:"To"', 'fr'), 'En')
  })

  test('a text may hold quotes and semicolons', () => {
    assert.equal(textIn('US:"a "b"; c";NO:"d"', 'en'), 'a "b"; c')
  })

  test('what is no multi-language text stays', () => {
    for (const raw of ['US:"a', 'Supplier', 'US:"a";rest', 'us:"a"', '[SR_UNKNOWN]']) {
      assert.equal(textIn(raw, 'en'), raw)
    }
  })

  test('a text that was translated is not translated again', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('en', 'nb', 'xx'), (text, language) => {
        const once = textIn(`US:"${text.replaceAll('"', '')}"`, language)
        assert.equal(once, text.replaceAll('"', ''))
      }),
    )
  })

  test('takes a time that grows with the length only', () => {
    const started = performance.now()
    textIn(`US:"${'";'.repeat(200_000)}`, 'en')
    textIn('US:"a";'.repeat(100_000), 'en')
    assert.ok(performance.now() - started < 3_000)
  })
})

describe('trap 14: headers', () => {
  test('SO-Language beats Accept-Language', () => {
    assert.equal(languageOf({ 'so-language': 'nb', 'accept-language': 'en' }), 'nb')
    assert.equal(languageOf({ 'so-language': '*', 'accept-language': 'en' }), undefined)
  })

  for (const header of [undefined, '', '*', 'x', 'X', '-', ' ']) {
    test(`${JSON.stringify(header)} asks for no translation`, () => {
      assert.equal(languageOf({ 'accept-language': header }), undefined)
    })
  }

  test('languages are wanted by their weights', () => {
    assert.equal(languageOf({ 'accept-language': 'en;q=0.5, NB-no, *;q=0.1, fr;q=0' }), 'nb-no,en')
  })
})
