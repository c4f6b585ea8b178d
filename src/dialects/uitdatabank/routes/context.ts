import type { Route } from '../../dialect.ts'
import { toJson } from '../wire.ts'

const SCHEMA = 'http://schema.org/'
const UDB = 'urn:uitdatabank:'
const XSD = 'http://www.w3.org/2001/XMLSchema#'

const translated = (id: string) => ({ '@id': id, '@container': '@language' })
const moment = (id: string) => ({ '@id': id, '@type': `${XSD}dateTime` })

/** What the members of an organizer mean as linked data; ours, in the terms of schema.org. @see JSON-LD 1.1 §9.15 */
const CONTEXT = {
  '@context': {
    schema: SCHEMA,
    udb: UDB,
    xsd: XSD,
    name: translated('schema:name'),
    description: translated('schema:description'),
    educationalDescription: translated('udb:educationalDescription'),
    url: { '@id': 'schema:url', '@type': '@id' },
    mainLanguage: 'udb:mainLanguage',
    address: { '@id': 'schema:address', '@container': '@language' },
    contactPoint: 'schema:contactPoint',
    phone: 'schema:telephone',
    email: 'schema:email',
    images: 'schema:image',
    mainImage: { '@id': 'schema:logo', '@type': '@id' },
    labels: 'schema:keywords',
    hiddenLabels: 'udb:hiddenLabels',
    geo: 'schema:geo',
    latitude: 'schema:latitude',
    longitude: 'schema:longitude',
    created: moment('schema:dateCreated'),
    modified: moment('schema:dateModified'),
    creator: 'schema:creator',
    workflowStatus: 'udb:workflowStatus',
  },
}

export const contextRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/contexts/organizer',
    access: 'open',
    handle: async () => ({
      status: 200,
      headers: { 'content-type': 'application/ld+json' },
      body: toJson(CONTEXT),
    }),
  },
]
