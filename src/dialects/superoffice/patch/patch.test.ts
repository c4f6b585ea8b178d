import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { isSame } from '../../../core/dossier.ts'
import { Problem } from '../../../core/problem.ts'
import { dossiers } from '../../../core/testing/random-records.ts'
import { dossier, putContext } from '../../../core/testing/records.ts'
import type { Json, JsonObject } from '../../kit/json.ts'
import { readEntity } from '../entity.ts'
import { contact } from '../lens/contact.ts'
import { wholeEntity } from '../replies.ts'
import { PATCH_LIMIT, WHEN_ABSENT } from '../wire.ts'
import { patched, readPatch } from './patch.ts'

const CONTEXT = putContext()
const PHONES = [{ id: '1-1', number: '016 00 00 00', kind: 'voice' }] as const
const entityOf = (record = dossier({ phones: PHONES })) => wholeEntity(contact.get(record, CONTEXT), CONTEXT)
const after = (patch: Json, entity = entityOf()) =>
  patched(entity, readPatch(patch)) as unknown as Readonly<Record<string, Json>>
const op = (name: string, path: string, value?: Json): JsonObject => ({
  op: name,
  path,
  value: value ?? null,
})
const isRefused = (reason: string) => (error: unknown) =>
  error instanceof Problem && error.is('refused') && error.facts.reason === reason

describe('trap 3: paths', () => {
  for (const path of ['/Department', 'Department', 'department', '/DEPARTMENT']) {
    test(`${path} names the department`, () => {
      assert.equal(after([op('replace', path, 'X')])['Department'], 'X')
    })
  }

  test('keys of dictionaries keep their case, and a colon is a colon', () => {
    const patch = [op('add', 'customfields/SuperOffice:1', 'a'), op('add', 'CustomFields/superoffice:1', 'b')]
    assert.deepEqual(after(patch)['CustomFields'], { 'SuperOffice:1': 'a', 'superoffice:1': 'b' })
  })

  test('a reference that is null gets what is said of it', () => {
    assert.deepEqual(after([op('replace', 'TicketPriority/Id', 2)])['TicketPriority'], { Id: 2 })
  })

  for (const path of [
    '',
    '/',
    '/Nothing',
    '/Phones/7',
    '/Phones/01',
    '/Phones/-1',
    '/Name/x',
    '/~2',
    '/__proto__/x',
  ]) {
    test(`${JSON.stringify(path)} leads nowhere`, () => {
      assert.throws(() => after([op('replace', path, 'x')]), isRefused('patch-path'))
    })
  }

  test('no prototype is reached', () => {
    assert.throws(() => after([op('add', 'CustomFields/__proto__', { x: 1 })]), isRefused('patch-path'))
    assert.throws(() => after([op('add', 'constructor/prototype/x', 1)]), isRefused('patch-path'))
    assert.equal(({} as { x?: unknown }).x, undefined)
  })
})

describe('operations', () => {
  test('are applied in turn', () => {
    const patch = [
      op('add', 'Phones/-', { Value: '112' }),
      op('remove', 'Phones/0'),
      op('test', 'Phones/0/Value', '112'),
    ]
    assert.deepEqual(after(patch)['Phones'], [{ Value: '112' }])
  })

  test('a test compares whole values, whatever the order of members', () => {
    const entity = entityOf()
    after([op('test', 'Address', JSON.parse(JSON.stringify(entity['Address'])))])
    assert.throws(() => after([op('test', 'Name', 'x')]), isRefused('patch-test'))
    assert.throws(() => after([op('test', 'Nothing', null)]), isRefused('patch-test'))
  })

  for (const name of ['move', 'copy', 'increment', '']) {
    test(`${JSON.stringify(name)} is none`, () => {
      assert.throws(() => after([op(name, 'Name', 'x')]), isRefused('patch-operation'))
    })
  }

  test('so many are taken, and no more', () => {
    const many = (count: number) => Array.from({ length: count }, () => op('test', 'Department', ''))
    after(many(PATCH_LIMIT))
    assert.throws(() => after(many(PATCH_LIMIT + 1)), isRefused('too-many'))
    const keys = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`x_${at}`, '1']))
    after({ CustomFields: keys(PATCH_LIMIT) })
    assert.throws(() => after({ CustomFields: keys(PATCH_LIMIT + 1) }), isRefused('too-many'))
  })

  test('an interest that is removed is deselected, and no other moves', () => {
    const patch = [op('replace', 'Interests/0/Selected', true), op('remove', 'Interests/0')]
    const interests = after(patch)['Interests'] as readonly JsonObject[]
    assert.equal(interests.length, 5)
    assert.equal(interests[0]?.['Selected'], false)
  })
})

describe('trap 4: merging', () => {
  test('an object is appended to an array, an array replaces it', () => {
    const appended = after({ phones: { value: '112' } })['Phones'] as readonly unknown[]
    assert.equal(appended.length, 2)
    assert.deepEqual(after({ Phones: [{ Value: '112' }] })['Phones'], [{ Value: '112' }])
  })

  test('objects are merged, null blanks, what an entity has not is ignored', () => {
    const merged = after({ Country: { CountryId: 578 }, Department: null, utmParameters: { a: 1 } })
    assert.deepEqual(
      [
        (merged['Country'] as JsonObject)['CountryId'],
        (merged['Country'] as JsonObject)['Name'],
        merged['Department'],
      ],
      [578, 'Belgium', null],
    )
  })
})

describe('delta law', () => {
  const names = [
    'Name',
    'Department',
    'OrgNr',
    'Emails',
    'Phones',
    'Category',
    'CustomFields',
    'Domains',
    'Country',
  ] as const

  test('a patch of nothing edits nothing, in both kinds', () => {
    fc.assert(
      fc.property(dossiers({ states: ['active'] }), fc.subarray([...names]), (record, members) => {
        const entity = entityOf(record)
        const values = members.map((name) => [name, entity[name] ?? null] as const)
        for (const patch of [
          values.map(([name, value]) => op('replace', name, value)),
          Object.fromEntries(values),
        ]) {
          const input = readEntity(patched(entity, readPatch(patch as Json)), WHEN_ABSENT)
          assert.ok(isSame(contact.put(record, input, CONTEXT), record))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('putting operations is putting what they make of the view', () => {
    const edits = fc.constantFrom<readonly [string, Json]>(
      ['Department', 'Dienst'],
      ['Emails', [{ Value: 'nieuw@elders.example' }]],
      ['NoMailing', true],
      ['Category', { Id: 3 }],
      ['Domains', ['a.example']],
    )
    fc.assert(
      fc.property(dossiers({ states: ['active'] }), fc.array(edits, { maxLength: 4 }), (record, sent) => {
        const entity = entityOf(record)
        const operations = sent.map(([path, value]) => op('replace', path, value))
        const made = readEntity(patched(entity, readPatch(operations)), WHEN_ABSENT)
        const written = readEntity({ ...entity, ...Object.fromEntries(sent) }, WHEN_ABSENT)
        assert.ok(isSame(contact.put(record, made, CONTEXT), contact.put(record, written, CONTEXT)))
      }),
      { numRuns: 60 },
    )
  })

  test('whatever is sent, it is taken or refused', () => {
    const paths = fc.constantFrom(
      'Phones/0',
      'Phones/-',
      'Address',
      'Address/Street/City',
      'Interests/1',
      'Category/Id',
      'x',
    )
    const operations = fc.record({
      op: fc.constantFrom('add', 'replace', 'remove', 'test', 'move'),
      path: paths,
      value: fc.jsonValue(),
    })
    fc.assert(
      fc.property(fc.oneof(fc.array(operations), fc.jsonValue()), (patch) => {
        try {
          readEntity(patched(entityOf(), readPatch(patch as Json)), WHEN_ABSENT)
        } catch (error) {
          assert.ok(error instanceof Problem, String(error))
        }
      }),
    )
  })
})
