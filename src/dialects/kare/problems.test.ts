import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problem, refused } from '../../core/problem.ts'
import { NOW, organization, viewContext } from '../../core/testing/records.ts'
import { archivedAtOf } from './lens/archive.ts'
import { companySummary } from './lens/company-summary.ts'
import { canonicalPath } from './paths.ts'
import { replyTo } from './problems.ts'

const HEAD = { method: 'PATCH', path: '/companies/v2/rs/1/contacts/1', query: '', headers: {} }
const ARCHIVED = { facets: { kare: { archivedAt: NOW, archivedState: 0 } } } as const

test('an archived company is a conflict', () => {
  const reply = replyTo(refused('archived'), HEAD)
  assert.equal(reply.status, 409)
  const body = { statusCode: 409, error: 'Conflict', message: 'The company is archived' }
  assert.deepEqual(JSON.parse(reply.body ?? ''), body)
})

test('a company is archived while it has a date and is inactive', () => {
  assert.equal(archivedAtOf(organization({ ...ARCHIVED, state: 'inactive' })), NOW)
  assert.equal(archivedAtOf(organization({ ...ARCHIVED, state: 'active' })), undefined)
  assert.equal(archivedAtOf(organization({ state: 'inactive' })), undefined)
})

test('an archived company says so where a list shows it', () => {
  const dossier = { organization: organization({ ...ARCHIVED, state: 'inactive' }), people: [] }
  assert.equal(companySummary.get(dossier, viewContext()).archivedAt, NOW)
})

test('a company without an address has no location', () => {
  assert.equal(companySummary.get({ organization: organization(), people: [] }, viewContext()).location, null)
})

test('tokens of different sessions are forbidden, all other bad ones unauthorized', () => {
  assert.equal(replyTo(problem('unauthenticated', { reason: 'session' }), HEAD).status, 403)
  for (const reason of ['absent', 'malformed', 'expired', 'unsigned', 'wrong-password'] as const) {
    assert.equal(replyTo(problem('unauthenticated', { reason }), HEAD).status, 401)
  }
})

test('no reply tells what went wrong inside', () => {
  for (const fault of [
    problem('store-unavailable', { reason: 'secret' }),
    problem('unsound', { faults: ['secret'] }),
  ]) {
    assert.doesNotMatch(replyTo(fault, HEAD).body ?? '', /secret/)
  }
})

test('the stage is taken off once, and only before a path of the API', () => {
  assert.equal(canonicalPath('/main/companies/v2/rs/1'), '/companies/v2/rs/1')
  for (const path of [
    '/main',
    '/main/',
    '/main/main/companies/v2',
    '/main/companies/v22',
    '/mainly/companies/v2',
  ]) {
    assert.equal(canonicalPath(path), path)
  }
})
