import { createHash } from 'node:crypto'
import { problem, refused } from '../../core/problem.ts'
import type { Reply, Request, Services } from '../dialect.ts'
import type { Refusal } from './problems.ts'

type Handle = (request: Request, services: Services) => Promise<Reply>

/** How long an answer is kept for whoever asks again. */
const KEPT_MS = 24 * 3_600_000

const KIND = 'native.idempotency'

/** A structured string, or what is in it. At most 255 characters that are to be seen. @see RFC 8941 §3.3.3 */
const KEY = /^"([\x21\x23-\x5b\x5d-\x7e]{1,255})"$|^([\x21\x23-\x2b\x2d-\x7e]{1,255})$/

interface Answered {
  readonly fingerprint: string
  /** UTC, milliseconds. */
  readonly at: string
  readonly reply: Reply
}

/**
 * A write that may be sent again: with an Idempotency-Key that its sender has used within 24 hours it is not done again, and
 * answered as it was, byte for byte. The answer is kept in the transaction of the write; a request that failed wrote nothing
 * and is done anew. @see draft-ietf-httpapi-idempotency-key-header-07
 * @throws Problem refused (header-invalid, idempotency-mismatch, idempotency-in-flight)
 */
export function repeatable(handle: Handle): Handle {
  /** Of this process: another one waits for the transaction of the first. */
  const inFlight = new Set<string>()
  return async (request, services) => {
    const header = request.headers['idempotency-key']
    if (header === undefined) return handle(request, services)
    const [, quoted, bare] = KEY.exec(header.trim()) ?? []
    const key = quoted ?? bare
    if (key === undefined)
      throw refused('header-invalid' satisfies Refusal, {
        detail: 'Idempotency-Key must be 1 to 255 visible characters.',
      })
    const { asker } = request
    const id = hashOf([asker.principal?.id ?? '', key])
    if (inFlight.has(`${asker.tenant} ${id}`))
      throw refused('idempotency-in-flight' satisfies Refusal, { headers: { 'retry-after': '1' } })
    inFlight.add(`${asker.tenant} ${id}`)
    try {
      return await answered(handle, request, services, id)
    } finally {
      inFlight.delete(`${asker.tenant} ${id}`)
    }
  }
}

async function answered(handle: Handle, request: Request, services: Services, id: string): Promise<Reply> {
  const { asker, method, path, query, headers, bytes } = request
  const fingerprint = hashOf([
    method,
    path,
    query,
    headers['content-type'] ?? '',
    Buffer.from(bytes).toString('base64'),
  ])
  return services.directory.together(async (directory) => {
    const stored = await directory.object(asker, KIND, id)
    const at = services.now()
    const before = stored?.value as Answered | undefined
    if (before !== undefined && stored?.expiresAt !== undefined && stored.expiresAt > at) {
      if (before.fingerprint !== fingerprint) throw refused('idempotency-mismatch' satisfies Refusal)
      return before.reply
    }
    const reply = await handle(request, { ...services, directory })
    if (reply.bytes !== undefined || reply.stream !== undefined) throw problem('internal', {})
    const expiresAt = new Date(Date.parse(at) + KEPT_MS).toISOString()
    const object = {
      kind: KIND,
      id,
      about: '',
      value: { fingerprint, at, reply } satisfies Answered,
      expiresAt,
    }
    await directory.keep(asker, async () => [undefined, { object }])
    return reply
  })
}

function hashOf(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('base64url')
}
