import type { Dossier } from '../../../core/dossier.ts'
import { problem, refused } from '../../../core/problem.ts'
import type { OrganizationKey } from '../../../core/store.ts'
import type { Reply, Request } from '../../dialect.ts'
import { archivedAtOf } from '../lens/archive.ts'
import type { Refusal } from '../problems.ts'

// The order of checks: tokens (by the server), path ids, content type, JSON, schema, lookup (specs/kare.md 5).

export function keyOf({ asker }: Request, number: number): OrganizationKey {
  return { tenant: asker.tenant, number }
}

/** @throws Problem media-type-unsupported */
export function requireJson({ headers }: Request): void {
  const mediaType = headers['content-type'] ?? ''
  const [type = ''] = mediaType.split(';', 1)
  if (type.trim().toLowerCase() !== 'application/json') throw problem('media-type-unsupported', { mediaType })
}

/** @throws Problem refused while the company is archived @see specs/kare.md 4 (8) */
export function requireOpen({ organization }: Dossier): void {
  if (archivedAtOf(organization) !== undefined) throw refused('archived' satisfies Refusal)
}

export function json(status: number, value: unknown): Reply {
  return jsonText(status, JSON.stringify(value))
}

/** @param text as it is sent, or yet to be encoded */
export function jsonText(status: number, text: string | Uint8Array): Reply {
  const headers = { 'content-type': 'application/json' }
  return typeof text === 'string' ? { status, headers, body: text } : { status, headers, bytes: text }
}
