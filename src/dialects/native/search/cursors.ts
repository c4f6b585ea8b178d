import { createHash } from 'node:crypto'
import type { Position, WalkOrder } from '../../../core/store.ts'
import { invalidQuery } from '../query.ts'

/** Longest cursor: one name that is to be sorted by, each of its characters as six. */
const CURSOR_LIMIT = 4_096

/** The members of a query that may change from page to page. */
const FREE: readonly string[] = ['cursor', 'limit', 'count']

/** What the next page of the same query goes on from. Opaque: what is in it is nobody's business. */
export function cursorFor(sent: Readonly<Record<string, string>>, place: readonly unknown[]): string {
  return Buffer.from(JSON.stringify([fingerprintOf(sent), ...place])).toString('base64url')
}

/** What a cursor was made from. @throws Problem refused (query-invalid) when it is none, or one of another query */
export function placeIn(cursor: string, sent: Readonly<Record<string, string>>): readonly unknown[] {
  const members = cursor.length > CURSOR_LIMIT ? undefined : parsed(cursor)
  if (!Array.isArray(members)) throw notOurs()
  const [fingerprint, ...place] = members as readonly unknown[]
  if (fingerprint !== fingerprintOf(sent)) throw invalidQuery('cursor belongs to another query.')
  return place
}

/** A place in an order of organizations. @throws Problem refused (query-invalid) */
export function readCursor(
  cursor: string,
  sent: Readonly<Record<string, string>>,
  by: WalkOrder['by'],
): Position {
  const [key, number, ...more] = placeIn(cursor, sent)
  const isPlace = typeof key === 'string' && Number.isSafeInteger(number) && more.length === 0
  if (!isPlace || (by === 'shownAt' && !/^\d{1,12}$/.test(key))) throw notOurs()
  return { key, number: number as number }
}

export function notOurs() {
  return invalidQuery('cursor is none that was given here.')
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

function fingerprintOf(sent: Readonly<Record<string, string>>): string {
  const bound = Object.entries(sent).filter(([name]) => !FREE.includes(name))
  return createHash('sha256').update(JSON.stringify(bound.sort())).digest('base64url').slice(0, 8)
}
