import { setTimeout as passed } from 'node:timers/promises'

/** One write and what became of it. */
export interface Written {
  /** In the record that was written, and nowhere else. */
  readonly value: string
  /** Milliseconds, by one clock for all. */
  readonly at: number
  readonly isAcknowledged: boolean
  /** What was said instead. */
  readonly refusal?: string
}

export interface Load {
  /** What each node was sent. */
  readonly written: readonly Written[][]
  /** The feed as the reader of each node saw it. */
  readonly seen: readonly SeenEvent[][]
  /** Ends the writers, and the readers once they have nothing more to read. */
  finish(): Promise<void>
}

export interface SeenEvent {
  readonly id: string
  readonly sequence: string
  /** What the parts are that it tells of, as JSON. */
  readonly after: string
}

const ORGANIZER = '/organizers/00000000-0000-4000-8000-000000000001'
const PERSON = { first_name: 'Ann', last_name: 'Peeters', email: 'ann@voorbeeld.example' }
const CONTACT = { contact_type: 'organization_contact', ...PERSON }

/** Gives what was said instead, when a write was not acknowledged. */
type Send = (method: string, path: string, body: unknown) => Promise<string | undefined>

/** A write through one API. */
const WRITES: readonly ((send: Send, value: string) => Promise<string | undefined>)[] = [
  (send, value) => send('PUT', `${ORGANIZER}/contact-point`, { phone: [value] }),
  (send, value) => send('PUT', '/api/v1/Contact/2', { Department: value }),
  (send, value) =>
    send('PUT', '/services/v2/organization/1/contact', { contacts: [{ ...CONTACT, telephone: value }] }),
  (send, value) => send('PATCH', '/companies/v2/rs/1/contacts/3', { notify: false, comment: value }),
  (send, value) => send('PATCH', '/v1/organizations/3', { 'polydex:note': value }),
  (send, value) =>
    send('POST', '/organizers', {
      mainLanguage: 'nl',
      name: { nl: value },
      url: `https://${value.replaceAll(' ', '-')}.example`,
    }),
]

/** How long a writer or reader that was refused waits. */
const AGAIN_MS = 50

/** Longest that an answer is waited for. */
const ANSWER_WITHIN_MS = 60_000

/** Writes to every node through every API, one write after another of each, and reads the feed of every node. */
export async function startLoad(urls: readonly string[]): Promise<Load> {
  const written: Written[][] = urls.map(() => [])
  const seen: SeenEvent[][] = urls.map(() => [])
  let isWriting = true
  let isReading = true
  const senders = await Promise.all(urls.map(senderTo))

  async function write(node: number, kind: number): Promise<void> {
    const [send, list] = [senders[node], written[node]]
    for (let count = 1; isWriting && send !== undefined; count += 1) {
      const value = `${node + 1}${kind + 1} ${count}`
      const refusal = await WRITES[kind]?.(send, value)
      const written = { value, at: performance.now(), isAcknowledged: refusal === undefined }
      list?.push(refusal === undefined ? written : { ...written, refusal })
      if (refusal !== undefined) await passed(AGAIN_MS)
    }
  }

  async function read(node: number): Promise<void> {
    let path = '/v1/changes?after=0&limit=500'
    for (let isLast = false; ; ) {
      const page = await feedPage(`${urls[node]}${path}`)
      if (page !== undefined) seen[node]?.push(...page.events)
      if (page?.events.length === 0 && isLast) return
      isLast = !isReading
      path = page?.next ?? path
      if (page === undefined || page.events.length === 0) await passed(AGAIN_MS)
    }
  }

  const writers = urls.flatMap((_, node) => WRITES.map((_, kind) => write(node, kind)))
  const readers = urls.map((_, node) => read(node))
  return {
    written,
    seen,
    async finish() {
      isWriting = false
      await Promise.all(writers)
      isReading = false
      await Promise.all(readers)
    },
  }
}

async function senderTo(url: string): Promise<Send> {
  const login = await fetch(`${url}/auth/v1/rs/login/credentials`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"email":"demo@example.org","password":"demo1234"}',
  })
  const { data } = (await login.json()) as { data: { accessToken: string; sessionToken: string } }
  const headers = {
    authorization: `Bearer ${data.accessToken}`,
    'x-session-token': data.sessionToken,
    'x-dc-devkey': 'demo-api-key',
  }
  return async (method, path, body) => {
    const isPatch = path.startsWith('/v1/')
    const type = isPatch ? 'application/merge-patch+json' : 'application/json'
    try {
      const reply = await fetch(`${url}${path}`, {
        method,
        headers: { ...headers, 'content-type': type },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      })
      const text = await reply.text()
      // Unavailable is what a server says meanwhile; anything else is a fault.
      if (!reply.ok && reply.status !== 503) throw new Error(`${method} ${path}: ${reply.status} ${text}`)
      return reply.ok ? undefined : text
    } catch (error) {
      // Nobody knows what became of it: the time is up, or the connection was closed.
      if (['TimeoutError', 'TypeError'].includes((error as Error).name)) return String(error)
      throw error
    }
  }
}

interface Page {
  readonly events: readonly SeenEvent[]
  readonly next: string
}

interface CloudEvent {
  readonly id: string
  readonly sequence: string
  readonly data: { readonly parts: Readonly<Record<string, readonly [unknown, unknown]>> }
}

/** Undefined while the node has nothing to read from. */
async function feedPage(url: string): Promise<Page | undefined> {
  const reply = await fetch(url, { headers: { authorization: 'Bearer demo-api-key' } }).catch(() => undefined)
  if (reply === undefined || reply.status === 503) return undefined
  const text = await reply.text()
  if (!reply.ok) throw new Error(`${url}: ${reply.status} ${text}`)
  const [, next = ''] = /^<([^>]*)>; rel="next"$/.exec(reply.headers.get('link') ?? '') ?? []
  const events = (JSON.parse(text) as readonly CloudEvent[]).map(({ id, sequence, data }) => ({
    id,
    sequence,
    after: JSON.stringify(Object.values(data.parts).map(([, after]) => after)),
  }))
  return { events, next }
}
