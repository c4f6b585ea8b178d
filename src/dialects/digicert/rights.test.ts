import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ask,
  contact,
  newOrganization,
  organizationWith,
  read,
  told,
} from '../../../test/certificate-desks.ts'

const CONTACTS = { contacts: [{ ...contact(), contact_type: 'technical_contact' }] }
const VALIDATIONS = { validations: [{ type: 'ov' }] }
const REFUSED = [403, 'access_denied|missing_permission']

/** Every route, with a request that is good. */
async function everyRoute(): Promise<readonly (readonly [string, string, unknown?])[]> {
  const path = await newOrganization()
  return [
    ['GET', '/organization'],
    ['HEAD', '/organization'],
    ['GET', path],
    ['GET', `${path}/validation`],
    ['GET', '/organization/potential-approvers'],
    ['GET', '/container/0/order/organization'],
    ['PUT', `${path}/contact`, CONTACTS],
    ['POST', `${path}/validation`, VALIDATIONS],
    ['PUT', `${path}/deactivate`],
    ['PUT', `${path}/activate`],
    ['POST', '/organization', organizationWith()],
    ['DELETE', path],
  ]
}

describe('what a key is narrowed to', () => {
  for (const scope of ['none', 'organizations'] as const) {
    test(`${scope}: everything`, async () => {
      for (const [method, path, body] of await everyRoute()) {
        const { status } = await ask(`desk-${scope}`, method, path, { body })
        ok(status >= 200 && status < 300, `${method} ${path}: ${status}`)
      }
    })
  }

  test('view: reading', async () => {
    for (const [method, path, body] of await everyRoute()) {
      const isReading = method === 'GET' || method === 'HEAD'
      const { status } = await ask('desk-view', method, path, { body })
      equal(status, isReading ? 200 : 403, `${method} ${path}`)
    }
  })

  for (const scope of ['orders', 'users'] as const) {
    test(`${scope}: nothing here`, async () => {
      for (const [method, path, body] of await everyRoute()) {
        if (method === 'HEAD') continue
        deepEqual(await told(`desk-${scope}`, method, path, { body }), REFUSED, `${method} ${path}`)
      }
    })
  }

  test('is told before the body and the organization are looked at', async () => {
    deepEqual(await told('desk-view', 'PUT', '/organization/999999/contact', { body: '{' }), REFUSED)
  })
})

describe('what a role does not allow', () => {
  test('a reader writes nothing, and changes nothing', async () => {
    const routes = await everyRoute()
    const path = routes[2]?.[1] ?? ''
    const before = await read(path)
    for (const [method, route, body] of routes) {
      if (method === 'GET' || method === 'HEAD' || route === '/organization') continue
      deepEqual(await told('reader', method, route, { body }), REFUSED, `${method} ${route}`)
    }
    deepEqual(await read(path), before)
  })

  test('nobody with a role reads what is not theirs, or finds it', async () => {
    const path = await newOrganization({ name: 'Geheime vereniging' })
    for (const one of [path, `${path}/validation`]) deepEqual(await told('nobody', 'GET', one), REFUSED)
    deepEqual((await read('/organization?filters[search]=Geheime', 'nobody')).organizations, [])
    deepEqual(await read('/organization/potential-approvers', 'nobody'), { users: [], contacts: [] })
    deepEqual(await read('/container/0/order/organization', 'nobody'), { organizations: [] })
  })

  test('parts that may not be read are neither shown, found nor written', async () => {
    const validations = [{ type: 'ov' }]
    const path = await newOrganization({ name: 'Verlegen', assumed_name: 'Shy', validations })
    const { name, assumed_name, address, organization_contact } = await read(path, 'shy')
    deepEqual([name, assumed_name, address, organization_contact], ['Verlegen', undefined, '', undefined])
    deepEqual(await read(`${path}/validation`, 'shy'), { validations: [] })
    const pending = await read('/organization?filters[validation]=pending&filters[search]=Verlegen', 'shy')
    equal(pending.page.total, 0)
    deepEqual(await told('shy', 'POST', `${path}/validation`, { body: VALIDATIONS }), REFUSED)
    equal((await read(`${path}/validation`)).validations.length, 1)
  })

  test('its ETag tells nothing of a change that is out of sight', async () => {
    const path = await newOrganization()
    const before = (await ask('shy', 'GET', path)).headers['etag']
    await ask('desk', 'POST', `${path}/validation`, { body: VALIDATIONS })
    equal((await ask('shy', 'GET', path)).headers['etag'], before)
  })
})

describe('another tenant', () => {
  test('has its own organizations, whose numbers say nothing here', async () => {
    const theirs = await newOrganization({ name: 'Zuid' }, 'elsewhere')
    const paths = [theirs, await newOrganization()]
    const [south, north] = await Promise.all(paths.map((path) => ask('elsewhere', 'GET', path)))
    equal(south?.body.name, 'Zuid')
    if (paths[0] !== paths[1])
      deepEqual([north?.status, north?.body.errors[0].code], [404, 'not_found|organization'])
    equal((await read('/organization?filters[search]=Zuid')).page.total, 0)
    equal(south?.body.container.name, 'South')
  })

  test('is not written', async () => {
    let path = await newOrganization()
    while ((await ask('elsewhere', 'GET', path)).status === 200) path = await newOrganization()
    const before = await read(path)
    for (const [method, route, body] of [
      ['PUT', `${path}/contact`, CONTACTS],
      ['POST', `${path}/validation`, VALIDATIONS],
      ['PUT', `${path}/deactivate`],
      ['DELETE', path],
    ] as const) {
      deepEqual(await told('elsewhere', method, route, { body }), [404, 'not_found|organization'])
    }
    deepEqual(await read(path), before)
  })

  test('is no container here', async () => {
    const own = (await read('/organization')).organizations[0].container.id
    const other = (await read(await newOrganization({}, 'elsewhere'), 'elsewhere')).container.id
    ok(own !== other)
    deepEqual(await told('desk', 'GET', `/container/${other}/order/organization`), [
      404,
      'not_found|container',
    ])
    equal((await read(`/organization?container_id=${other}`)).page.total, 0)
    const body = organizationWith({ container: { id: other } })
    deepEqual(await told('desk', 'POST', '/organization', { body }), [400, 'invalid_container'])
  })

  test('has users of its own, whom nobody here can name', async () => {
    const users = (await read('/organization/potential-approvers', 'elsewhere')).users
    deepEqual(users, [])
    const path = await newOrganization({}, 'elsewhere')
    const [ann] = (await read('/organization/potential-approvers')).users
    const body = { validations: [{ type: 'ev', verified_users: [{ id: Number(ann.user_id) }] }] }
    deepEqual(await told('elsewhere', 'POST', `${path}/validation`, { body }), [400, 'invalid_id'])
  })
})

test("another organization's verified contact is nobody here", async () => {
  const someone = { ...contact(), job_title: 'x', telephone: '1' }
  const twice = [someone, { ...someone, email: 'b@c' }]
  const rich = await newOrganization({ validations: [{ type: 'ev', verified_users: twice }] })
  const [, second] = (await read(rich)).verified_contacts
  const poor = await newOrganization()
  const body = { validations: [{ type: 'ev', verified_users: [{ id: second.id }] }] }
  deepEqual(await told('desk', 'POST', `${poor}/validation`, { body }), [400, 'invalid_id'])
})
