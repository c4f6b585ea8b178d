import type { Catalogue } from '../../core/principal.ts'
import { problem, refused } from '../../core/problem.ts'
import type { Headers, RequestHead } from '../dialect.ts'
import { VCARD_VARIANT, variantTag } from './etag.ts'
import type { Refusal } from './problems.ts'
import { settingsOf } from './settings.ts'

const TAGS = /(W\/)?("[^"]*")/g

/** Whether a reader has this state already. @see RFC 9110 §13.1.2, weak comparison */
export function isKnown({ headers }: { readonly headers: Headers }, tag: string): boolean {
  const sent = headers['if-none-match']
  if (sent === undefined) return false
  return sent.trim() === '*' || tagsIn(sent).some(({ opaque }) => opaque === tag)
}

/** Whether a write may only create. @see RFC 9110 §13.1.2 */
export function createsOnly({ headers }: RequestHead): boolean {
  return headers['if-none-match']?.trim() === '*'
}

/**
 * @throws Problem precondition-failed unless the state is one that the writer knows, and none that they do not want
 * @see RFC 9110 §13.1.1, strong comparison; §13.1.2
 */
export function requireMatch({ headers }: { readonly headers: Headers }, tag: string): void {
  // Whoever has read it as a vCard knows the same state.
  if (isKnown({ headers }, tag) || isKnown({ headers }, variantTag(tag, VCARD_VARIANT)))
    throw problem('precondition-failed', { reason: `The ETag is ${tag} now, which If-None-Match excludes.` })
  requireNamed({ headers }, tag)
}

/**
 * @throws Problem precondition-failed unless the state is one that If-Match names, on reads too
 * @see RFC 9110 §13.1.1, strong comparison
 */
export function requireNamed({ headers }: { readonly headers: Headers }, tag: string): void {
  const sent = headers['if-match']
  if (sent === undefined || sent.trim() === '*') return
  const tags = [tag, variantTag(tag, VCARD_VARIANT)]
  if (tagsIn(sent).some(({ isWeak, opaque }) => !isWeak && tags.includes(opaque ?? ''))) return
  throw problem('precondition-failed', { reason: `The ETag is ${tag} now.` })
}

/** Of what is deleted no ETag is known. @throws Problem precondition-failed. @see RFC 9110 §13.1.1 */
export function requireGone({ headers }: { readonly headers: Headers }): void {
  if (headers['if-match'] === undefined) return
  throw problem('precondition-failed', { reason: 'The record is deleted: it has no ETag.' })
}

/** @throws Problem refused (precondition-required) where the tenant asks writers for the version that they know */
export function requireStated(
  { headers }: RequestHead,
  base: number | undefined,
  lists: Catalogue['lists'],
): void {
  if (settingsOf(lists).requirePreconditions !== true || base !== undefined) return
  if (headers['if-match'] !== undefined || headers['if-none-match'] !== undefined) return
  throw refused('precondition-required' satisfies Refusal, { detail: 'Send If-Match, or base with a PATCH.' })
}

function tagsIn(header: string) {
  return [...header.matchAll(TAGS)].map(([, weak, opaque]) => ({ isWeak: weak !== undefined, opaque }))
}
