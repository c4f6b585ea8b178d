import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { dialects } from '../src/dialects/index.ts'
import { documentOf, operationOf } from '../src/dialects/native/openapi/document.ts'

const BASE = 'https://directory.example'

for (const dialect of dialects) {
  const { name, routes, reference } = dialect
  const document = documentOf(dialect, BASE, '1.0.0')

  describe(`the document of ${name}`, () => {
    test('tells every route, and no other', () => {
      const told = routes.filter(({ method }) => method !== 'OPTIONS')
      deepEqual(
        told
          .filter((route) => operationOf(route, reference) === undefined)
          .map(({ method, path }) => `${method} ${path}`),
        [],
      )
      const known = new Set(routes.map(({ method, path }) => `${method} ${path}`))
      deepEqual(
        Object.keys(reference.operations).filter((operation) => !known.has(operation)),
        [],
      )
    })

    test('names each operation once', () => {
      const ids = Object.values(reference.operations).map(({ id }) => id)
      equal(new Set(ids).size, ids.length)
    })

    test('has schemas of JSON Schema 2020-12', () => {
      const ajv = new Ajv2020({ strict: false, validateFormats: false })
      ajv.addSchema(document, name)
      const { schemas } = document['components'] as { readonly schemas: Readonly<Record<string, unknown>> }
      for (const schema of Object.keys(schemas))
        ajv.compile({ $ref: `${name}#/components/schemas/${schema}` })
    })

    test('is one of OpenAPI 3.1 without errors', async () => {
      const config = await createConfig({ extends: ['recommended'] })
      const problems = await lintFromString({ source: JSON.stringify(document), config })
      const errors = problems.filter(({ severity }) => severity === 'error')
      deepEqual(
        errors.map(({ ruleId, message, location }) => `${ruleId} ${message} ${location[0]?.pointer}`),
        [],
      )
    })
  })
}

test('a document that is wrong is found', async () => {
  const config = await createConfig({ extends: ['recommended'] })
  const problems = await lintFromString({ source: '{"openapi":"3.1.1","info":{},"paths":{"x":{}}}', config })
  ok(problems.some(({ severity }) => severity === 'error'))
})
