import { isSame } from '../../../core/dossier.ts'
import type { Violation } from '../../../core/problem.ts'
import { problem } from '../../../core/problem.ts'
import type { Bag, Card } from '../wire.ts'
import { FIXED, PASSED_OVER } from '../wire.ts'
import { without } from './kept.ts'

const URN = 'urn:uuid:'
const UUID = /^(?:urn:uuid:)?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i

/** A uid as Cards have it. @see RFC 9553 §2.1.9 */
export function urnOf(id: string): string {
  return `${URN}${id}`
}

/** The UUID of a uid; undefined when it is something else. */
export function idIn(uid: string): string | undefined {
  return UUID.exec(uid)?.[1]?.toLowerCase()
}

/** What a Card says that a client may change. */
export function sentMembers(card: Card): Bag {
  return without(card, NOT_SENT)
}

const NOT_SENT = [...FIXED, ...PASSED_OVER]

/** @throws Problem body-invalid when a Card claims to be another, or older, than the one it is written to */
export function requireFixed(sent: Card, view: Card): void {
  const violations: Violation[] = []
  for (const member of FIXED) {
    const value = sent[member]
    if (value === undefined || isSame(value, view[member])) continue
    if (member === 'uid' && idIn(String(value)) === idIn(String(view.uid))) continue
    if (view[member] === undefined) continue
    violations.push({ path: [member], keyword: 'fixed', params: { is: view[member] } })
  }
  if (violations.length > 0) throw problem('body-invalid', { violations })
}
