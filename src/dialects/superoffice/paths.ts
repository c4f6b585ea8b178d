import { notFound, refused } from '../../core/problem.ts'
import type { OrganizationKey } from '../../core/store.ts'

/** Paths in lower case without slashes at their end: every spelling of a path is one. @see specs/superoffice.md 2 */
export function canonicalPath(path: string): string {
  let end = path.length
  while (end > 1 && path[end - 1] === '/') end--
  return path.slice(0, end).toLowerCase()
}

const INTEGER = /^[+-]?\d+$/
const INT32_MAX = 2_147_483_647

/**
 * The contact that a path names.
 * @throws Problem refused (id-malformed) when it is no number, not-found when no contact can have it
 */
export function keyOf(tenant: string, id: string | undefined = ''): OrganizationKey {
  if (!INTEGER.test(id)) throw refused('id-malformed')
  const number = Number(id)
  if (number < 1 || number > INT32_MAX) throw notFound('organization', id)
  return { tenant, number }
}

/** The last segment of a path as it was sent, with its case. */
export function lastSegmentOf(path: string): string {
  const segment = path.replace(/\/+$/, '').split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
