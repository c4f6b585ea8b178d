import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { ask, newOrganization } from '../../../test/certificate-desks.ts'

const VIEWS = ['', '/validation']

for (const view of VIEWS) {
  test(`organization${view}: a client that has it is told so, by ETag and by time`, async () => {
    const path = `${await newOrganization()}${view}`
    const { status, headers } = await ask('desk', 'GET', path)
    const etag = String(headers['etag'])
    const time = String(headers['last-modified'])
    equal(status, 200)
    match(etag, /^"[0-9a-f]{32}"$/)
    for (const condition of [
      { 'if-none-match': etag },
      { 'if-none-match': `W/${etag}` },
      { 'if-none-match': `"x", ${etag}` },
      { 'if-none-match': '*' },
      { 'if-modified-since': time },
    ]) {
      const reply = await ask('desk', 'GET', path, { headers: condition })
      deepEqual([reply.status, reply.text, reply.headers['etag']], [304, '', etag])
      equal(reply.headers['content-type'], undefined)
      equal(reply.headers['cache-control'], 'private,no-cache')
    }
  })

  test(`organization${view}: a client that has it not is answered`, async () => {
    const path = `${await newOrganization()}${view}`
    const { headers } = await ask('desk', 'GET', path)
    const earlier = new Date(Date.parse(String(headers['last-modified'])) - 1000).toUTCString()
    for (const condition of [
      { 'if-none-match': '"x"' },
      { 'if-modified-since': earlier },
      { 'if-modified-since': 'yesterday' },
      { 'if-none-match': '"x"', 'if-modified-since': String(headers['last-modified']) },
    ]) {
      equal((await ask('desk', 'GET', path, { headers: condition })).status, 200)
    }
  })
}

test('two writes in one second are two ETags and two times', async () => {
  const path = await newOrganization()
  const seen = []
  for (const verb of ['deactivate', 'activate', 'deactivate']) {
    await ask('desk', 'PUT', `${path}/${verb}`)
    const { headers } = await ask('desk', 'GET', path)
    seen.push(headers)
  }
  const [first, second, third] = seen
  notEqual(first?.['etag'], second?.['etag'])
  equal(new Set(seen.map((headers) => headers['last-modified'])).size, 3)
  const since = { 'if-modified-since': String(second?.['last-modified']) }
  equal((await ask('desk', 'GET', path, { headers: since })).status, 200)
  ok(third)
})

test('a contact that changes changes the organization', async () => {
  const path = await newOrganization()
  const before = (await ask('desk', 'GET', path)).headers
  const body = {
    contacts: [{ contact_type: 'technical_contact', first_name: 'B', last_name: 'C', email: 'b@c' }],
  }
  await ask('desk', 'PUT', `${path}/contact`, { body })
  const after = (await ask('desk', 'GET', path)).headers
  notEqual(after['etag'], before['etag'])
  notEqual(after['last-modified'], before['last-modified'])
})

test('lists are had by their ETag, and by no time that cannot tell of a deletion', async () => {
  const path = await newOrganization()
  for (const list of ['/organization', '/container/0/order/organization', '/organization?limit=1']) {
    const { headers } = await ask('desk', 'GET', list)
    const same = { 'if-none-match': String(headers['etag']) }
    const since = { 'if-modified-since': String(headers['last-modified']) }
    equal((await ask('desk', 'GET', list, { headers: same })).status, 304)
    equal((await ask('desk', 'GET', list, { headers: since })).status, 200)
  }
  const before = (await ask('desk', 'GET', '/organization')).headers['etag']
  await ask('desk', 'DELETE', path)
  notEqual((await ask('desk', 'GET', '/organization')).headers['etag'], before)
})

test('potential approvers and an empty list have an ETag as well', async () => {
  const empty = await ask('desk', 'GET', '/organization?limit=0')
  deepEqual([typeof empty.headers['etag'], empty.headers['last-modified']], ['string', undefined])
  equal(typeof (await ask('desk', 'GET', '/organization/potential-approvers')).headers['etag'], 'string')
})

test('errors have none', async () => {
  const { headers } = await ask('desk', 'GET', '/organization/999999', { headers: { 'if-none-match': '*' } })
  deepEqual([headers['etag'], headers['last-modified']], [undefined, undefined])
})

test('whoever may not read all is told of no time at which the rest changed', async () => {
  const path = await newOrganization()
  for (const asked of [path, `${path}/validation`, '/organization']) {
    const { headers } = await ask('shy', 'GET', asked)
    deepEqual([typeof headers['etag'], headers['last-modified']], ['string', undefined])
  }
})
