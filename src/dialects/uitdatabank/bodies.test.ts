import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../kit/json.ts'
import { type OrganizerBody, violationsOfOrganizer } from './bodies.ts'
import { schemaErrorsOf } from './schema-errors.ts'

const noUri = "The data must match the 'uri' format"
const notInEnum = 'The data should match one item from enum'
const noWebUrl = String.raw`The string should match pattern: ^http[s]?:\/\/\w`
const empty = 'Object must have at least 1 properties, 0 found'

test('an organizer needs a main language, a url and a name', () => {
  const all = '/ The required properties (mainLanguage, url, name) are missing'
  assert.deepEqual(errorsOf({}), [all])
  assert.deepEqual(errorsOf({ url: 'x', geo: 5 }), [
    '/ The required properties (mainLanguage, name) are missing',
  ])
})

test('each of them is judged when all are there', () => {
  const errors = [`/mainLanguage ${notInEnum}`, `/url ${noUri}`, `/name ${empty}`]
  assert.deepEqual(errorsOf({ name: {}, url: 'x', mainLanguage: 'es' }), errors)
})

test('an organizer is an object', () => {
  assert.deepEqual(errorsOf([]), ['/ The data (array) must match the type: object'])
})

const port = 'https://x.be:65536'
for (const url of ['www.publiq.be', 'info', '', 'https://x.be/a b', 'https://x_y.be', 'https://é.be', port]) {
  test(`the url ${JSON.stringify(url)} is no uri`, () => {
    assert.deepEqual(errorsOf(organizer({ url })), [`/url ${noUri}`])
  })
}

for (const url of ['ftp://x.be', 'mailto:a@b.c', 'https://', 'HTTPS://x.be', 'http://[::1]/']) {
  test(`the url ${url} is a uri, but no web address`, () => {
    assert.deepEqual(errorsOf(organizer({ url })), [`/url ${noWebUrl}`])
  })
}

test('errors come in the order of the schema, not of the body', () => {
  const order = (
    'mainLanguage url name description educationalDescription address geo contactPoint images mainImage ' +
    'labels hiddenLabels created workflowStatus languages completedLanguages modified creator contributors completeness'
  ).split(' ')
  const body = Object.fromEntries(order.toReversed().map((name) => [name, false]))
  assert.deepEqual(
    violationsOfOrganizer(body).map(({ path }) => path[0]),
    order,
  )
})

function errorsOf(body: Json): string[] {
  return schemaErrorsOf(violationsOfOrganizer(body)).map(
    ({ jsonPointer, error }) => `${jsonPointer} ${error}`,
  )
}

function organizer(properties: Json): Json {
  const body: OrganizerBody = {
    mainLanguage: 'nl',
    name: { nl: 'Voorbeeld vzw' },
    url: 'https://voorbeeld.example',
  }
  return { ...body, ...(properties as object) }
}
