import { deepEqual, equal, notEqual, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ask,
  contact,
  newOrganization,
  organizationWith,
  read,
  told,
} from '../../../test/certificate-desks.ts'

// What is most likely to be got wrong (specs/digicert.md 9).

const ANN = contact()
const BRAM = contact({ first_name: 'Bram', last_name: 'De Smet', email: 'bram@voorbeeld.example' })
const FULL = { job_title: 'Directeur', telephone: '016 00 00 10', telephone_extension: '10', language_id: 1 }

const first = (fields: object) => ({ ...fields, contact_type: 'organization_contact' })
const second = (fields: object) => ({ ...fields, contact_type: 'technical_contact' })

function put(path: string, ...contacts: readonly object[]) {
  return ask('desk', 'PUT', `${path}/contact`, { body: { contacts } })
}

function newPair() {
  return newOrganization({
    organization_contact: { ...ANN, ...FULL },
    technical_contact: { ...BRAM, ...FULL },
  })
}

test('trap 1: fields that are left out are deleted, types that are left out are kept', async () => {
  const path = await newPair()
  const before = await read(path)
  equal((await put(path, first(ANN))).status, 204)
  const { id } = before.organization_contact
  deepEqual(await read(path), { ...before, organization_contact: { id, ...ANN } })
})

test('trap 2: the organization contact alone takes no technical contact away', async () => {
  const path = await newPair()
  const before = await read(path)
  await put(path, first({ ...ANN, email: 'other@voorbeeld.example' }))
  deepEqual((await read(path)).technical_contact, before.technical_contact)
})

describe('trap 3: the id follows first name, last name and e-mail', () => {
  test('and nothing else', async () => {
    const path = await newPair()
    const { organization_contact } = await read(path)
    await put(path, first({ ...ANN, job_title: 'Other', telephone: '02 111 11 11' }))
    equal((await read(path)).organization_contact.id, organization_contact.id)
  })

  for (const member of ['first_name', 'last_name', 'email']) {
    test(`another ${member} is somebody else`, async () => {
      const path = await newPair()
      const { organization_contact } = await read(path)
      await put(path, first({ ...ANN, [member]: 'other@voorbeeld.example' }))
      notEqual((await read(path)).organization_contact.id, organization_contact.id)
    })
  }
})

describe('trap 4: only a bare technical contact removes', () => {
  test('a bare one does, and once more does nothing', async () => {
    const path = await newPair()
    equal((await put(path, second({}))).status, 204)
    equal('technical_contact' in (await read(path)), false)
    equal((await put(path, second({}))).status, 204)
  })

  for (const [what, element, ...codes] of [
    [
      'a telephone alone',
      second({ telephone: '1' }),
      'missing_first_name',
      'missing_last_name',
      'missing_email',
    ],
    ['an empty name', second({ first_name: '' }), 'missing_first_name', 'missing_last_name', 'missing_email'],
    ['a bare organization contact', first({}), 'organization_contact_required'],
  ] as const) {
    test(`${what} is a mistake`, async () => {
      const path = await newPair()
      const before = await read(path)
      deepEqual(await told('desk', 'PUT', `${path}/contact`, { body: { contacts: [element] } }), [
        400,
        ...codes,
      ])
      deepEqual(await read(path), before)
    })
  }
})

test('trap 5: nothing is applied when the second contact is wrong', async () => {
  const path = await newPair()
  const before = (await ask('desk', 'GET', path)).text
  const { status, body } = await put(path, first({ ...ANN, job_title: 'x' }), second({ ...BRAM, email: 'x' }))
  deepEqual([status, body.errors[0].code], [400, 'invalid_email'])
  equal((await ask('desk', 'GET', path)).text, before)
})

describe('trap 6: a wrong key is 403 with a piped code', () => {
  test('unlike no key', async () => {
    deepEqual(await told('wrong', 'GET', '/organization'), [403, 'access_denied|access_denied_invalid_key'])
    const { status, body } = await ask('desk', 'GET', '/organization', { headers: { 'x-dc-devkey': '' } })
    deepEqual([status, body.errors[0].code], [401, 'access_denied|missing_key'])
  })
})

describe('trap 7: exactly application/json, and nothing on 204', () => {
  test('replies and errors', async () => {
    for (const path of ['/organization', '/organization/999999', '/nowhere']) {
      equal((await ask('desk', 'GET', path)).headers['content-type'], 'application/json')
    }
  })

  test('204 has neither type nor body', async () => {
    const path = await newPair()
    const replies = [
      await put(path, first(ANN)),
      await ask('desk', 'PUT', `${path}/deactivate`),
      await ask('desk', 'POST', `${path}/validation`, { body: { validations: [{ type: 'ov' }] } }),
      await ask('desk', 'DELETE', path),
    ]
    for (const { status, text, headers } of replies) {
      deepEqual([status, text, headers['content-type']], [204, '', undefined])
    }
  })
})

describe('trap 8: what is not set is left out', () => {
  test('nothing is null, whatever was sent as null', async () => {
    const nulls = { job_title: null, telephone: null, telephone_extension: null, language_id: null }
    const path = await newOrganization({
      assumed_name: null,
      address2: null,
      organization_contact: { ...ANN, ...nulls },
      validations: [{ type: 'ov', verified_users: null }],
    })
    const paths = [
      path,
      `${path}/validation`,
      '/organization?include_validation=true',
      '/container/0/order/organization',
    ]
    for (const one of paths) ok(!(await ask('desk', 'GET', one)).text.includes('null'), one)
  })

  test('a validation that is pending has no dates', async () => {
    const path = await newOrganization({ validations: [{ type: 'ov' }] })
    deepEqual(Object.keys((await read(`${path}/validation`)).validations[0]), [
      'type',
      'name',
      'description',
      'status',
    ])
  })
})

describe('trap 9: what real clients send', () => {
  const JSON_TYPE = { 'content-type': 'application/json' }

  test('neither Accept nor User-Agent, a JSON type on GET, and a bare question mark', async () => {
    const path = await newPair()
    for (const one of [`${path}?`, '/organization?', `${path}/validation?`]) {
      equal((await ask('desk', 'GET', one, { headers: JSON_TYPE })).status, 200)
    }
  })

  test('encoded brackets and capitalised booleans', async () => {
    await newPair()
    const raw = await read('/organization?include_validation=True&filters[status]=active')
    const encoded = await read('/organization?include_validation=true&filters%5Bstatus%5D=active')
    deepEqual(raw, encoded)
    ok(raw.organizations[0].validations)
    equal('validations' in (await read('/organization?include_validation=False')).organizations[0], false)
  })

  test('numbers for telephone and zip', async () => {
    const path = await newOrganization({
      zip: 3000,
      telephone: 16000000,
      organization_contact: { ...ANN, telephone: 16000010, telephone_extension: 10 },
    })
    const { zip, telephone, organization_contact } = await read(path)
    deepEqual([zip, telephone, organization_contact.telephone_extension], ['3000', '16000000', '10'])
  })

  test('a JSON type and no bytes on activate and deactivate', async () => {
    const path = await newPair()
    for (const [verb, status] of [
      ['deactivate', 'inactive'],
      ['activate', 'active'],
    ]) {
      const headers = { ...JSON_TYPE, 'content-length': '0' }
      equal((await ask('desk', 'PUT', `${path}/${verb}`, { headers })).status, 204)
      equal((await read(path)).status, status)
    }
  })

  test('the literal null is a body that cannot be read', async () => {
    const path = await newPair()
    deepEqual(await told('desk', 'POST', '/organization', { body: 'null' }), [400, 'bad_request_format'])
    deepEqual(await told('desk', 'POST', `${path}/validation`, { body: 'null' }), [400, 'bad_request_format'])
    deepEqual(await told('desk', 'PUT', `${path}/contact`, { body: 'null' }), [400, 'bad_request_format'])
  })

  test('empty texts and zeros for what is not set', async () => {
    const nothing = { job_title: '', telephone: '', telephone_extension: '' }
    const path = await newOrganization({
      assumed_name: '',
      address2: '',
      container: { id: 0 },
      organization_contact: { ...ANN, ...nothing },
      validations: [{ type: 'ov', verified_users: [] }],
    })
    const { organization_contact, assumed_name, address2 } = await read(path)
    deepEqual([assumed_name, address2, Object.keys(organization_contact).length], [undefined, undefined, 4])
  })
})

describe('trap 10: lists that clients search and walk', () => {
  test('without parameters they hold everything, in a stable order', async () => {
    await Promise.all(Array.from({ length: 30 }, () => newOrganization()))
    const { organizations, page } = await read('/organization')
    const ids = organizations.map(({ id }: { id: number }) => id)
    deepEqual(page, { total: ids.length, limit: 1000, offset: 0 })
    deepEqual(
      ids,
      ids.toSorted((left: number, right: number) => left - right),
    )
  })

  test('walking until the offset is the total finds each once', async () => {
    const whole = await read('/organization')
    const walked = []
    for (let offset = 0, total = 1; offset < total; ) {
      const { organizations, page } = await read(`/organization?limit=7&offset=${offset}`)
      walked.push(...organizations)
      offset += organizations.length
      total = page.total
    }
    deepEqual(walked, whole.organizations)
  })

  test('potential-approvers is no organization', async () => {
    deepEqual(Object.keys(await read('/organization/potential-approvers')), ['users', 'contacts'])
    for (const method of ['PUT', 'DELETE', 'POST']) {
      const { status } = await ask('desk', method, '/organization/potential-approvers', {
        body: organizationWith(),
      })
      ok(status === 404 || status === 405)
    }
  })
})
