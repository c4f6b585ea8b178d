import { createHash } from 'node:crypto'
import type { PrincipalEntry } from '../../../core/access-desk.ts'
import type { Role } from '../../../core/principal.ts'
import type { Headers, Reply, RequestHead } from '../../dialect.ts'
import { isKnown, requireMatch, requireNamed } from '../preconditions.ts'
import { json } from '../replies.ts'
import { BASE_PATH, FORM } from '../wire.ts'

export const ACCESS_PATH = `${BASE_PATH}/access`

/** Who has which rights is for nobody's cache. */
const FRESH = { 'cache-control': 'private, no-cache' } as const

export function principalPath({ id }: Pick<PrincipalEntry, 'id'>): string {
  return `${ACCESS_PATH}/principals/${encodeURIComponent(id)}`
}

export function rolePath({ id }: Pick<Role, 'id'>): string {
  return `${ACCESS_PATH}/roles/${encodeURIComponent(id)}`
}

/** A role as a client writes it: whose it is goes without saying. */
export function roleView({ tenant: _, ...role }: Role): Omit<Role, 'tenant'> {
  return role
}

/** The same for the same content. */
export function tagOf(content: unknown): string {
  return `"${FORM}-${createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16)}"`
}

/** @throws Problem precondition-failed */
export function showing(head: RequestHead, content: unknown): Reply {
  const headers = { ...FRESH, etag: tagOf(content) }
  requireNamed(head, headers.etag)
  return isKnown(head, headers.etag) ? { status: 304, headers } : json(200, content, headers)
}

export function written(content: unknown, headers: Headers = {}, isNew = false): Reply {
  return json(isNew ? 201 : 200, content, { ...FRESH, etag: tagOf(content), ...headers })
}

/** @throws Problem precondition-failed unless the client knows what it changes */
export function requireSame(head: RequestHead, content: unknown): void {
  requireMatch(head, tagOf(content))
}

/** @param link to the next page, where there is one */
export function listed(items: readonly unknown[], link?: string): Reply {
  return json(200, { items }, { ...FRESH, link })
}
