import assert from 'node:assert/strict'
import { after } from 'node:test'
import { pino } from 'pino'
import type { AccessFile } from '../src/access/access-file.ts'
import { startApp } from '../src/app.ts'

const user = (id: string, roles: string[] = []) => ({
  id,
  kind: 'user',
  email: `${id}@example.org`,
  roles,
  credentials: [{ apiKey: `key-of-${id}` }],
})

/** Ann creates; bram is anybody; carla contributes where she is asked to; masked edits all but e-mail addresses; the others have a role. */
const ACCESS: AccessFile = {
  version: 1,
  tenants: [{ id: 'default', language: 'nl', public: 'uitdatabank' }],
  principals: [
    user('ann'),
    user('bram'),
    user('carla'),
    user('editor', ['leuven']),
    user('masked', ['masked']),
    user('trusted', ['trusted']),
    user('librarian', ['librarians']),
    user('half', ['half-librarians']),
    user('manager', ['managers']),
  ],
  roles: [
    {
      id: 'leuven',
      permissions: ['organizations.read', 'organizations.edit'],
      where: 'address.\\*.postalCode:3000',
    },
    { id: 'masked', permissions: ['organizations.read', 'organizations.edit'], parts: { emails: 'none' } },
    { id: 'trusted', permissions: ['labels.use-private'] },
    { id: 'managers', permissions: ['organizations.delete'] },
    { id: 'librarians', permissions: ['access.manage'] },
    { id: 'half-librarians', permissions: ['access.manage'], where: 'labels:x' },
  ],
  labels: [
    { name: 'open', visible: true, private: false },
    { name: 'reserved', visible: true, private: true },
  ],
}

const log = pino({ level: 'silent' })
const settings = { port: 0, host: '127.0.0.1', demo: false, logLevel: 'silent' } as const
const memory = { engine: 'sqlite', path: ':memory:' } as const
/** Shows what is written through UiTdatabank to anybody. */
export const app = await startApp({ ...settings, database: memory }, ACCESS, log)
/** Shows nothing to those who have no right to it. */
export const closed = await startApp(
  { ...settings, database: memory },
  { ...ACCESS, tenants: [{ id: 'default', language: 'nl', public: 'none' }] },
  log,
)
after(() => Promise.all([app.close(), closed.close()]))

interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON the server sends
  readonly body: any
}

/** A request of `who`, or of nobody. */
export async function ask(
  who: string | undefined,
  method: string,
  path: string,
  body?: unknown,
  base = app.url,
): Promise<Answer> {
  const reply = await fetch(`${base}${path}`, {
    method,
    ...(who !== undefined && { headers: { authorization: `Bearer key-of-${who}` } }),
    ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
  })
  const text = await reply.text()
  return { status: reply.status, body: text === '' ? undefined : JSON.parse(text) }
}

let count = 0

/** The document of a new organizer of its own. */
export function documentWith(more: object = {}): object {
  count += 1
  return { mainLanguage: 'nl', name: { nl: 'Voorbeeld' }, url: `https://n${count}.example`, ...more }
}

/** Path of a new organizer that ann creates. */
export async function organizerOfAnn(more: object = {}, base = app.url): Promise<string> {
  const { status, body } = await ask('ann', 'POST', '/organizers', documentWith(more), base)
  assert.equal(status, 201)
  return `/organizers/${body.id}`
}

export async function labelsOf(path: string): Promise<readonly string[]> {
  return (await ask(undefined, 'GET', path)).body.labels ?? []
}

export function formOf(
  bytes: Uint8Array<ArrayBuffer>,
  texts: Readonly<Record<string, string>> = {},
): FormData {
  const form = new FormData()
  form.set('file', new Blob([bytes], { type: 'text/html' }), '../../x.html')
  const all = { description: 'Zaal', copyrightHolder: 'Voorbeeld', language: 'nl', ...texts }
  for (const [name, text] of Object.entries(all)) form.set(name, text)
  return form
}

export const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 255, 13, 10])
export const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])

export async function uploadedBy(who: string, bytes = PNG): Promise<string> {
  const { status, body } = await ask(who, 'POST', '/images', formOf(bytes))
  assert.equal(status, 201)
  return body.id
}
