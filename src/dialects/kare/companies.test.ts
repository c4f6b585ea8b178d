import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ask,
  claimsOf,
  newCompany,
  newContact,
  read,
  switchTo,
  tokensOf,
  told,
} from '../../../test/safety-registers.ts'

const SAVED = [
  'id',
  'name',
  'type',
  'location',
  'comment',
  'organizationId',
  'archivedAt',
  'createdAt',
  'updatedAt',
]
const SHOWN = [
  'id',
  'name',
  'type',
  'location',
  'comment',
  'archivedAt',
  'email',
  'phones',
  'primaryContactId',
  'establishmentIds',
]

/** Number of the organization that a session is of. */
async function organizationOf(who: string): Promise<unknown> {
  return claimsOf((await tokensOf(who))['x-session-token'] ?? '')['organizationId']
}

const patch = (path: string, body: object) => ask('register', 'PATCH', path, { body })

describe('a new company', () => {
  test('is answered in its short form, without an envelope', async () => {
    const body = { name: 'Keuring bv', type: 3, email: 'info@keuring.example' }
    const { status, body: saved } = await ask('register', 'POST', '', { body })
    equal(status, 201)
    deepEqual(Object.keys(saved), SAVED)
    const { id: _, createdAt, updatedAt, ...rest } = saved
    deepEqual(rest, {
      name: 'Keuring bv',
      type: 3,
      location: null,
      comment: null,
      organizationId: await organizationOf('register'),
      archivedAt: null,
    })
    equal(createdAt, updatedAt)
  })

  test('has a primary contact with its name, e-mail and phones, who is not notified', async () => {
    const path = await newCompany({ name: 'Keuring bv', email: 'a@b.example', phones: ['1', 'twee'] })
    const { data } = await read(`${path}/contacts`)
    deepEqual(
      data.map(({ name, email, phones, comment, notifyAt }: Record<string, unknown>) => ({
        name,
        email,
        phones,
        comment,
        notifyAt,
      })),
      [{ name: 'Keuring bv', email: 'a@b.example', phones: ['1', 'twee'], comment: null, notifyAt: null }],
    )
    equal((await read(path)).primaryContactId, data[0].id)
  })

  test('keeps all that it is given', async () => {
    const path = await newCompany({
      location: 'Achter de kerk',
      comment: 'c',
      establishmentIds: [3, 1, 3],
      technicalInstallationIds: [9],
      labelIds: [1, 77],
    })
    const company = await read(`${path}?extend=labels,technical-installations`)
    deepEqual([company.location, company.comment, company.establishmentIds], ['Achter de kerk', 'c', [3, 1]])
    deepEqual(company.labels, [
      { id: 1, name: 'Zichtbaar', color: '#808080' },
      { id: 77, name: '', color: '#808080' },
    ])
    deepEqual(company.technicalInstallations, [
      { id: 9, name: '', image: { id: 0, presignedUrl: '' }, tradKey: '', isDefault: false },
    ])
  })

  test('ignores members that nobody knows, and those that are the server’s', async () => {
    const path = await newCompany({ id: 1, archivedAt: 'x', createdAt: 1, primaryContactId: 1, x: {} })
    equal((await read(path)).archivedAt, null)
  })
})

describe('a read', () => {
  test('has the members of its own, and no others', async () => {
    deepEqual(Object.keys(await read(await newCompany())), SHOWN)
  })

  test('adds what it is asked for', async () => {
    const path = await newCompany()
    const extend =
      'actions-info,updatable-fields&extend=contacts&extend[]=labels&extend[0]=establishments,technical-installations'
    const company = await read(`${path}?extend=${extend}`)
    deepEqual(
      Object.keys(company).filter((name) => !SHOWN.includes(name)),
      ['technicalInstallations', 'labels', 'contacts', 'actions', 'updatableFields'],
    )
    deepEqual(company.actions, { canBeUpdated: true, canBeDeleted: true })
    deepEqual(Object.keys(company.contacts[0]), ['id', 'name', 'email', 'phones', 'comment', 'notifyAt'])
    ok(Object.values(company.updatableFields).every((can) => can === true))
    equal(Object.keys(company.updatableFields).length, 9)
  })

  test('knows no other extension, all of them told', async () => {
    const path = await newCompany()
    deepEqual(await told('register', 'GET', `${path}?extend=x,contacts&extend=y`), [
      400,
      'extend invalid_value',
      'extend invalid_value',
    ])
    deepEqual(await told('register', 'GET', '?extend=updatable-fields'), [400, 'extend invalid_value'])
  })

  test('twice is the same text', async () => {
    const path = await newCompany()
    equal((await ask('register', 'GET', path)).text, (await ask('register', 'GET', path)).text)
  })

  test('after another contact changed, is new', async () => {
    const path = await newCompany()
    const contact = await newContact(path)
    const [one, list] = await Promise.all([read(`${path}?extend=contacts`), read(`${path}/contacts`)])
    await patch(contact, { notify: false, name: 'Bo' })
    equal(one.contacts[1].name, 'Ann Peeters')
    equal(list.data[1].name, 'Ann Peeters')
    equal((await read(`${path}?extend=contacts`)).contacts[1].name, 'Bo')
    equal((await read(`${path}/contacts`)).data[1].name, 'Bo')
  })
})

describe('an update', () => {
  test('of nothing changes nothing, not even a time', async () => {
    const path = await newCompany({ location: 'x', labelIds: [1], phones: ['1'] })
    const before = await read(path)
    const [first, second] = [await patch(path, {}), await patch(path, { name: before.name, location: 'x' })]
    deepEqual([first.status, first.body.updatedAt], [200, first.body.createdAt])
    deepEqual(second.body, first.body)
    deepEqual(await read(path), before)
  })

  test('is answered in the short form', async () => {
    const { status, body } = await patch(await newCompany(), { comment: 'x' })
    deepEqual([status, Object.keys(body)], [200, SAVED])
  })

  test('writes e-mail and phones through to the primary contact', async () => {
    const path = await newCompany()
    const { body } = await patch(path, { email: 'nieuw@b.example', phones: ['7'] })
    const { data } = await read(`${path}/contacts`)
    deepEqual([data[0].email, data[0].phones], ['nieuw@b.example', ['7']])
    ok(body.updatedAt >= data[0].updatedAt)
    const { email, phones } = await read(path)
    deepEqual([email, phones], ['nieuw@b.example', ['7']])
  })

  test('of the primary contact is seen in the company', async () => {
    const path = await newCompany()
    const { primaryContactId } = await read(path)
    await patch(`${path}/contacts/${primaryContactId}`, { notify: false, email: null, phones: ['8'] })
    const { email, phones } = await read(path)
    deepEqual([email, phones], [null, ['8']])
  })

  test('of a company without a primary contact writes its own, and makes nobody', async () => {
    const path = await newCompany()
    const { primaryContactId } = await read(path)
    equal((await ask('register', 'DELETE', `${path}/contacts/${primaryContactId}`)).status, 204)
    const alone = await read(path)
    deepEqual([alone.email, alone.phones, alone.primaryContactId], [null, [], null])
    await patch(path, { email: 'eigen@b.example', phones: ['1'] })
    const after = await read(path)
    deepEqual([after.email, after.phones, after.primaryContactId], ['eigen@b.example', ['1'], null])
    deepEqual((await read(`${path}/contacts`)).data, [])
  })

  test('with null clears location and comment, and with nothing but blanks no name', async () => {
    const path = await newCompany({ name: 'Keuring', location: 'x', comment: 'y' })
    await patch(path, { location: null, comment: null, name: '  ' })
    const { name, location, comment } = await read(path)
    deepEqual([name, location, comment], ['Keuring', null, null])
  })

  test('replaces lists of ids whole', async () => {
    const path = await newCompany({ labelIds: [1, 77], establishmentIds: [1], technicalInstallationIds: [1] })
    await patch(path, { labelIds: [78, 77], establishmentIds: [], technicalInstallationIds: [2] })
    const company = await read(`${path}?extend=labels,technical-installations`)
    deepEqual(
      [company.labels, company.technicalInstallations].map((list) =>
        list.map(({ id }: { id: number }) => id),
      ),
      [[77, 78], [2]],
    )
    deepEqual(company.establishmentIds, [])
  })
})

describe('an archive', () => {
  const archived = async () => {
    const path = await newCompany()
    equal((await ask('register', 'DELETE', path)).status, 204)
    return path
  }

  test('has a time, and can be read but not written', async () => {
    const path = await archived()
    const { archivedAt, primaryContactId, actions } = await read(`${path}?extend=actions-info`)
    equal(new Date(archivedAt).toISOString(), archivedAt)
    deepEqual(actions, { canBeUpdated: false, canBeDeleted: false })
    const contact = `${path}/contacts/${primaryContactId}`
    for (const [method, where, body] of [
      ['PATCH', path, {}],
      ['PATCH', contact, { notify: true }],
      ['POST', `${path}/contacts`, [{ notify: true, name: 'x' }]],
      ['DELETE', contact],
    ] as const) {
      equal((await ask('register', method, where, { body })).status, 409, `${method} ${where}`)
    }
    equal((await read(`${path}/contacts?extend=company`)).data[0].company.archivedAt, archivedAt)
  })

  test('made twice stays as it was', async () => {
    const path = await archived()
    const before = await read(path)
    equal((await ask('register', 'DELETE', path, { body: 'anything' })).status, 204)
    deepEqual(await read(path), before)
  })

  test('of a company that another API made inactive stands as well', async () => {
    const path = await newCompany()
    await switchTo('deactivate', path)
    equal((await read(path)).archivedAt, null)
    await ask('register', 'DELETE', path)
    ok((await read(path)).archivedAt)
    await switchTo('deactivate', path)
    ok((await read(path)).archivedAt)
  })

  test('ends for good when another API activates the company, whatever it does later', async () => {
    const path = await archived()
    await switchTo('activate', path)
    equal((await read(path)).archivedAt, null)
    equal((await patch(path, { comment: 'x' })).status, 200)
    await switchTo('deactivate', path)
    equal((await read(path)).archivedAt, null)
    equal((await patch(path, { comment: 'y' })).status, 200)
    await ask('register', 'DELETE', path)
    ok((await read(path)).archivedAt)
  })
})

describe('a contact that is deleted', () => {
  test('is gone, with the roles that it had', async () => {
    const path = await newCompany()
    const contact = await newContact(path)
    const { primaryContactId } = await read(path)
    for (const one of [contact, `${path}/contacts/${primaryContactId}`]) {
      const { status, text } = await ask('register', 'DELETE', one)
      deepEqual([status, text], [204, ''])
      equal((await ask('register', 'DELETE', one)).status, 404)
      equal((await patch(one, { notify: false })).status, 404)
    }
    deepEqual((await read(`${path}/contacts?includeCount=true`)).totalCount, 0)
    equal((await read(path)).primaryContactId, null)
  })

  test('leaves the others as they were', async () => {
    const path = await newCompany()
    const { data } = await read(`${path}/contacts`)
    await ask('register', 'DELETE', await newContact(path))
    deepEqual((await read(`${path}/contacts`)).data, data)
  })
})

test('one contact cannot be read alone: there is no such route', async () => {
  const path = await newCompany()
  equal((await ask('register', 'GET', await newContact(path))).status, 404)
})
