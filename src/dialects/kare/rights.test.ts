import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ask, companyWith, newCompany, newContact, read, told } from '../../../test/safety-registers.ts'

const NOTHING = { canBeUpdated: false, canBeDeleted: false }
const EXTEND = 'extend=actions-info,updatable-fields'

const status = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).status
const idOf = (path: string) => Number(path.split('/').at(-1))

test('somebody without any right finds nothing, and is refused what they name', async () => {
  const company = await newCompany()
  const contact = await newContact(company)
  deepEqual((await read('?includeCount=true', 'nobody')).totalCount, 0)
  deepEqual((await read(`?findId=${idOf(company)}&whereName=Bedrijf&includeCount=true`, 'nobody')).data, [])
  for (const [method, path, body] of [
    ['GET', company],
    ['GET', `${company}/contacts`],
    ['PATCH', company, {}],
    ['PATCH', contact, { notify: true }],
    ['POST', `${company}/contacts`, [{ notify: true, name: 'x' }]],
    ['DELETE', contact],
    ['DELETE', company],
  ] as const) {
    equal(await status('nobody', method, path, { body }), 403, `${method} ${path}`)
  }
})

test('whoever creates a company has all of it', async () => {
  const company = await newCompany({ type: 3, comment: 'c' }, 'owner')
  const contact = await newContact(company, {}, 'owner')
  const { type, comment, email } = await read(company, 'owner')
  deepEqual([type, comment, typeof email], [3, 'c', 'string'])
  equal(await status('owner', 'PATCH', contact, { body: { notify: true } }), 200)
  equal(await status('owner', 'PATCH', company, { body: { comment: 'd', email: 'x@y.zz' } }), 200)
  equal(await status('owner', 'DELETE', contact), 204)
  equal(await status('owner', 'DELETE', company), 204)
})

describe('a reader', () => {
  test('reads all and is told that nothing can be done', async () => {
    const company = await newCompany(FULL)
    await newContact(company)
    const { actions, updatableFields, ...shown } = await read(`${company}?${EXTEND}`, 'reader')
    deepEqual(shown, await read(company))
    deepEqual([actions, Object.values(updatableFields).some(Boolean)], [NOTHING, false])
    for (const { actions } of (await read(`${company}/contacts?extend=actions-info`, 'reader')).data)
      deepEqual(actions, NOTHING)
  })

  test('writes nothing', async () => {
    const company = await newCompany()
    const contact = await newContact(company)
    const before = await read(`${company}?extend=contacts`)
    for (const [method, path, body] of [
      ['PATCH', company, { name: 'x' }],
      ['PATCH', contact, { notify: true }],
      ['POST', `${company}/contacts`, [{ notify: true, name: 'x' }]],
      ['DELETE', contact],
      ['DELETE', company],
    ] as const) {
      equal(await status('reader', method, path, { body }), 403, `${method} ${path}`)
    }
    deepEqual(await read(`${company}?extend=contacts`), before)
  })
})

const FULL = { type: 3, location: 'Achter de kerk', comment: 'geheim', establishmentIds: [7], labelIds: [77] }

describe('whoever may not read what only Kare says, nor notes or addresses', () => {
  test('sees a company as if it had none', async () => {
    const company = await newCompany(FULL)
    const shown = await read(`${company}?extend=labels`, 'shy')
    deepEqual(
      [shown.type, shown.location, shown.comment, shown.establishmentIds, shown.labels],
      [1, null, null, [], []],
    )
    await ask('register', 'DELETE', company)
    equal((await read(company, 'shy')).archivedAt, null)
  })

  test('does not find companies by it, nor by their order', async () => {
    const names = ['verlegen drie', 'verlegen twee', 'verlegen een']
    for (const [at, name] of names.entries()) await newCompany({ name, type: 3 - at })
    const find = (query: string) => read(`?whereName=verlegen&includeCount=true&${query}`, 'shy')
    equal((await find('whereType=3')).totalCount, 0)
    equal((await find('whereType=1')).totalCount, 3)
    for (const direction of ['asc', 'desc']) {
      const query = `orderBy[0][field]=type&orderBy[0][direction]=${direction}`
      deepEqual(
        (await find(query)).data.map(({ name }: { name: string }) => name),
        names,
      )
      const { pagination } = await find(`${query}&findId=${(await find('')).data[1].id}&pageSize=1`)
      equal(pagination.page, 2)
    }
  })

  test('writes the rest, and leaves it as it was', async () => {
    const company = await newCompany(FULL)
    const before = await read(`${company}?extend=labels`)
    equal(await status('shy', 'PATCH', company, { body: { name: 'Anders' } }), 200)
    deepEqual(await read(`${company}?extend=labels`), { ...before, name: 'Anders' })
    for (const body of [{ type: 2 }, { location: 'x' }, { comment: 'x' }, { establishmentIds: [1] }])
      equal(await status('shy', 'PATCH', company, { body }), 403, JSON.stringify(body))
    equal(await status('shy', 'DELETE', company), 403)
    deepEqual(await read(`${company}?extend=labels`), { ...before, name: 'Anders' })
  })

  test('is told so', async () => {
    const { actions, updatableFields } = await read(`${await newCompany(FULL)}?${EXTEND}`, 'shy')
    deepEqual(actions, { canBeUpdated: true, canBeDeleted: false })
    const can = Object.keys(updatableFields).filter((name) => updatableFields[name])
    deepEqual(can, ['name', 'labelIds'])
  })
})

describe('whoever may not read people', () => {
  test('sees the company as if it had none', async () => {
    const company = await newCompany({ email: 'a@b.example', phones: ['1'] })
    const shown = await read(`${company}?extend=contacts`, 'lonely')
    deepEqual([shown.email, shown.phones, shown.primaryContactId, shown.contacts], [null, [], null, []])
    deepEqual((await read(`${company}/contacts?includeCount=true`, 'lonely')).totalCount, 0)
  })

  test('does not find it by the e-mail of its primary contact', async () => {
    await newCompany({ email: 'vindbaar@b.example' })
    equal((await read('?whereEmail=vindbaar&includeCount=true')).totalCount, 1)
    equal((await read('?whereEmail=vindbaar&includeCount=true', 'lonely')).totalCount, 0)
  })

  test('reaches nobody', async () => {
    const company = await newCompany()
    const contact = await newContact(company)
    equal(await status('lonely', 'PATCH', contact, { body: { notify: true } }), 403)
    equal(await status('lonely', 'DELETE', contact), 403)
    equal(await status('lonely', 'POST', `${company}/contacts`, { body: [{ notify: true, name: 'x' }] }), 403)
  })

  test('writes an e-mail of the company’s own, and leaves that of its primary contact', async () => {
    const company = await newCompany({ email: 'a@b.example' })
    equal(await status('lonely', 'PATCH', company, { body: { email: 'eigen@b.example' } }), 200)
    equal((await read(company, 'lonely')).email, 'eigen@b.example')
    equal((await read(company)).email, 'a@b.example')
  })
})

test('whoever may write people alone deletes those without a role', async () => {
  const company = await newCompany()
  const contact = await newContact(company)
  const { data } = await read(`${company}/contacts?extend=actions-info`, 'helper')
  deepEqual(
    data.map(({ actions }: { actions: unknown }) => actions),
    [
      { canBeUpdated: true, canBeDeleted: false },
      { canBeUpdated: true, canBeDeleted: true },
    ],
  )
  const { primaryContactId } = await read(company)
  equal(await status('helper', 'DELETE', `${company}/contacts/${primaryContactId}`), 403)
  equal(await status('helper', 'DELETE', contact), 204)
  equal(await status('helper', 'PATCH', company, { body: { name: 'x' } }), 403)
})

test('a private label comes and goes with its right alone', async () => {
  const company = await newCompany()
  deepEqual(await told('register', 'PATCH', company, { body: { labelIds: [2] } }), [403])
  deepEqual(await told('register', 'POST', '', { body: companyWith({ labelIds: [2] }) }), [403])
  equal(await status('register', 'PATCH', company, { body: { labelIds: [1] } }), 200)
})

test('what one reader is shown is not what the next one is shown', async () => {
  const company = await newCompany(FULL)
  for (const who of ['register', 'shy', 'lonely', 'register', 'shy'])
    ok((await ask(who, 'GET', company)).text.includes(who === 'shy' ? '"type":1' : '"type":3'), who)
})
