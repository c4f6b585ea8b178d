import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nameKey } from './name-key.ts'

const KEYS: readonly (readonly [key: string, ...names: string[]])[] = [
  ['de brug', 'De Brug', 'vzw De Brug', 'De Brug v.z.w.', 'DE BRUG (VZW)', ' De  Brug, vzw'],
  ['smorrebrod', 'Smørrebrød A/S', 'SMØRREBRØD AS', 'Smorrebrod aps', 'Smørrebrød ApS.'],
  ['musee dart', "Musée d'Art ASBL", 'musee d’art', 'Muse\u0301e d’Art'],
  ['strasse 12', 'Straße 12 GmbH', 'STRASSE 12 GmbH & Co. KG', 'strasse-12 e.V.'],
  ['n dag', 'ŉ Dag', '’n Dag', '＇n dag'],
  ['acme', 'Acme', 'ACME Ltd.', 'Acme, Inc', 'Acme Co., Ltd', 'Ａｃｍｅ'],
  ['vzw', 'vzw', 'VZW', 'V.Z.W.'],
  ['as roma', 'AS Roma', 'A.S. Roma'],
  ['株式会社 あ', '株式会社 あ'],
  ['한국', '한국', '한국'.normalize('NFD')],
]

for (const [key, ...names] of KEYS) {
  test(`${key} is the key of ${names.join(' | ')}`, () => {
    assert.deepEqual(new Set(names.map(nameKey)), new Set([key]))
  })
}

test('other words make another key', () => {
  assert.notEqual(nameKey('De Brug Gent'), nameKey('De Brug'))
  assert.notEqual(nameKey('Brug'), nameKey('De Brug'))
})

test('signs alone are their own key', () => {
  assert.equal(nameKey(' +++ '), '+++')
  assert.equal(nameKey(' '), '')
})

test('a key is its own key, and is blank only where the name is', () => {
  const names = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.lorem())
  fc.assert(
    fc.property(names, (name) => {
      const key = nameKey(name)
      assert.equal(nameKey(key), key)
      assert.equal(key === '', name.trim() === '')
    }),
    { numRuns: 1000 },
  )
})
