import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ask,
  companyWith,
  headersOf,
  logIn,
  newCompany,
  newContact,
  read,
  send,
  told,
} from '../../../test/safety-registers.ts'

// What is most likely to be got wrong (specs/kare.md 9).

const patch = (path: string, body: object) => ask('register', 'PATCH', path, { body })

const FULL = { email: 'ann@b.example', phones: ['1', '2'], comment: 'x' }

test('trap 1: notify is required on every patch', async () => {
  const contact = await newContact(await newCompany(), FULL)
  for (const body of [{}, { name: 'x' }, { comment: null }]) {
    deepEqual(await told('register', 'PATCH', contact, { body }), [400, 'notify invalid_type'])
  }
  for (const notify of [null, 'true', 1]) {
    deepEqual(await told('register', 'PATCH', contact, { body: { notify } }), [400, 'notify invalid_type'])
  }
})

test('trap 2: notify is neither kept nor returned, it moves notifyAt', async () => {
  const company = await newCompany()
  const contact = await newContact(company, FULL)
  for (const notify of [true, false]) {
    const { body, text } = await patch(contact, { notify })
    equal('notify' in body, false)
    equal(body.notifyAt !== null, notify)
    ok(!text.includes('"notify"'))
  }
  ok(!(await ask('register', 'GET', `${company}/contacts`)).text.includes('"notify"'))
})

describe('trap 3: what is null is there', () => {
  const NINE = ['id', 'name', 'email', 'phones', 'comment', 'companyId', 'notifyAt', 'updatedAt', 'createdAt']

  test('in a contact', async () => {
    const company = await newCompany()
    const contact = await newContact(company)
    const { body } = await patch(contact, { notify: false })
    deepEqual(Object.keys(body), NINE)
    deepEqual([body.email, body.phones, body.comment, body.notifyAt], [null, [], null, null])
    for (const listed of (await read(`${company}/contacts`)).data) deepEqual(Object.keys(listed), NINE)
  })

  test('in a company', async () => {
    const { location, comment, archivedAt, phones } = await read(await newCompany())
    deepEqual([location, comment, archivedAt, phones], [null, null, null, []])
  })
})

describe('trap 4: missing keeps, null clears, and some cannot be null', () => {
  test('in a contact', async () => {
    const contact = await newContact(await newCompany(), FULL)
    const kept = (await patch(contact, { notify: false })).body
    deepEqual([kept.email, kept.phones, kept.comment], [FULL.email, FULL.phones, FULL.comment])
    const cleared = (await patch(contact, { notify: false, email: null, comment: null, phones: [] })).body
    deepEqual([cleared.email, cleared.phones, cleared.comment], [null, [], null])
    const body = { notify: null, name: null, phones: null }
    deepEqual(await told('register', 'PATCH', contact, { body }), [
      400,
      'notify invalid_type',
      'name invalid_type',
      'phones invalid_type',
    ])
  })

  test('in a company', async () => {
    const company = await newCompany({ ...FULL, location: 'y' })
    const nulls = {
      name: null,
      type: null,
      email: null,
      phones: null,
      establishmentIds: null,
      labelIds: null,
    }
    deepEqual(await told('register', 'PATCH', company, { body: nulls }), [
      400,
      ...Object.keys(nulls)
        .filter((name) => name !== 'labelIds')
        .map((name) => `${name} invalid_type`),
      'labelIds invalid_type',
    ])
    await patch(company, { location: null, comment: null })
    const { location, comment, email, phones } = await read(company)
    deepEqual([location, comment, email, phones], [null, null, FULL.email, FULL.phones])
  })
})

describe('trap 5: an e-mail is exactly what the pattern says, and stays as it is', () => {
  for (const email of [
    '',
    ' a@b.example',
    'a@b.example ',
    'a@b',
    '.a@b.example',
    'a..b@c.example',
    'a.@b.example',
  ]) {
    test(`${JSON.stringify(email)} is none`, async () => {
      const company = await newCompany()
      const contact = await newContact(company)
      deepEqual(await told('register', 'PATCH', contact, { body: { notify: false, email } }), [
        400,
        'email invalid_format',
      ])
      deepEqual(await told('register', 'PATCH', company, { body: { email } }), [400, 'email invalid_format'])
      const body = companyWith({ email })
      deepEqual(await told('register', 'POST', '', { body }), [400, 'email invalid_format'])
    })
  }

  test('capitals stay', async () => {
    const company = await newCompany({ email: "O'Neil+X@Sub-.Example" })
    equal((await read(company)).email, "O'Neil+X@Sub-.Example")
  })
})

test('trap 6: only lists have an envelope', async () => {
  const company = await newCompany()
  const contact = await newContact(company)
  for (const { body } of [
    await patch(contact, { notify: false }),
    await patch(company, {}),
    await ask('register', 'GET', company),
    await ask('register', 'POST', '', { body: companyWith() }),
  ]) {
    equal('data' in body, false)
    equal(typeof body.id, 'number')
  }
  for (const path of ['', `${company}/contacts`]) {
    const body = await read(path)
    deepEqual(Object.keys(body), ['data', 'pagination'])
  }
})

test('trap 7: new contacts are an array, and a count is the answer', async () => {
  const company = await newCompany()
  const contact = { notify: true, name: 'x' }
  const { status, text } = await ask('register', 'POST', `${company}/contacts`, { body: [contact, contact] })
  deepEqual([status, text], [201, '{"nbInsertion":2}'])
  equal((await ask('register', 'POST', `${company}/contacts`, { body: contact })).status, 400)
})

test('trap 8: totalCount, company and actions come on request only', async () => {
  const company = await newCompany()
  for (const path of ['', `${company}/contacts`]) {
    for (const query of ['', '?includeCount=false']) equal('totalCount' in (await read(path + query)), false)
    equal(typeof (await read(`${path}?includeCount=true`)).totalCount, 'number')
    const [plain] = (await read(path)).data
    deepEqual(['company' in plain, 'actions' in plain], [false, false])
    ok((await read(`${path}?extend=actions-info`)).data[0].actions)
  }
  equal((await read(`${company}/contacts?extend=company`)).data[0].company.name, (await read(company)).name)
})

test('trap 9: both tokens, of one session, under names in any case', async () => {
  const path = '/companies/v2/rs'
  const [one, other] = [await logIn('register'), await logIn('register')]
  const { authorization, 'x-session-token': session } = headersOf(one)
  const get = async (headers: Record<string, string>) => (await send('GET', path, { headers })).status
  equal(await get({ AUTHORIZATION: authorization, 'X-SESSION-TOKEN': session }), 200)
  equal(
    await get({ Authorization: authorization.replace('Bearer', 'bearer'), 'X-Session-Token': session }),
    200,
  )
  equal(await get({ authorization }), 401)
  equal(await get({ 'x-session-token': session }), 401)
  equal(await get(headersOf({ ...one, sessionToken: other.sessionToken })), 403)
  equal(await get(headersOf({ accessToken: one.sessionToken, sessionToken: one.accessToken })), 401)
})

describe('trap 10: nobody is reached through somebody else’s company', () => {
  const requests = (contact: string) =>
    [
      ['PATCH', contact, { notify: false, name: 'stolen' }],
      ['DELETE', contact],
    ] as const

  test('of the same organization', async () => {
    const [mine, other] = [await newCompany(), await newCompany()]
    const id = (await newContact(mine)).split('/').at(-1)
    const before = await read(`${mine}/contacts`)
    for (const [method, path, body] of requests(`${other}/contacts/${id}`)) {
      equal((await ask('register', method, path, { body })).status, 404)
    }
    deepEqual(await read(`${mine}/contacts`), before)
  })

  test('of another one', async () => {
    const theirs = await newCompany({}, 'elsewhere')
    let mine = await newCompany()
    while ((await ask('elsewhere', 'GET', mine)).status === 200) mine = await newCompany()
    const contact = await newContact(mine)
    const before = await read(`${mine}/contacts`)
    for (const [method, path, body] of [
      ...requests(contact),
      ...requests(contact.replace(mine, theirs)),
      ['GET', mine],
      ['GET', `${mine}/contacts`],
      ['PATCH', mine, { name: 'stolen' }],
      ['DELETE', mine],
      ['POST', `${mine}/contacts`, [{ notify: true, name: 'x' }]],
    ] as const) {
      equal((await ask('elsewhere', method, path, { body })).status, 404, `${method} ${path}`)
    }
    deepEqual(await read(`${mine}/contacts`), before)
  })

  test('and every date has milliseconds and a Z', async () => {
    const company = await newCompany()
    const { body } = await patch(await newContact(company), { notify: true })
    await ask('register', 'DELETE', company)
    const dates = [body.notifyAt, body.updatedAt, body.createdAt, (await read(company)).archivedAt]
    for (const date of dates) match(date, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })
})
