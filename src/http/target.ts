import type { IncomingMessage } from 'node:http'
import type { RequestHead } from '../dialects/dialect.ts'

/** What a request asks for. */
export interface Target {
  readonly path: string
  /** Raw, without the question mark. */
  readonly query?: string
}

/** Scheme and authority of a target that a client writes as to a proxy. */
const AUTHORITY = /^https?:\/\/[^/?#]*/i

/** Encoded letters, digits, `-`, `.`, `_` and `~`: bare, they mean the same. */
const NEEDLESS = /%(?:2[de]|3\d|4[1-9a-f]|5[\da]|5f|6[1-9a-f]|7[\da]|7e)/gi

/**
 * Path and query of a request target; paths that mean the same are spelled the same, so that what the router finds and
 * which API answers cannot differ.
 * @see RFC 9112 §3.2.2 (absolute form), RFC 3986 §6.2.2.2 (percent-encoding)
 */
export function targetOf(url: string): Target {
  const local = url.startsWith('/') ? url : url.replace(AUTHORITY, '')
  const at = local.indexOf('?')
  const path = at < 0 ? local : local.slice(0, at)
  const spelled = path.includes('%') ? path.replace(NEEDLESS, decodeURIComponent) : path
  const rooted = spelled === '' ? '/' : spelled
  return at < 0 ? { path: rooted } : { path: rooted, query: local.slice(at + 1) }
}

/** Where the head of a message is kept: a map whose keys are messages keeps the garbage collector busy. */
const HEAD = Symbol('head')

/** Read once: routing, admission and the route itself ask for it. */
export function headOf(message: IncomingMessage): RequestHead {
  const keeper = message as IncomingMessage & { [HEAD]?: RequestHead }
  const known = keeper[HEAD]
  if (known !== undefined) return known
  const { path, query = '' } = targetOf(message.url ?? '/')
  const headers = message.headers as RequestHead['headers']
  const head = { method: message.method ?? '', path, query, headers }
  keeper[HEAD] = head
  return head
}
