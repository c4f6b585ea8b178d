import type { Operation } from '../../dialect.ts'
import { text } from '../../kit/shapes.ts'
import { JSON_TYPE } from '../wire.ts'
import { ETAG, header, IF_NONE_MATCH, UNCHANGED } from './shared.ts'

const document = {
  description: 'An OpenAPI 3.1 document',
  content: { [JSON_TYPE]: { type: 'object' } },
  headers: ETAG,
}
const page = { description: 'A page', content: { 'text/html': text }, headers: ETAG }
const tag = 'Reference'

/** What tells of the APIs themselves; nobody needs a credential for it. */
export const pageReference: readonly (readonly [string, Operation])[] = [
  [
    'GET /v1/openapi.json',
    {
      id: 'getOpenApi',
      tag,
      summary: 'Read the OpenAPI document of this API',
      headers: IF_NONE_MATCH,
      replies: { 200: document, 304: UNCHANGED },
    },
  ],
  [
    'GET /openapi/:name',
    {
      id: 'getOpenApiOf',
      tag,
      summary: 'Read the OpenAPI document of an API',
      headers: IF_NONE_MATCH,
      replies: { 200: document, 304: UNCHANGED },
      problems: [404],
    },
  ],
  [
    'GET /',
    {
      id: 'getStart',
      tag,
      summary: 'Be led to what there is to read',
      replies: { 302: { description: 'To `/docs`', headers: { Location: header('The page') } } },
    },
  ],
  [
    'GET /docs',
    {
      id: 'getDocs',
      tag,
      summary: 'Read what there is to read',
      headers: IF_NONE_MATCH,
      replies: { 200: page, 304: UNCHANGED },
    },
  ],
  [
    'GET /docs/:name',
    {
      id: 'getDocsOf',
      tag,
      summary: 'Read the reference of an API',
      headers: IF_NONE_MATCH,
      replies: { 200: page, 304: UNCHANGED },
      problems: [404],
    },
  ],
  [
    'GET /docs/problems/:page',
    {
      id: 'getDocsOfProblem',
      tag,
      summary: 'Read what a problem means, and what to do',
      headers: IF_NONE_MATCH,
      replies: { 200: page, 304: UNCHANGED },
      problems: [404],
    },
  ],
]
