import type { KeyScope } from '../core/settings.ts'

/** What a key may do with organizations, whichever API it is shown to; `none` narrows nothing. @see specs/digicert.md 1.3 */
const RIGHTS: Readonly<Record<KeyScope, 'write' | 'read' | 'nothing'>> = {
  none: 'write',
  organizations: 'write',
  view: 'read',
  orders: 'nothing',
  users: 'nothing',
}

/** Whether a key that is narrowed to `scope`, if it is, may be used for a request with `method`. */
export function isWithinScope(scope: KeyScope | undefined, method: string): boolean {
  const right = scope === undefined ? 'write' : RIGHTS[scope]
  return right === 'write' || (right === 'read' && (method === 'GET' || method === 'HEAD'))
}
