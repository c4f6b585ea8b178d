import type { BlankNode, Literal, NamedNode } from 'n3'
import { DataFactory, Writer } from 'n3'
import type { OrganizerView } from './wire.ts'

const { blankNode, literal, namedNode, quad } = DataFactory

const PREFIXES = {
  adms: 'http://www.w3.org/ns/adms#',
  dcterms: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  geo: 'http://www.w3.org/2003/01/geo/wgs84_pos#',
  locn: 'http://www.w3.org/ns/locn#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  schema: 'https://schema.org/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const

type Prefix = keyof typeof PREFIXES

function term(prefix: Prefix, name: string) {
  return namedNode(`${PREFIXES[prefix]}${name}`)
}

/** A URL that a client sent: queries may hold what no IRI may, quotes above all. @see RDF 1.1 Turtle §6.4 */
function resource(url: string) {
  return namedNode(url.replace(/[\0-\x20<>"{}|^`\\]/g, encodeURIComponent))
}

/** Never with an exponent. @see XML Schema 1.1-2 §3.3.3 */
function degrees(value: number): string {
  return value.toFixed(12).replace(/\.?0+$/, '')
}

/** The facts of an organizer as RDF 1.1 Turtle, in the terms of schema.org, the ISA Core Location Vocabulary and ADMS. */
export function turtleOf(view: OrganizerView): string {
  const writer = new Writer({ prefixes: PREFIXES })
  const subject = namedNode(view['@id'])
  const add = (about: NamedNode | BlankNode, predicate: NamedNode, object: NamedNode | BlankNode | Literal) =>
    writer.addQuad(quad(about, predicate, object))
  const translated = (predicate: NamedNode, texts: Readonly<Record<string, string>> = {}) => {
    for (const [language, text] of Object.entries(texts)) add(subject, predicate, literal(text, language))
  }

  add(subject, term('rdf', 'type'), term('schema', 'Organization'))
  add(subject, term('rdf', 'type'), term('foaf', 'Organization'))
  const identifier = blankNode('identifier')
  add(subject, term('adms', 'identifier'), identifier)
  add(identifier, term('rdf', 'type'), term('adms', 'Identifier'))
  add(identifier, term('adms', 'schemaAgency'), literal('https://data.publiq.be'))
  add(identifier, term('dcterms', 'identifier'), literal(view['@id'], term('xsd', 'anyURI')))
  add(subject, term('dcterms', 'created'), literal(view.created, term('xsd', 'dateTime')))
  add(subject, term('dcterms', 'modified'), literal(view.modified, term('xsd', 'dateTime')))
  add(subject, term('adms', 'status'), literal(view.workflowStatus))
  translated(term('schema', 'name'), view.name)
  translated(term('schema', 'description'), view.description)
  translated(term('schema', 'educationalUse'), view.educationalDescription)
  if (view.url !== undefined) add(subject, term('foaf', 'homepage'), resource(view.url))

  for (const [language, address] of Object.entries(view.address ?? {})) {
    const node = blankNode(`address-${language}`)
    add(subject, term('locn', 'address'), node)
    add(node, term('rdf', 'type'), term('locn', 'Address'))
    add(node, term('locn', 'adminUnitL1'), literal(address.addressCountry))
    add(node, term('locn', 'postCode'), literal(address.postalCode))
    add(node, term('locn', 'postName'), literal(address.addressLocality, language))
    add(node, term('locn', 'fullAddress'), literal(address.streetAddress, language))
  }
  if (view.geo !== undefined) {
    const point = blankNode('location')
    add(subject, term('locn', 'location'), point)
    add(point, term('geo', 'lat'), literal(degrees(view.geo.latitude), term('xsd', 'decimal')))
    add(point, term('geo', 'long'), literal(degrees(view.geo.longitude), term('xsd', 'decimal')))
  }
  const { phone = [], email = [], url = [] } = view.contactPoint ?? {}
  for (const [at, [predicate, value]] of [
    ...phone.map((number) => ['telephone', literal(number)] as const),
    ...email.map((address) => ['email', literal(address)] as const),
    ...url.map((address) => ['url', resource(address)] as const),
  ].entries()) {
    const point = blankNode(`contact-${at}`)
    add(subject, term('schema', 'contactPoint'), point)
    add(point, term('rdf', 'type'), term('schema', 'ContactPoint'))
    add(point, term('schema', predicate), value)
  }
  for (const label of view.labels ?? []) add(subject, term('schema', 'keywords'), literal(label))
  for (const { contentUrl } of view.images ?? []) add(subject, term('schema', 'image'), namedNode(contentUrl))

  let text = ''
  writer.end((error, result: string) => {
    if (error) throw error
    text = result
  })
  return text
}
