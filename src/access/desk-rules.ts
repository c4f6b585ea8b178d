import type { RoleFields } from '../core/access-desk.ts'
import type { Known } from '../core/known.ts'
import type { Catalogue, Principal } from '../core/principal.ts'
import type { Violation } from '../core/problem.ts'
import { problem, refused } from '../core/problem.ts'
import { isPart } from './access-mistakes.ts'

interface Place {
  readonly known: Known
  readonly catalogue: Catalogue
  /** With a password that they are being given. */
  readonly logsIn?: true
}

/** @throws Problem body-invalid for a role that does not exist, key-taken for an address that somebody else logs in with */
export function requireFields(
  { id, tenant, roles, email }: Principal,
  { known, catalogue, logsIn }: Place,
): void {
  const violations = roles.flatMap((role, at): readonly Violation[] =>
    catalogue.role(role) === undefined ? [{ path: ['roles', at], keyword: 'no-role', params: { role } }] : [],
  )
  if (violations.length > 0) throw problem('body-invalid', { violations })
  const isLoggingIn = logsIn === true || known.passwordsOf(id).length > 0
  const holder = email === undefined || !isLoggingIn ? undefined : known.principalNamed(email)
  if (holder !== undefined && holder.id !== id && email !== undefined)
    throw problem('key-taken', { key: 'email', value: email, ...toldIn(tenant, holder) })
  // Whoever logs in by an id that is somebody's address would log in for them.
  const namesake = isLoggingIn ? known.principalNamed(id) : undefined
  if (namesake !== undefined && namesake.id !== id)
    throw problem('key-taken', { key: 'id', value: id, ...toldIn(tenant, namesake) })
}

/** Names to log in with are unique over all tenants, and who somebody elsewhere is stays there. */
function toldIn(tenant: string, { id, tenant: own }: Principal): { readonly holder?: string } {
  return own === tenant ? { holder: id } : {}
}

/** @throws Problem body-invalid for what would give nothing, or hide nothing */
export function requireRoleFields(
  { where, parts = {} }: RoleFields,
  isReadable: (where: string) => boolean,
): void {
  const violations: Violation[] = Object.keys(parts)
    .filter((part) => !isPart(part))
    .map((part) => ({ path: ['parts', part], keyword: 'unknown-part', params: {} }))
  if (where !== undefined && !isReadable(where))
    violations.push({ path: ['where'], keyword: 'unreadable', params: {} })
  if (violations.length > 0) throw problem('body-invalid', { violations })
}

/** Of what nobody may give, or do to somebody, who does not have it. */
export function beyond(what: string) {
  return refused('beyond-rights', { detail: `That is more than you have: ${what}.` })
}
