import { deepEqual } from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readAccessFile } from './access-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'polydex-access-file-'))
const path = join(folder, 'access.yaml')
after(() => rmSync(folder, { recursive: true }))

test('a part that does not exist is a mistake: it would hide nothing', () => {
  deepEqual(
    mistakesOf('roles: [{ id: r, parts: { note: none, people: read, facets.kare: read, nots: none } }]'),
    ['role r has the part nots, which does not exist'],
  )
})

test('a role of the same name in two tenants is no mistake', () => {
  deepEqual(mistakesOf('roles: [{ id: r, tenant: a }, { id: r, tenant: b }]'), [])
  deepEqual(mistakesOf('roles: [{ id: r, tenant: a }, { id: r, tenant: a }]'), ['roles has r of a twice'])
})

test('a key of two principals is a mistake, and is not told', () => {
  deepEqual(
    mistakesOf(
      'principals: [{ id: a, credentials: [{ apiKey: k }] }, { id: b, credentials: [{ apiKey: k }] }]',
    ),
    ['a and b have the same apiKey'],
  )
})

test('a host of two tenants is a mistake', () => {
  deepEqual(
    mistakesOf(
      'tenants: [{ id: a, hosts: [x.example, y.example, x.example] }, { id: b, hosts: [X.example] }]',
    ),
    ['a and b have the same host X.example'],
  )
})

test('a key alone is unlimited', () => {
  deepEqual(mistakesOf('principals: [{ id: a, credentials: [{ apiKey: k, unlimited: true }] }]'), [])
  deepEqual(mistakesOf('principals: [{ id: a, credentials: [{ password: p, unlimited: true }] }]'), [
    'unlimited of a belongs to an apiKey',
  ])
})

test('two may have one e-mail address unless both log in with it', () => {
  const one = 'email: x@y.example, credentials: [{ password: p }]'
  deepEqual(mistakesOf(`principals: [{ id: a, ${one} }, { id: b, email: x@y.example }]`), [])
  deepEqual(mistakesOf(`principals: [{ id: a, ${one} }, { id: b, ${one.replace('x@y', 'X@Y')} }]`), [
    'a and b have the same e-mail address X@Y.example to log in with',
  ])
})

test('a mistake in one entry does not keep those of others back', () => {
  deepEqual(
    mistakesOf(
      'roles: [{ id: r, permissions: [fly] }, { id: s, parts: { x: none } }]\nissuers: [{ issuer: i }]',
    ),
    [
      '/roles/0/permissions/0 must be equal to one of the allowed values',
      'issuer i needs either jwksFile or jwksUri',
      'role s has the part x, which does not exist',
    ],
  )
})

test('all mistakes are told, however many there are', () => {
  const labels = Array.from({ length: 30 }, () => '{ name: x }').join(', ')
  deepEqual(mistakesOf(`labels: [${labels}]\nprincipals: [null]\nroles: [{ id: r, parts: { x: none } }]`), [
    '/principals/0 must be object',
    ...Array.from({ length: 30 }, (_, at) => `/labels/${at}/name must not have fewer than 2 characters`),
    'role r has the part x, which does not exist',
  ])
})

for (const text of [
  '- list',
  'text',
  '5',
  'principals: 5',
  'principals: [5, null]',
  'version: 1\nroles: { id: r }',
]) {
  test(`${JSON.stringify(text)} is a mistake and no failure`, () => {
    writeFileSync(path, text)
    const mistakes: string[] = []
    deepEqual(
      [readAccessFile(path, mistakes, [], (where) => !where.includes('(')), mistakes.length > 0],
      [undefined, true],
    )
  })
}

function mistakesOf(entries: string): readonly string[] {
  writeFileSync(path, `version: 1\n${entries}\n`)
  const mistakes: string[] = []
  readAccessFile(path, mistakes, [], (where) => !where.includes('('))
  return mistakes.map((mistake) => mistake.replace(`${path}: `, ''))
}
