import { deepEqual, equal } from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { ask, newCompany, newContact, read } from '../../../test/safety-registers.ts'
import { contactInputs } from './testing/random-bodies.ts'
import type { ContactView } from './wire/contact.ts'
import { CONTACT_EXTENSIONS, CONTACT_FIELDS } from './wire/contact.ts'

// The properties of specs/kare.md 6 that only the whole server can show; the others are in state-rules.test.ts.

const EMPTY = { notify: false, name: '', email: null, phones: [], comment: null }
const bodies = contactInputs(EMPTY, ['1', '2'])

const countOf = async (path: string): Promise<number> =>
  (await read(`${path}/contacts?includeCount=true&pageSize=1`)).totalCount

test('the answer to a patch is what the list shows of the contact, and nobody else moves', async () => {
  const company = await newCompany()
  const contact = await newContact(company)
  await newContact(company)
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      const before = (await read(`${company}/contacts`)).data as readonly ContactView[]
      const { status, body: answered } = await ask('register', 'PATCH', contact, { body })
      equal(status, 200)
      const expected = before.map((one) => (one.id === answered.id ? answered : one))
      deepEqual((await read(`${company}/contacts`)).data, expected)
    }),
    { numRuns: 60 },
  )
})

test('the count grows by what was inserted, and by nothing when one of them is refused', async () => {
  const company = await newCompany()
  const batches = fc.array(fc.array(bodies, { minLength: 1, maxLength: 4 }), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(batches, fc.nat(3), async (sent, spoiled) => {
      const before = await countOf(company)
      let inserted = 0
      for (const [at, contacts] of sent.entries()) {
        const body = at === spoiled ? [...contacts, { notify: true }] : contacts
        const { status, body: answered } = await ask('register', 'POST', `${company}/contacts`, { body })
        equal(status, at === spoiled ? 400 : 201)
        inserted += answered.nbInsertion ?? 0
      }
      equal(await countOf(company), before + inserted)
    }),
    { numRuns: 25 },
  )
})

interface Lists {
  readonly contacts: string
  readonly companies: string
}

/** A list of nine contacts, and one of nine companies. */
async function lists(): Promise<Lists> {
  const contacts = `${await newCompany()}/contacts`
  const names = ['b', 'a', 'C', 'c', '', 'é', 'a', 'Z']
  const body = names.map((name, at) => ({ notify: at % 3 === 0, name, email: at % 2 ? `x${at}@b.cd` : null }))
  await ask('register', 'POST', contacts, { body })
  for (const name of ['b', 'a', 'C', 'c', 'x', 'é', 'a', 'Z', 'q'])
    await newCompany({ name: `${name} bladzijde` })
  return { contacts, companies: '?whereName=bladzijde' }
}

const pages = fc.record({
  page: fc.integer({ min: 1, max: 12 }),
  pageSize: fc.integer({ min: 1, max: 10 }),
  includeCount: fc.boolean(),
})
const extensions = fc.subarray([...CONTACT_EXTENSIONS])
const orders = fc.uniqueArray(
  fc.record({ field: fc.constantFrom(...CONTACT_FIELDS), direction: fc.constantFrom('asc', 'desc') }),
  { maxLength: 2, selector: ({ field }) => field },
)

const withQuery = (path: string, parameters: object): string => {
  const query = new URLSearchParams(
    Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]),
  )
  return `${path}${path.includes('?') ? '&' : '?'}${query}`
}

describe('lists', async () => {
  const { contacts, companies } = await lists()

  test('have a count if and only if it is asked for, the same on every page', async () => {
    await fc.assert(
      fc.asyncProperty(pages, fc.constantFrom(contacts, companies), async (asked, path) => {
        const answer = await read(withQuery(path, asked))
        deepEqual(
          [answer.totalCount, 'totalCount' in answer],
          [asked.includeCount ? 9 : undefined, asked.includeCount],
        )
        deepEqual(answer.pagination, { page: asked.page, pageSize: asked.pageSize })
      }),
      { numRuns: 60 },
    )
  })

  test('show the company and the actions of each contact if and only if they are asked for', async () => {
    await fc.assert(
      fc.asyncProperty(extensions, fc.boolean(), async (extend, isRepeated) => {
        const query = isRepeated
          ? extend.map((name) => `extend=${name}`).join('&')
          : `extend=${extend.join(',')}`
        const { data } = await read(`${contacts}?${extend.length === 0 ? '' : query}`)
        equal(data.length, 9)
        for (const one of data) {
          deepEqual(
            ['company' in one, 'actions' in one],
            [extend.includes('company'), extend.includes('actions-info')],
          )
        }
      }),
      { numRuns: 20 },
    )
  })

  test('are their pages one after the other, and each member is on the page that findId tells', async () => {
    await fc.assert(
      fc.asyncProperty(orders, fc.integer({ min: 1, max: 10 }), async (orderBy, pageSize) => {
        const asked = { orderBy: JSON.stringify(orderBy), pageSize }
        const whole = (await read(withQuery(contacts, { ...asked, pageSize: 500 })))
          .data as readonly ContactView[]
        const paged: ContactView[] = []
        for (let page = 1; page <= Math.ceil(9 / pageSize); page += 1)
          paged.push(...(await read(withQuery(contacts, { ...asked, page }))).data)
        deepEqual(paged, whole)
        equal(new Set(whole.map(({ id }) => id)).size, 9)
        for (const [at, { id }] of whole.entries()) {
          const { data, pagination } = await read(withQuery(contacts, { ...asked, findId: id }))
          equal(pagination.page, Math.floor(at / pageSize) + 1)
          deepEqual(data, whole.slice((pagination.page - 1) * pageSize, pagination.page * pageSize))
        }
      }),
      { numRuns: 15 },
    )
  })
})

test('a contact is reached through its own company alone', async () => {
  const homes = await Promise.all(Array.from({ length: 4 }, () => newCompany()))
  const contacts = await Promise.all(homes.map((home) => newContact(home)))
  const anyOf = fc.nat(homes.length - 1)
  await fc.assert(
    fc.asyncProperty(anyOf, anyOf, fc.constantFrom('PATCH', 'DELETE'), async (home, through, method) => {
      fc.pre(home !== through)
      const id = contacts[home]?.split('/').at(-1)
      const before = await read(`${homes[home]}/contacts`)
      const path = `${homes[through]}/contacts`
      const body = { notify: true, name: 'stolen' }
      equal((await ask('register', method, `${path}/${id}`, { body })).status, 404)
      const { data } = await read(`${path}?findId=${id}`)
      equal(
        data.some((one: ContactView) => String(one.id) === id),
        false,
      )
      deepEqual(await read(`${homes[home]}/contacts`), before)
    }),
    { numRuns: 40 },
  )
})
