import { deepEqual, equal, ok, throws } from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Problem } from '../../core/problem.ts'
import type { Json } from '../kit/json.ts'
import type { Operation } from './json-patch.ts'
import { readPatch } from './patches.ts'
import { JSON_PATCH_TYPE } from './wire.ts'

const DOCUMENT = { name: { full: 'x' }, list: [1, 2, 3] }

const patched = (operations: readonly Operation[], document: unknown = DOCUMENT) =>
  readPatch(operations as unknown as Json, JSON_PATCH_TYPE).apply(document)

const isRefused = (error: unknown) =>
  error instanceof Problem && error.is('refused') && error.facts.reason === 'patch-failed'

describe('a JSON Patch', () => {
  for (const [what, operation, after] of [
    ['adds a member', { op: 'add', path: '/a', value: null }, { ...DOCUMENT, a: null }],
    ['replaces by adding', { op: 'add', path: '/list', value: 1 }, { ...DOCUMENT, list: 1 }],
    ['adds into a list', { op: 'add', path: '/list/1', value: 9 }, { ...DOCUMENT, list: [1, 9, 2, 3] }],
    ['adds at the end', { op: 'add', path: '/list/-', value: 9 }, { ...DOCUMENT, list: [1, 2, 3, 9] }],
    ['adds behind the end', { op: 'add', path: '/list/3', value: 9 }, { ...DOCUMENT, list: [1, 2, 3, 9] }],
    ['removes', { op: 'remove', path: '/list/0' }, { ...DOCUMENT, list: [2, 3] }],
    [
      'moves within a list',
      { op: 'move', from: '/list/0', path: '/list/2' },
      { ...DOCUMENT, list: [2, 3, 1] },
    ],
    [
      'copies',
      { op: 'copy', from: '/name', path: '/list/-' },
      { ...DOCUMENT, list: [1, 2, 3, { full: 'x' }] },
    ],
    ['replaces all', { op: 'replace', path: '', value: 1 }, 1],
    ['removes all', { op: 'remove', path: '' }, undefined],
    ['moves a thing to where it is', { op: 'move', from: '/name', path: '/name' }, DOCUMENT],
    ['names what all objects have', { op: 'add', path: '/toString', value: 1 }, { ...DOCUMENT, toString: 1 }],
    ['unescapes', { op: 'add', path: '/~01~1', value: 1 }, { ...DOCUMENT, '~1/': 1 }],
  ] as const) {
    test(what, () => deepEqual(patched([operation]), after))
  }

  for (const [what, operation] of [
    ['what all objects share', { op: 'add', path: '/hasOwnProperty/shared', value: 1 }],
    ['what all lists share', { op: 'add', path: '/list/push/shared', value: 1 }],
    ['a name that all objects have', { op: 'remove', path: '/toString' }],
    ['where they have it', { op: 'move', from: '/toString/name', path: '/a' }],
    ['into a text', { op: 'replace', path: '/name/full/length', value: 1 }],
    ['the length of a list', { op: 'replace', path: '/list/length', value: 0 }],
    ['behind the end of a list', { op: 'replace', path: '/list/-', value: 0 }],
    ['far behind the end of a list', { op: 'add', path: '/list/5', value: 0 }],
    ['a number with zeros before it', { op: 'remove', path: '/list/01' }],
    ['into itself', { op: 'move', from: '/name', path: '/name/a' }],
    ['from nowhere', { op: 'copy', from: '/a', path: '/b' }],
  ] as const) {
    test(`reaches no place: ${what}`, () => {
      throws(() => patched([operation]), isRefused)
      equal(([].push as { shared?: number }).shared, undefined)
      equal((Object.prototype.hasOwnProperty as { shared?: number }).shared, undefined)
      equal(Object.prototype.toString.name, 'toString')
    })
  }

  test('has nothing to copy in a document that it has removed', () => {
    const copy = { op: 'copy', from: '/name', path: '/a' }
    throws(() => patched([{ op: 'remove', path: '' }, copy]), isRefused)
  })

  test('nests no deeper than a body may be, however it goes there', () => {
    const nested = (levels: number): Json => (levels === 0 ? 1 : [nested(levels - 1)])
    ok(patched([{ op: 'add', path: '/a', value: nested(63) }]))
    throws(() => patched([{ op: 'add', path: '/a', value: nested(64) }]), isRefused)
    const inner = `/b${'/0'.repeat(30)}`
    const adding = (path: string) => ({ op: 'add', path, value: nested(31) })
    throws(
      () =>
        patched([
          adding('/a'),
          adding('/b'),
          { op: 'move', from: '/a', path: `${inner}/0` },
          { op: 'copy', from: '/b', path: `/c` },
          adding('/d'),
          { op: 'move', from: '/b', path: '/d/0/0/0' },
        ]),
      isRefused,
    )
  })

  test('that does much with a large document is refused before long', () => {
    const document = { list: Array.from({ length: 1_000_000 }, () => 0) }
    const from = performance.now()
    for (const operation of [
      { op: 'add', path: '/list/0', value: 0 },
      { op: 'test', path: '/list', value: [] },
    ]) {
      const operations = Array.from({ length: 50_000 }, () => operation)
      throws(() => patched(operations, document), isRefused)
    }
    ok(performance.now() - from < 10_000)
  })

  test('that copies what it has copied, again and again, is refused before long', () => {
    const copy = { op: 'copy', from: '/list', path: '/list/0' }
    const from = performance.now()
    const operations = Array.from({ length: 40 }, () => copy)
    throws(() => patched(operations, { list: ['x'] }), isRefused)
    ok(performance.now() - from < 1_500)
    const large = { list: Array.from({ length: 100_000 }, () => 0) }
    const { length } = (patched([{ op: 'copy', from: '/list', path: '/more' }], large) as { more: [] }).more
    deepEqual(length, 100_000)
  })

  test('of many mistakes is told them in the time that it takes to read it', () => {
    const operations = Array.from({ length: 50_000 }, (_, at) => ({
      op: 'add',
      path: `/x~1${at}`,
      value: at,
    }))
    const { located } = readPatch(operations as unknown as Json, JSON_PATCH_TYPE)
    const from = performance.now()
    const told = located(operations.map((_, at) => ({ path: [`x/${at}`], keyword: 'a', params: {} })))
    deepEqual(told[49_999]?.path, [49_999, 'value'])
    ok(performance.now() - from < 5_000)
  })
})
