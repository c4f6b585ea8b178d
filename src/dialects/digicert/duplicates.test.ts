import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ask, newOrganization, organizationWith, read, told } from '../../../test/certificate-desks.ts'
import { organization } from '../../core/testing/records.ts'
import { sameAs } from './indexers.ts'

const COMPARED = ['name', 'address', 'city', 'state', 'zip', 'country'] as const

const post = (body: object, who = 'desk') => ask(who, 'POST', '/organization', { body })

test('of many that arrive at once, one is created', async () => {
  const same = organizationWith()
  const replies = await Promise.all(Array.from({ length: 25 }, () => post(same)))
  deepEqual(replies.map(({ status }) => status).toSorted(), [201, ...Array.from({ length: 24 }, () => 400)])
  equal(
    (await read(`/organization?filters[search]=${encodeURIComponent(String(same['name']))}`)).page.total,
    1,
  )
})

test('two are the same when all six members are, whatever their case', () => {
  const texts = fc.constantFrom('Markt', 'MARKT', 'markt', 'Marktplein', 'ﬁets', 'fiets', 'x'.repeat(40))
  const records = fc
    .record({
      name: texts,
      line1: texts,
      city: texts,
      region: texts,
      postalCode: texts,
      country: fc.constantFrom('BE', 'NL'),
    })
    .map(({ name, ...address }) => ({
      compared: Object.values({ name, ...address }).map((text) => text.normalize('NFKC').toLowerCase()),
      key: sameAs(organization({ name: { nl: name }, addresses: { street: { nl: address } } }))?.where,
    }))
  fc.assert(
    fc.property(records, records, (left, right) => {
      const isSame = JSON.stringify(left.compared) === JSON.stringify(right.compared)
      equal(JSON.stringify(left.key) === JSON.stringify(right.key), isSame)
    }),
    { numRuns: 500 },
  )
})

for (const member of COMPARED) {
  test(`another ${member} is another organization, its last letter included`, async () => {
    const long = Object.fromEntries(COMPARED.map((name) => [name, `${name} ${'x'.repeat(20)}`]))
    const body = organizationWith({ ...long, name: `${member} ${'x'.repeat(50)}`, country: 'be' })
    equal((await post(body)).status, 201)
    const other = { ...body, [member]: member === 'country' ? 'nl' : `${body[member]}y` }
    equal((await post(other)).status, 201)
    deepEqual(await told('desk', 'POST', '/organization', { body: other }), [400, 'duplicate_organization'])
  })
}

test('whoever asks for it may have two', async () => {
  const body = organizationWith()
  equal((await post(body)).status, 201)
  equal((await post({ ...body, skip_duplicate_org_check: true })).status, 201)
})

test('what is deleted is no duplicate, what is inactive is', async () => {
  const body = organizationWith()
  const path = `/organization/${(await post(body)).body.id}`
  await ask('desk', 'PUT', `${path}/deactivate`)
  equal((await post(body)).status, 400)
  await ask('desk', 'DELETE', path)
  equal((await post(body)).status, 201)
})

test('a duplicate that the writer cannot see is not told', async () => {
  const body = organizationWith()
  equal((await post(body)).status, 201)
  equal((await post(body, 'nobody')).status, 201)
  equal((await post(body, 'nobody')).status, 400)
})

test('nothing is left of a create that was refused', async () => {
  const path = await newOrganization()
  const { id: _, ...shown } = await read(path)
  const before = (await read('/organization')).page.total
  equal((await post(organizationWith({ name: shown.name, validations: [{ type: 'ov' }] }))).status, 400)
  equal((await read('/organization')).page.total, before)
})
