import type { Principal } from '../core/principal.ts'
import { problem } from '../core/problem.ts'
import type { KeyScope } from '../core/settings.ts'

/** What a key may do with organizations, whichever API it is shown to; `none` narrows nothing. @see specs/digicert.md 1.3 */
const RIGHTS: Readonly<Record<KeyScope, 'write' | 'read' | 'nothing'>> = {
  none: 'write',
  organizations: 'write',
  view: 'read',
  orders: 'nothing',
  users: 'nothing',
}

/**
 * Whether a key that is narrowed to `scope`, if it is, may be used for a request with `method`.
 * @param subject what the request is about: only a key that nothing narrows says who may do what
 */
export function isWithinScope(
  scope: KeyScope | undefined,
  method: string,
  subject: 'organizations' | 'access' = 'organizations',
): boolean {
  if (subject === 'access') return scope === undefined || scope === 'none'
  const right = scope === undefined ? 'write' : RIGHTS[scope]
  return right === 'write' || (right === 'read' && (method === 'GET' || method === 'HEAD'))
}

/** @throws Problem forbidden for a key that is narrowed to something else */
export function requireScope(
  { principal, scope }: { readonly principal: Principal; readonly scope?: KeyScope },
  method: string,
  subject: 'organizations' | 'access' | undefined,
): void {
  if (isWithinScope(scope, method, subject)) return
  const isReading = method === 'GET' || method === 'HEAD'
  const reading = isReading ? 'organizations.read' : 'organizations.edit'
  throw problem('forbidden', {
    action: subject === 'access' ? 'access.manage' : reading,
    principal: principal.id,
  })
}
