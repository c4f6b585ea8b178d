import { deepEqual, equal } from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { SignJWT } from 'jose'
import { pino } from 'pino'
import type { App } from '../src/app.ts'
import { startApp } from '../src/app.ts'
import { DEMO_SIGNING_KEY } from '../src/demo.ts'

const ORGANIZER = '/organizers/00000000-0000-4000-8000-000000000001'

let app: App
before(async () => {
  const settings = {
    port: 0,
    host: '127.0.0.1',
    database: { engine: 'sqlite', path: ':memory:' },
    demo: true,
    logLevel: 'silent',
  } as const
  const access = {
    version: 1 as const,
    principals: [{ id: 'stranger', credentials: [{ apiKey: 'a-stranger' }] }],
    catalogues: { uitdatabank: { edition: 'legacy' } },
  }
  app = await startApp(settings, access, pino({ level: 'silent' }))
})
after(() => app.close())

interface Answer {
  readonly status: number
  readonly body: unknown
}

async function answer(method: string, path: string, token: string, body?: string): Promise<Answer> {
  const request = {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body !== undefined && { body }),
  }
  const reply = await fetch(`${app.url}${path}`, request)
  const text = await reply.text()
  return { status: reply.status, body: text.startsWith('{') ? JSON.parse(text) : text }
}

test('the legacy edition tells a wrong method as a route that is not found', async () => {
  deepEqual(await answer('POST', `${ORGANIZER}/contactPoint`, 'demo-token', '{}'), {
    status: 400,
    body: {
      title: `No route found for "POST ${ORGANIZER}/contactPoint": Method Not Allowed (Allow: PUT, OPTIONS)`,
      type: 'about:blank',
      status: 400,
    },
  })
})

test('the legacy edition tells faults of a body as validation messages', async () => {
  deepEqual(
    await answer('PUT', `${ORGANIZER}/address`, 'demo-token', '{"postalCode":"3000","streetAddress":"x"}'),
    {
      status: 400,
      body: {
        validation_messages: {
          addressCountry: 'Required but could not be found.',
          addressLocality: 'Required but could not be found.',
        },
        title: 'Invalid payload.',
        type: 'about:blank',
      },
    },
  )
})

test('the legacy edition names the place of a fault with dots', async () => {
  const { body } = await answer('PUT', `${ORGANIZER}/contactPoint`, 'demo-token', '{"email":["x"]}')
  deepEqual((body as { validation_messages: unknown }).validation_messages, {
    'email.0': "The data must match the 'email' format",
  })
})

test('the legacy edition tells a missing permission as 401 and names the command', async () => {
  const id = ORGANIZER.slice('/organizers/'.length)
  deepEqual(await answer('PUT', `${ORGANIZER}/contactPoint`, 'a-stranger', '{}'), {
    status: 401,
    body: {
      title: `User with id: stranger has no permission: "Organisaties bewerken" on item: ${id} when executing command: CultuurNet\\UDB3\\Organizer\\Commands\\UpdateContactPoint`,
      type: 'about:blank',
      status: 401,
    },
  })
})

test('the legacy edition tells an expired token in plain text', async () => {
  const expired = await new SignJWT({ sub: 'demo' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('polydex')
    .setExpirationTime('2 minutes ago')
    .sign(Buffer.from(DEMO_SIGNING_KEY, 'base64url'))
  deepEqual(await answer('PUT', `${ORGANIZER}/contactPoint`, expired, '{}'), {
    status: 401,
    body: 'Token claims validation failed. This most likely means the token is expired.',
  })
})

test('the legacy edition answers a success as the current one does', async () => {
  const { status } = await answer(
    'PUT',
    `${ORGANIZER}/contactPoint`,
    'demo-token',
    '[{"type":"phone","value":"013/445566"}]',
  )
  equal(status, 204)
})
