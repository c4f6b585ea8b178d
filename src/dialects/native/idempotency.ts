import { createHash } from 'node:crypto'
import { problem, refused } from '../../core/problem.ts'
import type { Reply, Request, RequestHead, Services } from '../dialect.ts'
import type { Refusal } from './problems.ts'

type Handle = (request: Request, services: Services) => Promise<Reply>

/** How long an answer is kept for whoever asks again. */
const KEPT_MS = 24 * 3_600_000

const KIND = 'native.idempotency'

/** A structured string of at most 255 characters, or bare what is in it, where that is to be seen. @see RFC 8941 §3.3.3 */
const KEY = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255})"$|^([\x21\x23-\x2b\x2d-\x7e]{1,255})$/

interface Answered {
  readonly fingerprint: string
  /** UTC, milliseconds. */
  readonly at: string
  /** Undefined where somebody was erased whom it told of. */
  readonly reply?: Reply
}

/** What an erasure leaves of an answer: that there was one, so that what was asked is not done again. */
export const keptAnswers = {
  kind: KIND,
  blanked: (value: unknown): unknown => ({ ...(value as Answered), reply: undefined }),
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
    if (request.headers['idempotency-key'] === undefined) return handle(request, services)
    const kept: Kept = {
      id: hashOf([request.asker.principal?.id ?? '', idempotencyKeyOf(request)]),
      fingerprint: fingerprintOf(request),
    }
    // Whoever asks again after the first answer waits for nobody.
    const before = await answerBefore(request, services, kept)
    if (before !== undefined) return before
    const flight = `${request.asker.tenant} ${kept.id}`
    if (inFlight.has(flight))
      throw refused('idempotency-in-flight' satisfies Refusal, { headers: { 'retry-after': '1' } })
    inFlight.add(flight)
    try {
      return await answered(handle, request, services, kept)
    } finally {
      inFlight.delete(flight)
    }
  }
}

/** @throws Problem refused (header-invalid) */
export function idempotencyKeyOf({ headers }: RequestHead): string {
  const [, quoted, bare] = KEY.exec(headers['idempotency-key']?.trim() ?? '') ?? []
  const key = quoted?.replace(/\\(.)/g, '$1') ?? bare
  if (key !== undefined) return key
  throw refused('header-invalid' satisfies Refusal, {
    detail: 'Idempotency-Key must be a string of 1 to 255 characters of ASCII.',
  })
}

/** The key of one operation of a batch that has a key. */
export function subKey(key: string, at: number): string {
  return hashOf([key, String(at)])
}

/** Under which id an answer is kept, and what it answers. */
interface Kept {
  readonly id: string
  readonly fingerprint: string
}

async function answered(handle: Handle, request: Request, services: Services, kept: Kept): Promise<Reply> {
  const { asker } = request
  return services.directory.together(async (directory) => {
    const inside = { ...services, directory }
    const before = await answerBefore(request, inside, kept)
    if (before !== undefined) return before
    const reply = await handle(request, inside)
    if (reply.bytes !== undefined || reply.stream !== undefined) throw problem('internal', {})
    const at = services.now()
    const expiresAt = new Date(Date.parse(at) + KEPT_MS).toISOString()
    const value: Answered = { fingerprint: kept.fingerprint, at, reply }
    await directory.keep(asker, async () => [
      undefined,
      { object: { kind: KIND, id: kept.id, about: '', value, expiresAt } },
    ])
    return reply
  })
}

/** What the first request with this key was answered, while that is kept. @throws Problem refused (idempotency-mismatch, gone) */
async function answerBefore(
  { asker }: Request,
  { directory, now }: Services,
  { id, fingerprint }: Kept,
): Promise<Reply | undefined> {
  const stored = await directory.object(asker, KIND, id)
  if (stored?.expiresAt === undefined || stored.expiresAt <= now()) return undefined
  const before = stored.value as Answered
  if (before.fingerprint !== fingerprint) throw refused('idempotency-mismatch' satisfies Refusal)
  if (before.reply === undefined)
    throw refused('gone' satisfies Refusal, {
      detail: 'It was done; its answer went with a person who was erased.',
    })
  return before.reply
}

function fingerprintOf({ method, path, query, headers, bytes }: Request): string {
  const type = headers['content-type'] ?? ''
  return hashOf([method, path, query, type, Buffer.from(bytes).toString('base64')])
}

function hashOf(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('base64url')
}
