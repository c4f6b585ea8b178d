import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../kit/json.ts'
import { convertContactPoint, convertOrganizer, removeNulls } from './conversion.ts'

const place = { baseUrl: 'https://api.example', id: '6f0c' }
const own = { '@id': 'https://api.example/organizers/6f0c' }

test('nulls disappear at any depth, and the containers that held them stay', () => {
  const body = { name: { nl: null }, labels: [null], geo: null, a: [{ b: [null, 1] }] }
  assert.deepEqual(removeNulls(body), { name: {}, labels: [], a: [{ b: [1] }] })
})

test('items close up where a null stood between them', () => {
  assert.deepEqual(removeNulls([null, 'x', null, 'y']), ['x', 'y'])
})

test('a body without nulls stays the same value', () => {
  const body = { a: [{ b: 'null' }] }
  assert.equal(removeNulls(body), body)
})

test('a modern organizer stays as it is, but for its @id', () => {
  const body = {
    mainLanguage: 'nl',
    name: { nl: 'A' },
    url: 'https://x.be',
    labels: ['ab'],
    contactPoint: {},
    z: 1,
  }
  assert.deepEqual(converted({ ...body, '@id': 'https://elsewhere.example' }), { ...body, ...own })
})

test('a legacy name becomes the name in the main language', () => {
  assert.deepEqual(converted({ mainLanguage: 'fr', name: 'A' }), {
    mainLanguage: 'fr',
    name: { fr: 'A' },
    ...own,
  })
})

test('a legacy name stays where the main language is absent or falsy', () => {
  for (const language of ['', '0', 0, false, [], {}]) {
    assert.deepEqual(converted({ mainLanguage: language, name: 'A' }), {
      mainLanguage: language,
      name: 'A',
      ...own,
    })
  }
  assert.deepEqual(converted({ name: 'A' }), { name: 'A', ...own })
})

test('a name that is neither text nor object stays for the validator', () => {
  assert.deepEqual(converted({ mainLanguage: 'nl', name: true }), { mainLanguage: 'nl', name: true, ...own })
})

test('a legacy website becomes the url, unless there is one', () => {
  assert.deepEqual(converted({ website: 'https://x.be' }), { url: 'https://x.be', ...own })
  assert.deepEqual(converted({ website: 5 }), { url: 5, ...own })
  assert.equal(memberOf(converted({ website: 'https://x.be', url: 'https://y.be' }), 'url'), 'https://y.be')
})

test('a flat legacy address becomes the address in the main language', () => {
  const flat = {
    streetAddress: 'Markt 1',
    postalCode: '3000',
    addressLocality: 'Leuven',
    addressCountry: 'BE',
  }
  assert.deepEqual(memberOf(converted({ mainLanguage: 'nl', address: flat }), 'address'), { nl: flat })
})

test('a flat address joins the languages beside it, field by field', () => {
  const languages = { nl: { postalCode: '9000', addressCountry: 'BE' }, fr: { postalCode: '1000' } }
  const address = { ...languages, postalCode: '3000', streetAddress: 5 }
  const joined = { ...languages, nl: { postalCode: '3000', addressCountry: 'BE', streetAddress: 5 } }
  assert.deepEqual(memberOf(converted({ mainLanguage: 'nl', address }), 'address'), joined)
})

test('an address stays without a main language, without flat fields, or beside something that is no address', () => {
  const bodies = [
    { address: { postalCode: '3000' } },
    { mainLanguage: 'nl', address: {} },
    { mainLanguage: 'nl', address: 'Markt 1' },
    { mainLanguage: 'nl', address: { nl: 'Markt 1', postalCode: '3000' } },
  ]
  for (const body of bodies) assert.deepEqual(converted(body), { ...body, ...own })
})

test('a legacy contact replaces the contact point', () => {
  const contact = [mail('a@x.be'), { type: 'url', value: 'https://x.be' }, mail('b@x.be')]
  const contactPoint = { email: ['a@x.be', 'b@x.be'], url: ['https://x.be'] }
  assert.deepEqual(converted({ contact, contactPoint: { phone: ['1'] } }), { contactPoint, ...own })
})

test('a legacy contact that yields nothing leaves the contact point', () => {
  const contactPoint = { phone: ['1'] }
  for (const contact of [[], [{ type: 'fax', value: '1' }], ['a@x.be']]) {
    assert.deepEqual(converted({ contact, contactPoint }), { contactPoint, ...own })
  }
})

test('empty labels, hidden labels and images are dropped, other empty lists stay', () => {
  const empty = { labels: [], hiddenLabels: [], images: [], languages: [], description: {} }
  assert.deepEqual(converted(empty), { languages: [], description: {}, ...own })
})

test('an image gets its @id from its id, unless it has one', () => {
  const id = '46e9ea9f-fc42-4759-a81b-4308467b7c35'
  const images = [{ id }, { id, '@id': 'https://y.example/media/1' }, { id: 5 }, {}, 'x']
  const withIds = [{ id, '@id': `https://api.example/images/${id}` }, ...images.slice(1)]
  assert.deepEqual(memberOf(converted({ images }), 'images'), withIds)
})

test('a body that is no object stays as it is', () => {
  for (const body of [[], ['x'], 'x', 5, true, null]) assert.deepEqual(converted(body), body)
})

test('languages named like inherited members are languages like any other', () => {
  for (const language of ['constructor', '__proto__', 'toString']) {
    const body = converted({ mainLanguage: language, name: 'A', address: { postalCode: '3000' } })
    assert.deepEqual(Object.entries(memberOf(body, 'name') as object), [[language, 'A']])
    assert.deepEqual(Object.entries(memberOf(body, 'address') as object), [
      [language, { postalCode: '3000' }],
    ])
  }
})

test('a contact point as an object stays as it is', () => {
  const bodies = [{}, { phone: ['1'] }, { url: 'x' }, { contactPoint: { phone: ['1'] } }]
  for (const body of bodies) assert.equal(convertContactPoint(body), body)
})

test('a legacy contact point is grouped by type, in order, repeats included', () => {
  const body = [{ type: 'phone', value: '2' }, mail('b@x.be'), { type: 'phone', value: '1' }, mail('b@x.be')]
  assert.deepEqual(convertContactPoint(body), { phone: ['2', '1'], email: ['b@x.be', 'b@x.be'] })
})

test('an empty legacy contact point is an empty object', () => {
  assert.deepEqual(convertContactPoint([]), {})
})

test('legacy entries without a known type are left out', () => {
  const body = [
    { type: 'fax', value: '1' },
    { value: '1' },
    { type: ['phone'] },
    'phone',
    5,
    ['phone'],
    { type: 'constructor' },
  ]
  assert.deepEqual(convertContactPoint(body), {})
})

test('a legacy entry without a value keeps its place as null', () => {
  const body = removeNulls([{ type: 'phone', value: null }, { type: 'phone' }, { type: 'email', value: 5 }])
  assert.deepEqual(convertContactPoint(body), { phone: [null, null], email: [5] })
})

function converted(body: Json): Json {
  return convertOrganizer(body, place)
}

function memberOf(body: Json, name: string): Json | undefined {
  return (body as { readonly [name: string]: Json })[name]
}

function mail(value: string) {
  return { type: 'email', value }
}
