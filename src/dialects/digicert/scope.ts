import { problem } from '../../core/problem.ts'
import type { KeyScope } from '../../core/settings.ts'
import type { Request } from '../dialect.ts'

/** What a narrowed key may do with organizations. @see specs/digicert.md 1.3 */
const RIGHTS: Readonly<Record<KeyScope, 'write' | 'read' | 'nothing'>> = {
  none: 'write',
  organizations: 'write',
  view: 'read',
  orders: 'nothing',
  users: 'nothing',
}

/** @throws Problem forbidden when the key is narrowed to something else */
export function requireScope({ method, scope, asker }: Request): void {
  if (scope === undefined) return
  const isReading = method === 'GET' || method === 'HEAD'
  if (RIGHTS[scope] === 'write' || (RIGHTS[scope] === 'read' && isReading)) return
  throw problem('forbidden', {
    action: `${method} with key scope ${scope}`,
    principal: asker.principal?.id ?? '',
  })
}
