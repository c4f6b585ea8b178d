import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Violation } from '../../core/problem.ts'
import type { Json } from '../kit/json.ts'
import { violationsOfContactPoint } from './bodies.ts'
import { convertContactPoint, removeNulls } from './conversion.ts'
import { schemaErrorsOf } from './schema-errors.ts'

const noUri = "The data must match the 'uri' format"
const noEmail = "The data must match the 'email' format"
const noWebUrl = String.raw`The string should match pattern: ^http[s]?:\/\/\w`
const blank = String.raw`The string should match pattern: \S`
const notText = (actual: string) => `The data (${actual}) must match the type: string`
const tooShort = (limit: number, found: number) => `Minimum string length is ${limit}, found ${found}`

test('a contact point may be empty, partial, or hold what is not known', () => {
  const bodies = [
    {},
    { phone: [] },
    { contactPoint: { email: 5 } },
    { phone: ['x', null], url: ['https://x.be', 'https://x.be'], email: null },
  ]
  for (const body of bodies) assert.deepEqual(contactErrorsOf(body), [])
})

test('each value of a contact point is judged', () => {
  const phones = [`/phone/0 ${tooShort(1, 0)}`, `/phone/1 ${blank}`, `/phone/2 ${notText('integer')}`]
  assert.deepEqual(contactErrorsOf({ phone: ['', '  ', 5] }), phones)
  assert.deepEqual(contactErrorsOf({ email: ['info#publiq.be'] }), [`/email/0 ${noEmail}`])
  assert.deepEqual(contactErrorsOf({ url: ['x', 'ftp://x.be'] }), [`/url/0 ${noUri}`, `/url/1 ${noWebUrl}`])
})

test('the lists of a contact point are lists, reported as phone, email, url', () => {
  const noList = 'must match the type: array'
  assert.deepEqual(contactErrorsOf({ url: 'x' }), [`/url The data (string) ${noList}`])
  const all = [
    `/phone The data (object) ${noList}`,
    `/email The data (boolean) ${noList}`,
    `/url The data (integer) ${noList}`,
  ]
  assert.deepEqual(contactErrorsOf({ url: 1, email: true, phone: {} }), all)
})

test('errors of a legacy contact point tell places of the converted one', () => {
  const body = [{ type: 'url', value: 'https://x.be' }, { type: 'phone' }, { type: 'email', value: 'x' }]
  assert.deepEqual(contactErrorsOf(body), [`/phone/0 ${notText('null')}`, `/email/0 ${noEmail}`])
})

test('additional properties are listed', () => {
  const violation = { path: [], keyword: 'additionalProperties', params: { extra: ['mediaObjectId', 'b'] } }
  assert.deepEqual(textsOf([violation]), ['/ Additional object properties are not allowed: mediaObjectId, b'])
})

test('pointers escape what a pointer and a URI fragment can not hold', () => {
  const path = ['a/b', 'c~d', '@id', "é !'()*", 0, '-_.~\ud800']
  const pointer = '/a~1b/c~0d/%40id/%C3%A9%20%21%27%28%29%2A/0/-_.~0%EF%BF%BD'
  assert.equal(schemaErrorsOf([{ path, keyword: 'enum', params: {} }])[0]?.jsonPointer, pointer)
})

test('what lies beyond the schema has its own texts, and an image its plain @id', () => {
  const at = (path: Violation['path'], keyword: string, params = {}) => ({ path, keyword, params })
  const image = ['images', 0, '@id']
  const violations = [
    at([], 'rootType'),
    at(['name'], 'mainLanguage', { language: 'nl' }),
    at(['labels', 1], 'labelInBothLists', { label: 'Jeugd' }),
    at(image, 'imageWithoutId', { url: 'https://x.be' }),
    at(image, 'imageUnknown', { url: 'https://x.be/images/1', id: '1' }),
    at([], 'nameTooLong', { limit: 90 }),
  ]
  assert.deepEqual(textsOf(violations), [
    '/ Root element must be an array or object',
    '/name A value in the mainLanguage (nl) is required.',
    '/labels/1 Label "Jeugd" cannot be both in labels and hiddenLabels properties.',
    '/images/0/@id Image with @id "https://x.be" does not exist.',
    '/images/0/@id Image with @id "https://x.be/images/1" (id "1") does not exist.',
    '/ Given title should not be longer than 90 characters.',
  ])
})

function contactErrorsOf(body: Json): string[] {
  return textsOf(violationsOfContactPoint(convertContactPoint(removeNulls(body))))
}

function textsOf(violations: readonly Violation[]): string[] {
  return schemaErrorsOf(violations).map(({ jsonPointer, error }) => `${jsonPointer} ${error}`)
}
