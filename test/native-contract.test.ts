import { deepEqual, ok } from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { App } from '../src/app.ts'
import type { Operation, Parameter, Route } from '../src/dialects/dialect.ts'
import type { Node } from '../src/dialects/kit/schema-node.ts'
import { valuesOf } from '../src/dialects/kit/testing/random-json.ts'
import { native } from '../src/dialects/native/index.ts'
import { operationOf, pathOf } from '../src/dialects/native/openapi/document.ts'
import { FORMATS } from '../src/dialects/native/testing/random-schema-cards.ts'
import { vcardOf } from '../src/dialects/native/vcard.ts'
import type { Card } from '../src/dialects/native/wire.ts'
import { apiDocuments } from './api-documents.ts'
import type { DemoServers } from './demo-server.ts'
import { prepareDemoServers } from './demo-server.ts'

// Requests as the document of the native API says them, good and odd: each is answered as the document says, too.

const documents = apiDocuments()

let servers: DemoServers
let app: App
before(async () => {
  servers = await prepareDemoServers()
  app = await servers.start()
})
after(async () => {
  await app.close()
  await servers.remove()
})

const OPTIONS = {
  formats: {
    ...FORMATS,
    'json-pointer': fc.constantFrom('', '/name', '/name/full', '/emails/x', '/-', '/~1'),
  },
  patterns: {
    '^[^;]*\\S[^;]*$': fc.constantFrom('label', 'twee, drie'),
    '^\\S+@\\S+$': fc.constantFrom('a@b.example', 'c@d.example'),
    '^[^\\s/?#%\\\\]+$': fc.constantFrom('ann', 'bob', 'auth0|1', 'demo'),
  },
}

/** What names a record in a path: some that are there, and others. */
const NAMES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  id: fc.constantFrom(
    '1',
    '2',
    '3',
    'ann',
    'demo',
    'editors',
    '99999',
    '00000000-0000-4000-8000-000000000001',
    'x',
    '-1',
  ),
  version: fc.constantFrom('1', '2', '0', 'x'),
  key: fc.constantFrom('x', '0'),
  dialect: fc.constantFrom('kare', 'native', 'uitdatabank', 'x'),
  name: fc.constantFrom('native', 'kare', 'problems', 'x'),
  page: fc.constantFrom('gone', 'x'),
}

/** Values that headers may have besides what a schema knows of them. */
const HEADERS: Readonly<Record<string, readonly string[]>> = {
  'If-Match': ['*', '"1-1"', 'W/"1-1"', '"x"'],
  'If-None-Match': ['*', '"1-1"', '""'],
  'Idempotency-Key': ['"a"', 'b', '', 'ü'],
  Prefer: ['return=minimal', 'return=representation', 'respond-async'],
  'Last-Event-ID': ['1', 'x'],
}

const CREDENTIALS = [
  'Bearer demo-api-key',
  'Bearer demo-api-key',
  'Bearer demo-api-key',
  'Bearer x',
  undefined,
]
const ACCEPTS = [undefined, '*/*', 'application/json', 'text/vcard', 'image/png']

interface Random {
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly mediaType: string
  readonly body: string
}

function requestsOf(route: Route, operation: Operation): fc.Arbitrary<Random> {
  const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const paths = fc
    .tuple(...names.map((name) => NAMES[name] ?? fc.constant('x')))
    .map((values) =>
      names.reduce(
        (path, name, at) => path.replace(`{${name}}`, encodeURIComponent(values[at] ?? '')),
        pathOf(route),
      ),
    )
  return fc
    .tuple(paths, queriesOf(operation.query ?? {}), headersOf(operation), bodiesOf(operation))
    .map(([path, query, headers, [mediaType, body]]) => ({
      target: query === '' ? path : `${path}?${query}`,
      headers: mediaType === '' ? headers : { ...headers, 'content-type': mediaType },
      mediaType,
      body,
    }))
}

function queriesOf(query: Readonly<Record<string, Parameter>>): fc.Arbitrary<string> {
  const values = Object.entries(query).map(([name, { schema }]) => [
    name,
    name === 'wait'
      ? fc.constant(0)
      : fc.oneof({ weight: 4, arbitrary: valuesOf(schema as Node, OPTIONS) }, fc.constantFrom('x', -1, '')),
  ])
  return fc
    .record(Object.fromEntries(values) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: [] })
    .map((all) => queryOf(all))
}

function queryOf(parameters: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) query.append(name, String(value))
  return query.toString()
}

function headersOf({ headers = {} }: Operation): fc.Arbitrary<Record<string, string>> {
  const own = Object.keys(headers).map((name) => [
    name,
    fc.option(fc.constantFrom(...(HEADERS[name] ?? ['x'])), { nil: undefined, freq: 2 }),
  ])
  const all = {
    ...Object.fromEntries(own),
    authorization: fc.constantFrom(...CREDENTIALS),
    accept: fc.constantFrom(...ACCEPTS),
  }
  return fc
    .record(all as Record<string, fc.Arbitrary<string | undefined>>)
    .map((values) =>
      Object.fromEntries(
        Object.entries(values).filter(
          (entry): entry is [string, string] => entry[1] !== undefined && /^[\x20-\x7e]*$/.test(entry[1]),
        ),
      ),
    )
}

function bodiesOf({ body }: Operation): fc.Arbitrary<readonly [mediaType: string, body: string]> {
  const nothing = fc.constant(['', ''] as const)
  if (body === undefined) return nothing
  const all = Object.entries(body.content).map(([type, schema]) => {
    const values = type === 'text/vcard' ? body.content['application/json'] : schema
    const random = valuesOf((values ?? {}) as Node, OPTIONS)
    return random.map(
      (value) => [type, type === 'text/vcard' ? vcardOf(value as Card) : JSON.stringify(value)] as const,
    )
  })
  const broken = fc.constantFrom(...Object.keys(body.content)).map((type) => [type, '{'] as const)
  return fc.oneof(
    { weight: 8, arbitrary: fc.oneof(...all) },
    { weight: 1, arbitrary: broken },
    { weight: 1, arbitrary: nothing },
  )
}

for (const route of native.routes) {
  const operation = operationOf(route, native.reference)
  if (operation === undefined) continue
  test(`${route.method} ${pathOf(route)} is answered as its document says`, async () => {
    await fc.assert(
      fc.asyncProperty(requestsOf(route, operation), async ({ target, headers, mediaType, body }) => {
        const reply = await fetch(`${app.url}${target}`, {
          method: route.method,
          headers,
          redirect: 'manual',
          ...(body !== '' && { body }),
        })
        const text = await reply.text()
        ok(reply.status < 500, `${reply.status} ${text}`)
        const found = documents.findings({
          method: route.method,
          target,
          mediaType,
          body,
          status: reply.status,
          reply: {
            mediaType: reply.headers.get('content-type') ?? '',
            body: text,
            headers: Object.fromEntries(reply.headers),
          },
        })
        deepEqual(found, [])
      }),
      { numRuns: 30, endOnFailure: true },
    )
  })
}
