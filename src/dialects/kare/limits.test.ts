import { deepEqual, equal } from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ask, companyWith, newCompany, newContact, read, send, told } from '../../../test/safety-registers.ts'

// Every limit of specs/kare.md 1.1, 2.2 and 2.3, in every place where a client can reach it: what holds is kept whole, one
// more is refused. In UTF-16 units: the last character of each text is two of them.

const CONTACT = { name: 250, email: 250, comment: 2500 }
const COMPANY = { ...CONTACT, location: 250 }

const sized = (member: string, length: number): string =>
  member === 'email' ? `${'x'.repeat(length - 8)}@mail.be` : `${'x'.repeat(length - 2)}😀`

interface Place {
  readonly limits: Readonly<Record<string, number>>
  /** Sends members; what is told of a fault begins with `at`. */
  readonly send: (sent: object) => Promise<readonly unknown[]>
  readonly at: string
  readonly isTaken: number
  /** Where it is read again. */
  readonly shown: () => Promise<Readonly<Record<string, unknown>>>
}

let company = ''
let contact = ''

const PLACES: Readonly<Record<string, Place>> = {
  'a contact that is patched': {
    limits: CONTACT,
    async send(sent) {
      company = await newCompany()
      contact = await newContact(company)
      return told('register', 'PATCH', contact, { body: { notify: false, ...sent } })
    },
    at: '',
    isTaken: 200,
    shown: async () => (await read(`${company}/contacts`)).data[1],
  },
  'a new contact': {
    limits: CONTACT,
    async send(sent) {
      company = await newCompany()
      const body = [
        { notify: false, name: 'x' },
        { notify: false, name: 'y', ...sent },
      ]
      return told('register', 'POST', `${company}/contacts`, { body })
    },
    at: '1.',
    isTaken: 201,
    shown: async () => (await read(`${company}/contacts`)).data[2],
  },
  'a company that is patched': {
    limits: COMPANY,
    async send(sent) {
      company = await newCompany()
      return told('register', 'PATCH', company, { body: sent })
    },
    at: '',
    isTaken: 200,
    shown: () => read(company),
  },
  'a new company': {
    limits: COMPANY,
    async send(sent) {
      const { status, body } = await ask('register', 'POST', '', { body: companyWith(sent) })
      company = `/${body.id}`
      const details: readonly { path: readonly unknown[]; code: string }[] = body.details ?? []
      return [status, ...details.map(({ path, code }) => `${path.join('.')} ${code}`)]
    },
    at: '',
    isTaken: 201,
    shown: () => read(company),
  },
}

for (const [name, { limits, send: sendTo, at, isTaken, shown }] of Object.entries(PLACES)) {
  describe(name, () => {
    for (const [member, limit] of Object.entries(limits)) {
      test(`${member}: ${limit} units are taken and kept, ${limit + 1} are not`, async () => {
        const value = sized(member, limit)
        deepEqual(await sendTo({ [member]: value }), [isTaken])
        equal((await shown())[member], value)
        deepEqual(await sendTo({ [member]: sized(member, limit + 1) }), [400, `${at}${member} too_big`])
      })
    }

    test('phones: five of 50 units are taken and kept, six or 51 are not', async () => {
      const phones = Array.from({ length: 5 }, () => sized('phone', 50))
      deepEqual(await sendTo({ phones }), [isTaken])
      deepEqual((await shown())['phones'], phones)
      deepEqual(await sendTo({ phones: [...phones, ''] }), [400, `${at}phones too_big`])
      const long = [...phones.slice(1), sized('phone', 51)]
      deepEqual(await sendTo({ phones: long }), [400, `${at}phones.4 too_big`])
    })
  })
}

describe('a body', () => {
  const padded = (length: number) => '{"notify":false}'.padEnd(length, ' ')

  test('holds 1 MiB, not one byte more', async () => {
    const path = await newContact(await newCompany())
    equal((await ask('register', 'PATCH', path, { body: padded(1_048_576) })).status, 200)
    equal((await ask('register', 'PATCH', path, { body: padded(1_048_577) })).status, 413)
  })

  test('of new contacts holds 100, not 101', async () => {
    const contacts = (count: number) => Array.from({ length: count }, () => ({ notify: false, name: '' }))
    const path = `${await newCompany()}/contacts`
    deepEqual((await ask('register', 'POST', path, { body: contacts(100) })).body, { nbInsertion: 100 })
    deepEqual(await told('register', 'POST', path, { body: contacts(101) }), [400, ' too_big'])
    deepEqual(await told('register', 'POST', path, { body: [] }), [400, ' too_small'])
    equal((await read(`${path}?includeCount=true`)).totalCount, 101)
  })
})

describe('ids of a path', () => {
  const { MAX_SAFE_INTEGER, MIN_SAFE_INTEGER } = Number

  test('are safe integers, of which nobody has the greatest', async () => {
    const known = await newCompany()
    for (const id of [MAX_SAFE_INTEGER, MIN_SAFE_INTEGER, 2 ** 31, -1, 0]) {
      equal((await ask('register', 'GET', `/${id}`)).status, 404)
      equal((await ask('register', 'DELETE', `${known}/contacts/${id}`)).status, 404)
    }
  })

  test('and nothing beyond', async () => {
    for (const id of ['9007199254740992', '-9007199254740992', '1e3', '+1', '1.0', '%31x', '']) {
      const path = `/1/contacts/${id}`
      const { status } = await ask('register', 'DELETE', path)
      equal(status, id === '' ? 404 : 400, path)
    }
  })
})

test('log-in: what is too long or too short is told before anybody is looked for', async () => {
  const logIn = async (email: string, password: string) => {
    const { status, body } = await send('POST', '/auth-rs/v2/bo/login', { body: { email, password } })
    return [status, ...(body.details ?? []).map(({ code }: { code: string }) => code)]
  }
  const [good, long] = [sized('email', 250), sized('email', 251)]
  for (const password of ['x'.repeat(6), 'x'.repeat(100)]) deepEqual(await logIn(good, password), [401])
  deepEqual(await logIn(long, 'x'.repeat(6)), [400, 'too_big'])
  deepEqual(await logIn(good, 'x'.repeat(5)), [400, 'too_small'])
  deepEqual(await logIn(good, 'x'.repeat(101)), [400, 'too_big'])
})
