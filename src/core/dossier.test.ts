import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { differencesBetween, holderOf, isSame, withPerson, withRole } from './dossier.ts'
import { dossiers } from './testing/random-records.ts'
import { dossier, organization, person, uuid } from './testing/records.ts'

const ANN = person({ number: 1 })
const BRAM = person({ number: 2 })

test('values are the same whatever the order of their members', () => {
  assert.equal(isSame({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 }), true)
  assert.equal(isSame({ a: undefined, b: 1 }, { b: 1 }), true)
})

test('values that differ anywhere are not the same', () => {
  const pairs = [
    [1, '1'],
    [null, undefined],
    [null, {}],
    [[], {}],
    [[1], [1, 2]],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: 1 }, { b: 1 }],
    [{ a: 1 }, { a: 1, b: null }],
    [{ a: undefined }, { b: 1 }],
  ]
  for (const [left, right] of pairs) {
    assert.equal(isSame(left, right), false)
    assert.equal(isSame(right, left), false)
  }
})

test('a copy of any dossier is the same, and differs in no part', () => {
  fc.assert(
    fc.property(dossiers(), (original) => {
      const copy = structuredClone(original)
      assert.equal(isSame(original, copy), true)
      assert.deepEqual(differencesBetween(original.organization, copy.organization), {})
    }),
  )
})

test('each part that differs is told with its value before and after', () => {
  const before = organization({ note: 'a', facets: { kare: { x: 1 }, own: { y: 1 } } })
  const after = {
    ...before,
    note: 'b',
    department: 'c',
    facets: { kare: { x: 1 }, more: { z: 1 } },
    version: 9,
  }
  assert.deepEqual(differencesBetween(before, after), {
    department: [undefined, 'c'],
    note: ['a', 'b'],
    'facets.own': [{ y: 1 }, undefined],
    'facets.more': [undefined, { z: 1 }],
  })
})

test('the order of a list is content, the order of translations is not', () => {
  const before = organization({ contributors: ['a', 'b'], name: { nl: 'x', fr: 'y' } })
  const after = { ...before, contributors: ['b', 'a'], name: { fr: 'y', nl: 'x' } }
  assert.deepEqual(Object.keys(differencesBetween(before, after)), ['contributors'])
})

test('the holder of a role is found among the people that are there', () => {
  const held = dossier({ roles: { support: ANN.id, 'primary-contact': uuid(999) } }, [BRAM, ANN])
  assert.equal(holderOf(held, 'support'), ANN)
  assert.equal(holderOf(held, 'primary-contact'), undefined)
  assert.equal(holderOf(held, 'technical-contact'), undefined)
})

test('a role that does not change leaves the roles as they are', () => {
  const roles = { support: ANN.id }
  assert.equal(withRole(roles, 'support', ANN.id), roles)
  assert.equal(withRole(roles, 'primary-contact', undefined), roles)
  assert.deepEqual(withRole(roles, 'support', undefined), {})
})

test('a person takes the place of the one with the same id, or comes last', () => {
  const before = dossier({}, [ANN, BRAM])
  const edited = { ...ANN, title: 'Directeur' }
  assert.deepEqual(withPerson(before, edited).people, [edited, BRAM])
  assert.deepEqual(withPerson(dossier({}, [ANN]), BRAM).people, [ANN, BRAM])
  assert.equal(withPerson(before, ANN), before)
})
