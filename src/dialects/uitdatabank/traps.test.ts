import { deepEqual, equal, notEqual } from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ask, documentWith, organizerOfAnn } from '../../../test/guests.ts'

// What is most likely to be got wrong (specs/uitdatabank.md 9). Traps 9, 10 and 15 stand in rights.test.ts and rights-labels.test.ts.

const NOBODYS = '/organizers/00000000-0000-4000-8000-000000000999'

/** What a request is told: its status, and its detail or the faults of its body. */
async function told(...request: Parameters<typeof ask>): Promise<readonly unknown[]> {
  const { status, body } = await ask(...request)
  const { detail, schemaErrors } = body ?? {}
  return [status, ...(detail === undefined ? [] : [detail]), ...(schemaErrors ?? []).map(faultOf)]
}

function faultOf({ jsonPointer, error }: { jsonPointer: string; error: string }): string {
  return `${jsonPointer} ${error}`
}

async function shown(path: string) {
  return (await ask(undefined, 'GET', path)).body
}

describe('trap 1: which of two errors wins', () => {
  const statusOf = async (...request: Parameters<typeof ask>) => (await ask(...request)).status

  test('route and method come before the token', async () => {
    equal(await statusOf(undefined, 'GET', '/organizers/x/y/z'), 404)
    equal(await statusOf(undefined, 'PATCH', `${NOBODYS}/contact-point`), 405)
  })

  test('the token comes before the organizer', async () => {
    equal(await statusOf(undefined, 'PUT', `${NOBODYS}/name/nl`, {}), 401)
  })

  test('the organizer comes before the language and the body', async () => {
    const detail = `The Organizer with id "${NOBODYS.slice('/organizers/'.length)}" was not found.`
    deepEqual(await told('bram', 'PUT', `${NOBODYS}/name/BENL`, {}), [404, detail])
    deepEqual(await told('bram', 'PUT', `${NOBODYS}/name/nl`, {}), [404, detail])
  })

  test('the language comes before the body, and the body before the right', async () => {
    const path = await organizerOfAnn()
    equal(await statusOf('bram', 'PUT', `${path}/name/BENL`, {}), 404)
    equal(await statusOf('bram', 'PUT', `${path}/name/nl`, {}), 400)
    equal(await statusOf('bram', 'PUT', `${path}/name/nl`, { name: 'x' }), 403)
  })
})

test('trap 2: PUT never creates, and an @id in the body is ignored', async () => {
  equal((await ask('ann', 'PUT', NOBODYS, documentWith())).status, 404)
  const { status, body } = await ask(
    'ann',
    'POST',
    '/organizers',
    documentWith({ '@id': `https://x.be${NOBODYS}` }),
  )
  equal(status, 201)
  notEqual(body.id, NOBODYS.slice('/organizers/'.length))
})

describe('trap 3: a contact point is an object or a list', () => {
  const FULL = { phone: ['1'], email: ['a@b.be'], url: ['https://b.be'] }

  test('a list is grouped by type', async () => {
    const path = await organizerOfAnn()
    const list = Object.entries(FULL).map(([type, [value]]) => ({ type, value }))
    equal((await ask('ann', 'PUT', `${path}/contactPoint`, list)).status, 204)
    deepEqual((await shown(path)).contactPoint, FULL)
  })

  for (const body of [{}, [], { contactPoint: FULL }]) {
    test(`${JSON.stringify(body)} clears it`, async () => {
      const path = await organizerOfAnn({ contactPoint: FULL })
      equal((await ask('ann', 'PUT', `${path}/contact-point`, body)).status, 204)
      deepEqual((await shown(path)).contactPoint, { phone: [], email: [], url: [] })
    })
  }

  test('faults point into the object that a list becomes', async () => {
    const path = await organizerOfAnn()
    const list = [
      { type: 'phone', value: '1' },
      { type: 'email', value: 'x' },
    ]
    deepEqual(await told('ann', 'PUT', `${path}/contact-point`, list), [
      400,
      "/email/0 The data must match the 'email' format",
    ])
  })
})

test('trap 4: a contact point is absent until it was filled, and then has three lists', async () => {
  const path = await organizerOfAnn()
  equal((await shown(path)).contactPoint, undefined)
  await ask('ann', 'PUT', `${path}/contact-point`, {})
  equal((await shown(path)).contactPoint, undefined)
  await ask('ann', 'PUT', `${path}/contact-point`, { email: ['a@b.be'] })
  deepEqual((await shown(path)).contactPoint, { phone: [], email: ['a@b.be'], url: [] })
  await ask('ann', 'PUT', `${path}/contact-point`, {})
  deepEqual((await shown(path)).contactPoint, { phone: [], email: [], url: [] })
})

describe('trap 5: what is wrong with a body', () => {
  test('one fault a place, in the order of the schema', async () => {
    const body = { name: {}, url: 'x', mainLanguage: 'es' }
    deepEqual(await told('ann', 'POST', '/organizers', body), [
      400,
      '/mainLanguage The data should match one item from enum',
      "/url The data must match the 'uri' format",
      '/name Object must have at least 1 properties, 0 found',
    ])
  })

  test('what is missing hides the rest', async () => {
    deepEqual(await told('ann', 'POST', '/organizers', { labels: ['x'] }), [
      400,
      '/ The required properties (mainLanguage, url, name) are missing',
    ])
  })

  test('lengths count code points, and a pointer is percent-encoded', async () => {
    equal(
      (await ask('ann', 'POST', '/organizers', documentWith({ name: { nl: '😀'.repeat(90) } }))).status,
      201,
    )
    deepEqual(await told('ann', 'POST', '/organizers', documentWith({ name: { nl: '😀'.repeat(91) } })), [
      400,
      '/name/nl Maximum string length is 90, found 91',
    ])
    deepEqual(await told('ann', 'POST', '/organizers', documentWith({ images: [{ description: 'x' }] })), [
      400,
      '/images/0 The required properties (@id) are missing',
    ])
  })
})

test('trap 6: what only the server writes is judged, and ignored', async () => {
  const faulty = documentWith({ created: 'yesterday', languages: [] })
  deepEqual(await told('ann', 'POST', '/organizers', faulty), [
    400,
    "/created The data must match the 'date-time' format",
    '/languages Array should have at least 1 items, 0 found',
  ])
  const path = await organizerOfAnn({
    created: '2001-02-03T04:05:06',
    creator: 'bram',
    workflowStatus: 'DELETED',
  })
  const { created, creator, workflowStatus } = await shown(path)
  notEqual(created.slice(0, 4), '2001')
  deepEqual([creator, workflowStatus], ['ann', 'ACTIVE'])
})

test('trap 7: nulls are not there', async () => {
  const nulls = { contactPoint: null, labels: [null], images: [], hiddenLabels: [] }
  const path = await organizerOfAnn({ contactPoint: { phone: ['1'] } })
  const { url } = await shown(path)
  equal((await ask('ann', 'PUT', path, { ...documentWith(nulls), url })).status, 200)
  deepEqual((await shown(path)).contactPoint, { phone: [], email: [], url: [] })
  deepEqual(await told('ann', 'PUT', path, { ...documentWith({ description: { nl: null } }), url }), [
    400,
    '/description Object must have at least 1 properties, 0 found',
  ])
})

test('trap 8: a whole PUT removes descriptions and the address, but no translations of names, nor the main language', async () => {
  const address = {
    addressCountry: 'BE',
    addressLocality: 'Leuven',
    postalCode: '3000',
    streetAddress: 'Markt 1',
  }
  const path = await organizerOfAnn({
    name: { nl: 'Voorbeeld', fr: 'Exemple' },
    description: { nl: 'Een', fr: 'Un' },
    address: { nl: address, fr: address },
  })
  const { url } = await shown(path)
  await ask('ann', 'PUT', path, {
    mainLanguage: 'fr',
    url,
    name: { fr: 'Autre' },
    description: { fr: 'Un' },
    address: { fr: address },
  })
  const after = await shown(path)
  deepEqual([after.mainLanguage, after.name], ['nl', { nl: 'Voorbeeld', fr: 'Autre' }])
  deepEqual([after.description, Object.keys(after.address)], [{ fr: 'Un' }, ['nl', 'fr']])
  await ask('ann', 'PUT', path, { mainLanguage: 'nl', url, name: { nl: 'Voorbeeld' } })
  deepEqual([(await shown(path)).description, (await shown(path)).address], [undefined, undefined])
})

describe('trap 11: a website is taken by its key', () => {
  const taken = (url: string, key: string) => [
    400,
    `The url ${url} (normalized to ${key}) is already in use.`,
  ]

  test('of another organizer, deleted or not, and of the own one in another spelling', async () => {
    const url = 'https://www.trap-eleven.example'
    const path = await organizerOfAnn({ url })
    const other = 'http://trap-eleven.example/'
    deepEqual(
      await told('ann', 'POST', '/organizers', documentWith({ url: other })),
      taken(other, 'trap-eleven.example'),
    )
    deepEqual(await told('ann', 'PUT', `${path}/url`, { url: other }), taken(other, 'trap-eleven.example'))
    equal((await ask('ann', 'PUT', `${path}/url`, { url })).status, 204)
    await ask('manager', 'DELETE', path)
    equal((await ask('ann', 'POST', '/organizers', documentWith({ url }))).status, 400)
  })

  test('and then nothing of the document is saved', async () => {
    const url = 'https://trap-eleven-b.example'
    await organizerOfAnn({ url })
    const path = await organizerOfAnn()
    equal((await ask('ann', 'PUT', path, documentWith({ url, name: { nl: 'Ander' } }))).status, 400)
    deepEqual((await shown(path)).name, { nl: 'Voorbeeld' })
  })
})

test('trap 12: deleting needs its own right, is soft, and can be repeated', async () => {
  const path = await organizerOfAnn()
  const id = path.slice('/organizers/'.length)
  deepEqual(await told('ann', 'DELETE', path), [
    403,
    `User ann has no permission "Organisaties beheren" on resource ${id}`,
  ])
  deepEqual(await told('manager', 'DELETE', path), [204])
  deepEqual(await told('manager', 'DELETE', path), [204])
  equal((await ask('ann', 'PUT', `${path}/name/nl`, { name: 'Na de dood' })).status, 204)
  const { status, body } = await ask(undefined, 'GET', path)
  deepEqual([status, body.workflowStatus, body.name], [200, 'DELETED', { nl: 'Na de dood' }])
})

test('trap 13: without a language a path means nl, and any two letters are a language', async () => {
  const path = await organizerOfAnn({
    mainLanguage: 'fr',
    name: { fr: 'Exemple' },
    description: { fr: 'Un' },
  })
  await ask('ann', 'PUT', `${path}/name`, { name: 'Voorbeeld' })
  await ask('ann', 'PUT', `${path}/name/es`, { name: 'Ejemplo' })
  deepEqual((await shown(path)).name, { fr: 'Exemple', nl: 'Voorbeeld', es: 'Ejemplo' })
  equal((await ask('ann', 'DELETE', `${path}/description/fr`)).status, 204)
  equal((await shown(path)).description, undefined)
})

describe('trap 14: what moves with a change', () => {
  /** `modified` knows whole seconds. */
  const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1_010 - (Date.now() % 1_000)))

  test('modified moves on real changes, and not with contributors', async () => {
    const path = await organizerOfAnn()
    const { modified } = await shown(path)
    await nextSecond()
    await ask('ann', 'PUT', `${path}/name/nl`, { name: ' Voorbeeld ' })
    await ask('ann', 'PUT', `${path}/contact-point`, {})
    await ask('ann', 'DELETE', `${path}/address`)
    await ask('ann', 'PUT', `${path}/contributors`, ['carla@example.org'])
    equal((await shown(path)).modified, modified)
    await ask('ann', 'PUT', `${path}/name/nl`, { name: 'Ander' })
    notEqual((await shown(path)).modified, modified)
  })

  test('a description counts as complete beyond 200 bytes, not characters', async () => {
    const path = await organizerOfAnn({ description: { nl: 'é'.repeat(100) } })
    equal((await shown(path)).completeness, 40)
    await ask('ann', 'PUT', `${path}/description/nl`, { description: `${'é'.repeat(100)}e` })
    equal((await shown(path)).completeness, 55)
    await ask('ann', 'PUT', `${path}/description/fr`, { description: 'e'.repeat(300) })
    await ask('ann', 'DELETE', `${path}/description/nl`)
    equal((await shown(path)).completeness, 40)
  })

  test('completed languages stay when none is left', async () => {
    const path = await organizerOfAnn()
    await ask('ann', 'PUT', `${path}/description/fr`, { description: 'Un' })
    const { languages, completedLanguages } = await shown(path)
    deepEqual([languages, completedLanguages], [['nl', 'fr'], ['nl']])
  })
})
