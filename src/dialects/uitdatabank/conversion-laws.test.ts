import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../kit/json.ts'
import { convertContactPoint, convertOrganizer, removeNulls } from './conversion.ts'

const place = { baseUrl: 'https://api.example', id: '6f0c' }

test('after the removal of nulls there is none, and a second removal changes nothing', () => {
  fc.assert(
    fc.property(json(), (body) => {
      const removed = removeNulls([body])
      assert.ok(!holdsNull(removed))
      assert.deepEqual(removeNulls(removed), removed)
    }),
  )
})

test('conversion never throws and never changes its input, whatever the JSON', () => {
  fc.assert(
    fc.property(fc.oneof(json(), organizerLike(['nl', 'postalCode', '__proto__'])), (body) => {
      const before = structuredClone(body)
      convertOrganizer(removeNulls(body), place)
      convertOrganizer(body, place)
      convertContactPoint(body)
      assert.deepEqual(body, before)
    }),
    { numRuns: 1000 },
  )
})

test('converting twice is converting once', () => {
  fc.assert(
    fc.property(organizerLike(), (body) => {
      const once = converted(removeNulls(body))
      assert.deepEqual(converted(once), once)
    }),
    { numRuns: 1000 },
  )
})

function converted(body: Json): Json {
  return convertOrganizer(body, place)
}

function holdsNull(value: Json): boolean {
  return JSON.stringify(value)
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
    .includes('null')
}

function json(): fc.Arbitrary<Json> {
  return fc.jsonValue() as fc.Arbitrary<Json>
}

/** Bodies in which the names that conversion knows hold anything at all. */
function organizerLike(mainLanguages = ['nl', 'constructor', '__proto__', '', '0']): fc.Arbitrary<Json> {
  const names = fc.constantFrom('id', '@id', 'type', 'value', 'nl', 'postalCode', '__proto__')
  const content = fc.oneof(json(), fc.dictionary(names, json(), { noNullPrototype: true }))
  const contents = fc.oneof(content, fc.array(content))
  const members = {
    ...{ name: contents, url: contents, website: contents, address: contents, labels: contents },
    ...{ images: contents, contact: contents, contactPoint: contents, hiddenLabels: contents },
    ...{ ['__proto__']: contents, mainLanguage: fc.oneof(fc.constantFrom(...mainLanguages), json()) },
  }
  return fc.record(members, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<Json>
}
