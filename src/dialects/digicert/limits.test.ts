import { deepEqual, equal } from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ask,
  contact,
  newOrganization,
  organizationWith,
  read,
  told,
} from '../../../test/certificate-desks.ts'

// Every limit of specs/digicert.md 2.1 and 2.2, in every place where a client can reach it: what holds is kept whole, one
// more is refused. In code points: each of these is two UTF-16 units.

const PERSON = { first_name: 128, last_name: 128, email: 255, job_title: 64, telephone: 32 }
const CONTACT = { ...PERSON, telephone_extension: 16 }
const ORGANIZATION = { name: 64, address: 64, address2: 64, city: 64, state: 64, zip: 40, telephone: 32 }

const sized = (member: string, length: number): string =>
  member === 'email' ? `${'😀'.repeat(length - 3)}@b.` : '😀'.repeat(length)

interface Place {
  readonly limits: Readonly<Record<string, number>>
  /** Sends a member with a value. */
  readonly send: (sent: object) => Promise<readonly unknown[]>
  readonly isTaken: number
  /** Where it is read again. */
  readonly shown: () => Promise<Readonly<Record<string, unknown>>>
}

function putOf(type: 'organization_contact' | 'technical_contact'): Place {
  let path = ''
  return {
    limits: CONTACT,
    async send(sent) {
      path = await newOrganization()
      const body = { contacts: [{ contact_type: type, ...contact(), ...sent }] }
      return told('desk', 'PUT', `${path}/contact`, { body })
    },
    isTaken: 204,
    shown: async () => (await read(path))[type],
  }
}

function createOf(limits: Place['limits'], wrapped: (sent: object) => object, type?: string): Place {
  let path = ''
  return {
    limits,
    async send(sent) {
      const { status, body } = await ask('desk', 'POST', '/organization', {
        body: organizationWith(wrapped(sent)),
      })
      path = `/organization/${body.id}`
      return [status, ...(body.errors ?? []).map(({ code }: { code: string }) => code)]
    },
    isTaken: 201,
    shown: async () => (type === undefined ? read(path) : (await read(path))[type]),
  }
}

function verifiedUser(): Place {
  let path = ''
  return {
    limits: PERSON,
    async send(sent) {
      path = await newOrganization()
      const user = { ...contact({ job_title: 'Baas', telephone: '1' }), ...sent }
      const body = { validations: [{ type: 'ev', verified_users: [user] }] }
      return told('desk', 'POST', `${path}/validation`, { body })
    },
    isTaken: 204,
    shown: async () => (await read(path)).verified_contacts[0],
  }
}

const PLACES: Readonly<Record<string, Place>> = {
  'a new organization': createOf(ORGANIZATION, (sent) => sent),
  'its organization contact': createOf(
    CONTACT,
    (sent) => ({ organization_contact: contact(sent) }),
    'organization_contact',
  ),
  'its technical contact': createOf(
    CONTACT,
    (sent) => ({ technical_contact: contact(sent) }),
    'technical_contact',
  ),
  'an organization contact that is put': putOf('organization_contact'),
  'a technical contact that is put': putOf('technical_contact'),
  'a verified user': verifiedUser(),
}

for (const [name, { limits, send, isTaken, shown }] of Object.entries(PLACES)) {
  describe(name, () => {
    for (const [member, limit] of Object.entries(limits)) {
      test(`${member}: ${limit} characters are taken and kept, ${limit + 1} are not`, async () => {
        const value = sized(member, limit)
        deepEqual(await send({ [member]: value }), [isTaken])
        const kept = (await shown())[member]
        if (kept !== undefined || name !== 'a verified user') equal(kept, value)
        deepEqual(await send({ [member]: sized(member, limit + 1) }), [400, `${member}_too_long`])
      })
    }
  })
}

describe('both names', () => {
  const both = (name: number, assumed: number) =>
    told('desk', 'POST', '/organization', {
      body: organizationWith({ name: '😀'.repeat(name), assumed_name: '😀'.repeat(assumed) }),
    })

  test('hold 61 characters together, not 62, wherever they are', async () => {
    for (const [name, assumed] of [
      [60, 1],
      [1, 60],
    ] as const) {
      deepEqual(await both(name, assumed), [201])
      deepEqual(await both(name + 1, assumed), [400, 'name_too_long'])
      deepEqual(await both(name, assumed + 1), [400, 'name_too_long'])
    }
  })

  test('and an assumed name alone no more than 64', async () => {
    deepEqual(await both(1, 64), [400, 'name_too_long'])
    deepEqual(await both(1, 65), [400, 'assumed_name_too_long'])
  })
})

test('a language is a safe integer', async () => {
  const path = await newOrganization()
  const put = (language_id: unknown) =>
    told('desk', 'PUT', `${path}/contact`, {
      body: { contacts: [{ contact_type: 'organization_contact', ...contact({ language_id }) }] },
    })
  for (const id of [1, '1', Number.MAX_SAFE_INTEGER, String(Number.MAX_SAFE_INTEGER)])
    deepEqual(await put(id), [204])
  equal((await read(path)).organization_contact.language_id, Number.MAX_SAFE_INTEGER)
  for (const id of [0, '0', 2 ** 53, String(2 ** 53)]) deepEqual(await put(id), [400, 'invalid_language_id'])
})

test('a number for text is a safe integer', async () => {
  const zip = (value: number) =>
    told('desk', 'POST', '/organization', { body: organizationWith({ zip: value }) })
  for (const value of [0, Number.MAX_SAFE_INTEGER]) deepEqual(await zip(value), [201])
  for (const value of [-1, 2 ** 53]) deepEqual(await zip(value), [400, 'invalid_zip'])
})

test('a body holds 1 MiB, not one byte more', async () => {
  const path = await newOrganization()
  const body = JSON.stringify({ contacts: [{ contact_type: 'organization_contact', ...contact() }] })
  const padded = (length: number) => body.padEnd(length, ' ')
  deepEqual(await told('desk', 'PUT', `${path}/contact`, { body: padded(1_048_576) }), [204])
  equal((await told('desk', 'PUT', `${path}/contact`, { body: padded(1_048_577) }))[0], 413)
})

test('ids are int32', async () => {
  for (const id of [2_147_483_647, 2_147_483_648])
    deepEqual(await told('desk', 'GET', `/organization/${id}`), [404, 'not_found|organization'])
})
