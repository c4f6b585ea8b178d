import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Asking } from '../../../test/certificate-desks.ts'
import { ask, contact, newOrganization, organizationWith, told } from '../../../test/certificate-desks.ts'

// Whatever is sent, it is answered in the vendor's form, and never with a 5xx.

const members = fc.constantFrom(
  'contacts',
  'contact_type',
  'validations',
  'verified_users',
  'type',
  'id',
  'name',
  'container',
  'organization_contact',
  'constructor',
)
const values = fc.oneof(
  fc.constantFrom('organization_contact', 'technical_contact', 'ev', 'ov', '1', ''),
  fc.jsonValue({ maxDepth: 1 }),
)
const bodies = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, values, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(members, tie('value'), { maxKeys: 4 }),
})).object

const targets = fc.constantFrom(
  ['PUT', '/contact'],
  ['POST', '/validation'],
  ['PUT', '/activate'],
  ['POST', undefined],
) as fc.Arbitrary<readonly [string, string | undefined]>

test('bodies of any shape', async () => {
  const path = await newOrganization()
  await fc.assert(
    fc.asyncProperty(targets, bodies, async ([method, tail], body) => {
      const reply = await ask('desk', method, tail === undefined ? '/organization' : `${path}${tail}`, {
        body: body as object,
      })
      requireForm(reply)
    }),
    { numRuns: 300 },
  )
})

test('bodies that are no JSON', async () => {
  const path = await newOrganization()
  await fc.assert(
    fc.asyncProperty(targets, fc.string({ unit: 'binary' }), async ([method, tail], body) => {
      requireForm(
        await ask('desk', method, tail === undefined ? '/organization' : `${path}${tail}`, { body }),
      )
    }),
    { numRuns: 100 },
  )
})

test('queries and ids of any shape', async () => {
  const texts = fc.oneof(
    fc.string(),
    fc.constantFrom('filters[status]', 'sort', 'limit', '%', '%zz', '-1', '1e9'),
  )
  const written = fc.array(
    texts.map((text) => text.replace(/[^!-~]/g, '').replaceAll('#', '')),
    { maxLength: 5 },
  )
  const paths = fc.constantFrom('/organization', '/container/0/order/organization')
  await fc.assert(
    fc.asyncProperty(paths, written, async (path, parts) => {
      requireForm(await ask('desk', 'GET', `${path}?${parts.join('=')}&${parts.join('&')}`))
      const id = encodeURIComponent(parts.join(''))
      if (id !== '') requireForm(await ask('desk', 'GET', `/organization/${id}/validation`))
    }),
    { numRuns: 200 },
  )
})

function requireForm({ status, headers, text, body }: Awaited<ReturnType<typeof ask>>): void {
  ok(status < 500, text)
  if (status < 400) return
  equal(headers['content-type'], 'application/json')
  for (const { code, message } of body.errors)
    ok(/^[a-z_0-9]+(\|[a-z_]+)?$/.test(code) && message.length > 0, text)
  ok(body.errors.length > 0)
}

/** What each limit of a verified user is; the last value is one too long. */
const LIMITS = { first_name: 128, last_name: 128, job_title: 64, telephone: 32 }

for (const [member, limit] of Object.entries(LIMITS)) {
  test(`a verified user's ${member} holds ${limit} characters and no more`, async () => {
    const path = await newOrganization()
    const user = { ...contact(), job_title: 'x', telephone: '1' }
    const asking = (length: number): Asking => ({
      body: { validations: [{ type: 'ev', verified_users: [{ ...user, [member]: '😀'.repeat(length) }] }] },
    })
    equal((await ask('desk', 'POST', `${path}/validation`, asking(limit))).status, 204)
    deepEqual(await told('desk', 'POST', `${path}/validation`, asking(limit + 1)), [
      400,
      `${member}_too_long`,
    ])
  })
}

test('all that is wrong with a create is told at once', async () => {
  const body = organizationWith({
    name: '',
    zip: 'x'.repeat(41),
    country: 'bel',
    container: { id: 99 },
    organization_contact: contact({ email: 'x' }),
    validations: [{ type: 'ev' }, { type: 'xv' }, { type: 'ov' }, { type: 'ov' }],
    skip_duplicate_org_check: 'yes',
  })
  deepEqual(await told('desk', 'POST', '/organization', { body }), [
    400,
    'missing_name',
    'zip_too_long',
    'invalid_country',
    'invalid_email',
    'missing_verified_users',
    'invalid_type',
    'duplicate_type',
    'invalid_container',
    'invalid_skip_duplicate_org_check',
  ])
})

test('lists hold a hundred and no more, so that no request is told a million mistakes', async () => {
  const path = await newOrganization()
  const users = (length: number): Asking => ({
    body: { validations: [{ type: 'ev', verified_users: Array.from({ length }, () => ({ id: 'x' })) }] },
  })
  equal((await told('desk', 'POST', `${path}/validation`, users(100))).length, 101)
  deepEqual(await told('desk', 'POST', `${path}/validation`, users(101)), [400, 'invalid_verified_users'])
  const types = (length: number): Asking => ({ body: { validations: Array.from({ length }, () => ({})) } })
  equal((await told('desk', 'POST', `${path}/validation`, types(100))).length, 101)
  deepEqual(await told('desk', 'POST', `${path}/validation`, types(101)), [400, 'invalid_validations'])
})
