import { test } from 'node:test'
import fc from 'fast-check'
import { agree, around, bodiesOf, mostly } from '../kit/testing/agreement.ts'
import { BODIES, readCompanyPatch, readCredentials, readNewCompany, readPatch, readToken } from './bodies.ts'
import { LIMITS } from './wire.ts'

const email = mostly(['a@b.example'], ['.a@b.be', 'a..b@c.be', 'a@b', null])
const phones = mostly(
  [[], ['1'], Array(LIMITS.phones).fill('1')],
  [Array(LIMITS.phones + 1).fill('1'), ['x'.repeat(51)]],
)

const contact = {
  notify: fc.boolean(),
  name: around(LIMITS.name),
  email,
  phones,
  comment: mostly([null, 'x'.repeat(LIMITS.comment)], ['x'.repeat(LIMITS.comment + 1)]),
}

const company = {
  name: around(LIMITS.name),
  type: mostly([1, 2, 3], [4, 1.5]),
  email,
  location: mostly([null, 'x'.repeat(LIMITS.location)], ['x'.repeat(LIMITS.location + 1)]),
  comment: fc.constant(null),
  phones,
  labelIds: mostly([[], [1, -1]], [[1.5]]),
}

test('contacts are what their schema says', () => agree(BODIES.ContactPatch, readPatch, bodiesOf(contact)))
test('companies are what their schema says', () =>
  agree(BODIES.CompanyPatch, readCompanyPatch, bodiesOf(company)))
test('new companies are what their schema says', () =>
  agree(BODIES.NewCompany, readNewCompany, bodiesOf(company)))

test('credentials are what their schema says', () => {
  const body = bodiesOf({
    email,
    password: mostly(['123456', 'x'.repeat(100)], ['12345', 'x'.repeat(101)]),
  })
  agree(BODIES.Credentials, readCredentials, body)
})

test('tokens are what their schema says', () => {
  agree(BODIES.Token, (text) => readToken(text, 'token'), bodiesOf({ token: fc.string() }))
})
