import { deepEqual, equal } from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { ask, newCompany, newContact, read, told } from '../../../test/safety-registers.ts'

type Listed = Readonly<Record<string, string | number | null>>

const namesOf = ({ data }: { data: readonly Listed[] }) => data.map(({ name }) => name)
const json = (value: unknown) => encodeURIComponent(JSON.stringify(value))

/** A company whose contacts have these names, and e-mails made of them. */
async function companyOf(...names: readonly string[]): Promise<string> {
  const company = await newCompany({ name: names[0] })
  const body = names
    .slice(1)
    .map((name) => ({ notify: false, name, email: `${name.toLowerCase()}@b.example` }))
  equal((await ask('register', 'POST', `${company}/contacts`, { body })).status, 201)
  return `${company}/contacts`
}

/** Companies of their own, which a word in their names tells from all others. */
let words = 0
async function companies(...names: readonly string[]): Promise<string> {
  words += 1
  const word = `groep${words}x`
  for (const [at, name] of names.entries()) {
    await newCompany({
      name: `${name} ${word}`,
      email: `${name.toLowerCase()}@${word}.example`,
      type: (at % 3) + 1,
    })
  }
  return word
}

describe('contacts', () => {
  test('are found by any part of name and e-mail, whatever the case', async () => {
    const path = await companyOf('Zeta', 'Anna', 'Hanne', 'Bo')
    deepEqual(namesOf(await read(`${path}?whereName=aN&includeCount=true`)), ['Anna', 'Hanne'])
    deepEqual(namesOf(await read(`${path}?whereName=NN&whereEmail=HANNE@`)), ['Hanne'])
    equal((await read(`${path}?whereEmail=@b.example&includeCount=true&pageSize=1`)).totalCount, 3)
    deepEqual(namesOf(await read(`${path}?whereName=&whereEmail=`)), ['Zeta', 'Anna', 'Hanne', 'Bo'])
    deepEqual(namesOf(await read(`${path}?whereName=%25`)), [])
  })

  test('are found by the day, the second and the millisecond that they were made', async () => {
    const path = await companyOf('Zeta', 'Anna')
    const { createdAt } = (await read(path)).data[0]
    for (const [date, count] of [
      [createdAt.slice(0, 10), 2],
      [`${createdAt.slice(0, 19)}Z`, undefined],
      [createdAt, undefined],
      ['2001-01-01', 0],
    ]) {
      const { data } = await read(`${path}?whereCreatedAt=${date}`)
      if (count === undefined) equal(data[0].createdAt, createdAt)
      else equal(data.length, count)
    }
  })

  test('are ordered as all forms of orderBy say', async () => {
    const path = await companyOf('Zeta', 'anna', 'Bo', 'Anna')
    const byName = { field: 'name', direction: 'asc' }
    for (const query of [
      'orderBy[0][field]=name&orderBy[0][direction]=asc',
      'orderBy%5B0%5D%5Bfield%5D=name',
      'orderBy[7][direction]=desc&orderBy[7][field]=id&orderBy[2][field]=name',
      `orderBy=${json([byName, { field: 'id', direction: 'desc' }])}`,
      `orderBy=${json(byName)}&orderBy=${json({ field: 'id', direction: 'desc' })}`,
      `orderBy[]=${json({ field: 'name' })}`,
    ]) {
      const isDescending = query.includes('desc')
      const expected = ['anna', 'Anna', 'Bo', 'Zeta']
      deepEqual(
        namesOf(await read(`${path}?${query}`)),
        isDescending ? ['Anna', 'anna', 'Bo', 'Zeta'] : expected,
        query,
      )
    }
    deepEqual(namesOf(await read(`${path}?orderBy=[]`)), ['Zeta', 'anna', 'Bo', 'Anna'])
  })

  test('without an e-mail or a date come first, or last', async () => {
    const path = await companyOf('Zeta', 'Anna')
    await newContact(path.replace('/contacts', ''), { name: 'Nemo' })
    equal(namesOf(await read(`${path}?orderBy[0][field]=email`))[0], 'Nemo')
    equal(
      namesOf(await read(`${path}?orderBy=${json({ field: 'email', direction: 'desc' })}`)).at(-1),
      'Nemo',
    )
  })

  test('are on the page that findId asks for', async () => {
    const path = await companyOf('Zeta', 'Anna', 'Bo', 'Cis', 'Dirk')
    const { data } = await read(path)
    for (const [at, { id }] of data.entries()) {
      const { pagination } = await read(`${path}?findId=${id}&pageSize=2&page=9`)
      deepEqual(pagination, { page: Math.floor(at / 2) + 1, pageSize: 2 })
    }
    equal((await read(`${path}?findId=${data[0].id}&pageSize=2&orderBy[0][field]=name`)).pagination.page, 3)
    for (const id of [0, -1, 2 ** 53 - 1]) {
      deepEqual((await read(`${path}?findId=${id}&page=2`)).pagination, { page: 2, pageSize: 50 })
    }
    equal((await read(`${path}?findId=${data[0].id}&whereName=Anna&page=3`)).pagination.page, 3)
  })
})

describe('companies', () => {
  test('are found by name, type and e-mail of the primary contact', async () => {
    const word = await companies('Anna', 'Hanne', 'Bo', 'Cis')
    const listed = await read(`?whereName=${word}&includeCount=true&pageSize=3`)
    deepEqual([listed.totalCount, listed.data.length], [4, 3])
    deepEqual(namesOf(await read(`?whereName=${word}&whereType=1`)), [`Anna ${word}`, `Cis ${word}`])
    deepEqual(namesOf(await read(`?whereEmail=ANNE@${word}&includeCount=true`)), [`Hanne ${word}`])
    const [{ id, primaryContactId }] = (await read(`?whereEmail=bo@${word}`)).data
    await ask('register', 'PATCH', `/${id}/contacts/${primaryContactId}`, {
      body: { notify: false, email: 'x@y.example' },
    })
    equal((await read(`?whereEmail=bo@${word}&includeCount=true`)).totalCount, 0)
    await ask('register', 'DELETE', `/${id}/contacts/${primaryContactId}`)
    await ask('register', 'PATCH', `/${id}`, { body: { email: `own@${word}.example` } })
    deepEqual(namesOf(await read(`?whereEmail=own@${word}`)), [`Bo ${word}`])
  })

  test('are ordered, paged and found on their page', async () => {
    const word = await companies('Dirk', 'anna', 'Bo', 'Anna')
    const order = `orderBy=${json([{ field: 'name' }, { field: 'id', direction: 'desc' }])}`
    const { data } = await read(`?whereName=${word}&${order}`)
    deepEqual(
      data.map(({ name }: Listed) => String(name).split(' ')[0]),
      ['Anna', 'anna', 'Bo', 'Dirk'],
    )
    for (const filter of [`whereName=${word}`, `whereEmail=@${word}`]) {
      for (const [at, { id }] of data.entries()) {
        const page = await read(`?${filter}&${order}&findId=${id}&pageSize=1`)
        deepEqual([page.pagination.page, page.data[0].id], [at + 1, id])
      }
      equal((await read(`?${filter}&findId=999999999&page=2`)).pagination.page, 2)
    }
  })

  test('come with what is asked for', async () => {
    const word = await companies('Anna')
    const extend = 'extend=contacts,labels,technical-installations,actions-info,establishments'
    const [company] = (await read(`?whereName=${word}&${extend}`)).data
    deepEqual(
      [company.contacts[0].id, company.labels, company.technicalInstallations, company.actions],
      [company.primaryContactId, [], [], { canBeUpdated: true, canBeDeleted: true }],
    )
    deepEqual(company, await read(`/${company.id}?${extend}`))
  })

  test('far past the end are none', async () => {
    const { data, pagination } = await read('?page=9007199254740991&pageSize=500')
    deepEqual([data, pagination], [[], { page: 9_007_199_254_740_991, pageSize: 500 }])
  })
})

describe('a query that is wrong is told whole', () => {
  for (const [query, ...faults] of [
    [
      'page=0&pageSize=0&includeCount=yes',
      'includeCount invalid_type',
      'page too_small',
      'pageSize too_small',
    ],
    ['pageSize=501', 'pageSize too_big'],
    ['findId=x', 'findId invalid_type'],
    ['findId=9007199254740992', 'findId too_big'],
    ['whereCreatedAt=', 'whereCreatedAt invalid_format'],
    ['whereCreatedAt=2023-02-29', 'whereCreatedAt invalid_format'],
    ['whereCreatedAt=2024-02-29T25:00:00Z', 'whereCreatedAt invalid_format'],
    ['orderBy=name', 'orderBy invalid_type'],
    ['orderBy=["name"]', 'orderBy invalid_type'],
    ['orderBy=null', 'orderBy invalid_type'],
    ['orderBy[name]=asc', 'orderBy invalid_type'],
    ['orderBy[0]=name', 'orderBy invalid_type'],
    ['orderBy={}', 'orderBy.0.field invalid_value'],
    [
      'orderBy[3][field]=phones&orderBy[3][direction]=up',
      'orderBy.0.field invalid_value',
      'orderBy.0.direction invalid_value',
    ],
    ['orderBy[0][field]=constructor', 'orderBy.0.field invalid_value'],
    ['extend=,', 'extend invalid_value', 'extend invalid_value'],
  ] as const) {
    test(query, async () => {
      const path = `${await newCompany()}/contacts`
      for (const one of [path, ''])
        deepEqual(await told('register', 'GET', `${one}?${query}`), [400, ...faults])
    })
  }

  test('ten orders are taken, eleven are not', async () => {
    const orders = (count: number) => json(Array.from({ length: count }, () => ({ field: 'id' })))
    equal((await ask('register', 'GET', `?orderBy=${orders(10)}`)).status, 200)
    deepEqual(await told('register', 'GET', `?orderBy=${orders(11)}`), [400, 'orderBy too_big'])
  })

  test('whereType is one of three, of companies alone', async () => {
    deepEqual(await told('register', 'GET', '?whereType=4'), [400, 'whereType invalid_value'])
    deepEqual(await told('register', 'GET', '?whereType=01'), [400, 'whereType invalid_value'])
    equal((await ask('register', 'GET', `${await newCompany()}/contacts?whereType=x`)).status, 200)
  })
})

test('whatever is asked is answered with 200 or 400', async () => {
  const company = await newCompany()
  const names = fc.constantFrom(
    'extend',
    'orderBy',
    'orderBy[0][field]',
    'whereName',
    'whereEmail',
    'whereType',
    'whereCreatedAt',
    'page',
    'pageSize',
    'findId',
    'includeCount',
    'x',
  )
  const values = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.integer().map(String),
    fc.constantFrom('name', 'true', '%', '_', '\0', '[{}]'),
  )
  const queries = fc.array(fc.tuple(names, values), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(queries, fc.boolean(), async (parameters, isOfContacts) => {
      const pairs = parameters.map(
        ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`,
      )
      const path = isOfContacts ? `${company}/contacts` : ''
      const { status } = await ask('register', 'GET', `${path}?${pairs.join('&')}`)
      equal(status === 200 || status === 400, true, `${status} for ${pairs.join('&')}`)
    }),
    { numRuns: 300 },
  )
})
