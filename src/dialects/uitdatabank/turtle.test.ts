import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Parser, Store } from 'n3'
import { dossiers } from '../../core/testing/random-records.ts'
import { viewContext } from '../../core/testing/records.ts'
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
    fc.property(dossiers({ dialectFacets: { uitdatabank: facets } }), (dossier) => {
      const view = organizer.get(dossier, viewContext())
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
