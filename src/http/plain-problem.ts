import type { Duplex } from 'node:stream'
import type { Problem, ProblemCode } from '../core/problem.ts'
import type { Reply } from '../dialects/dialect.ts'

const PHRASES = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
} as const

type Status = keyof typeof PHRASES

const STATUS: Partial<Record<ProblemCode, Status>> = {
  'route-not-found': 404,
  'method-not-allowed': 405,
  'body-too-large': 413,
  'body-syntax': 400,
}

/** A problem of a path that no API has. @see RFC 9457 */
export function plainReplyTo({ code }: Problem): Reply {
  const status = STATUS[code] ?? 500
  return { status, headers: { 'content-type': 'application/problem+json' }, body: documentOf(status) }
}

const CLIENT_FAULTS: Readonly<Record<string, Status>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/** Tells a client that what it sends is no HTTP request, which no API can, and hangs up. */
export function tellPlainly({ code = '' }: Error & { code?: string }, socket: Duplex): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = CLIENT_FAULTS[code] ?? 400
  const body = documentOf(status)
  const head = [
    `HTTP/1.1 ${status} ${PHRASES[status]}`,
    'content-type: application/problem+json',
    `content-length: ${body.length}`,
    'connection: close',
  ]
  // Who does not stop sending is not listened to until they do.
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy())
}

function documentOf(status: Status): string {
  return JSON.stringify({ type: 'about:blank', title: PHRASES[status], status })
}
