import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Parser, Store } from 'n3'
import { dossiers } from '../../core/testing/random-records.ts'
import { dossier, viewContext } from '../../core/testing/records.ts'
import { organizer } from './lens/organizer.ts'
import { facets } from './testing/inputs.ts'
import { turtleOf } from './turtle.ts'

const SCHEMA = 'https://schema.org/'

/** `language:text` of every literal that a predicate has. */
function textsOf(graph: Store, predicate: string): readonly string[] {
  return graph
    .getObjects(null, predicate, null)
    .map((object) => `${object.termType === 'Literal' ? object.language : ''}:${object.value}`)
    .sort()
}

function entriesOf(texts: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.entries(texts)
    .map(([language, text]) => `${language}:${text}`)
    .sort()
}

test('Turtle tells the facts of the document, whatever they are', () => {
  fc.assert(
    fc.property(dossiers({ dialectFacets: { uitdatabank: facets } }), (random) => {
      const view = organizer.get(random, viewContext())
      const graph = new Store(new Parser().parse(turtleOf(view)))
      assert.deepEqual(textsOf(graph, `${SCHEMA}name`), entriesOf(view.name))
      assert.deepEqual(textsOf(graph, `${SCHEMA}description`), entriesOf(view.description))
      const phones = new Set(view.contactPoint?.phone.map((number) => `:${number}`))
      assert.deepEqual(new Set(textsOf(graph, `${SCHEMA}telephone`)), phones)
      const emails = new Set(view.contactPoint?.email.map((address) => `:${address}`))
      assert.deepEqual(new Set(textsOf(graph, `${SCHEMA}email`)), emails)
      const countries = Object.values(view.address ?? {}).map(({ addressCountry }) => `:${addressCountry}`)
      assert.deepEqual(new Set(textsOf(graph, 'http://www.w3.org/ns/locn#adminUnitL1')), new Set(countries))
      assert.deepEqual(
        textsOf(graph, 'http://xmlns.com/foaf/0.1/homepage'),
        view.url === undefined ? [] : [`:${view.url}`],
      )
    }),
    { numRuns: 300 },
  )
})

test('Turtle can be read whatever a URL and a coordinate are', () => {
  const { organization } = dossier({
    links: [
      { id: '1-1', uri: 'https://voorbeeld.example/?q="a"&b=[1]', kind: 'website' },
      { id: '1-2', uri: 'https://voorbeeld.example/?"', kind: 'contact' },
    ],
    addresses: { coordinates: { latitude: 5e-7, longitude: -0.1 } },
  })
  const graph = new Store(
    new Parser().parse(turtleOf(organizer.get({ organization, people: [] }, viewContext()))),
  )
  const valuesOf = (predicate: string) => graph.getObjects(null, predicate, null).map(({ value }) => value)
  assert.deepEqual(valuesOf('http://xmlns.com/foaf/0.1/homepage'), [
    'https://voorbeeld.example/?q=%22a%22&b=[1]',
  ])
  assert.deepEqual(valuesOf(`${SCHEMA}url`), ['https://voorbeeld.example/?%22'])
  assert.deepEqual(valuesOf('http://www.w3.org/2003/01/geo/wgs84_pos#lat'), ['0.0000005'])
  assert.deepEqual(valuesOf('http://www.w3.org/2003/01/geo/wgs84_pos#long'), ['-0.1'])
})
