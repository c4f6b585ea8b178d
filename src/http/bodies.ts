import { problem } from '../core/problem.ts'
import type { RequestHead, Route } from '../dialects/dialect.ts'

/** Largest request body of a route that names no limit, in bytes. */
export const BODY_LIMIT = 1_048_576

/** Bytes that the body of a request may come to. */
export function bodySize({ headers }: RequestHead, route: Route): number {
  const announced = headers['content-length']
  if (announced !== undefined) return Math.min(Number(announced) || 0, limitOf(route))
  return headers['transfer-encoding'] === undefined ? 0 : limitOf(route)
}

export function limitOf({ bodyLimit = BODY_LIMIT }: Route): number {
  return bodyLimit
}

/** The framework knows one limit a path; its methods may have less. @throws Problem body-too-large */
export function requireWithinLimit(route: Route, body: Buffer | null | undefined): void {
  const limit = limitOf(route)
  if ((body?.length ?? 0) > limit) throw problem('body-too-large', { limit })
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** @throws Problem body-syntax when the bytes are no UTF-8: guessing would change what was sent */
export function textOf(body: Buffer | undefined): string {
  if (body === undefined || body === null) return ''
  try {
    return utf8.decode(body)
  } catch {
    throw problem('body-syntax', { fault: 'not UTF-8' })
  }
}
