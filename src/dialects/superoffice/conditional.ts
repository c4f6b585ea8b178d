import type { Organization } from '../../core/organization.ts'
import { problem } from '../../core/problem.ts'
import { SHOWN_AHEAD_LIMIT_S } from '../../core/record.ts'
import type { Headers } from '../dialect.ts'

/**
 * @param at the instant of the request; UTC, milliseconds
 * @throws Problem precondition-failed when the contact has changed since the client's If-Unmodified-Since
 * @see specs/superoffice.md 3.3, design §10.4.19
 */
export function requireUnmodified(headers: Headers, { shownAt }: Organization, at: string): void {
  const since = secondsOf(headers['if-unmodified-since'])
  if (since === undefined) return
  if (isModified(shownAt, since, at)) throw problem('precondition-failed', { reason: 'if-unmodified-since' })
}

/** Whether a client that has what was shown at its If-Modified-Since has the latest. */
export function isUnmodified(headers: Headers, organization: Organization, at: string): boolean {
  const since = secondsOf(headers['if-modified-since'])
  return since !== undefined && !isModified(lastShownAt(organization), since, at)
}

export function lastModified(organization: Organization): string {
  return new Date(lastShownAt(organization) * 1000).toUTCString()
}

/** The entity shows people, so a change of theirs is a change of it. */
function lastShownAt({ shownAt, people }: Organization): number {
  return Math.max(shownAt, people.shownAt)
}

/** Times that run ahead of the clock as far as they may stand still: there, equal times tell nothing. */
function isModified(shownAt: number, since: number, at: string): boolean {
  if (shownAt !== since) return shownAt > since
  return shownAt - Math.floor(Date.parse(at) / 1000) >= SHOWN_AHEAD_LIMIT_S
}

/** The three forms of RFC 9110 §5.6.7; the last one names no zone. */
const FORMS = [
  /^[a-z]{3}, \d{1,2} [a-z]{3} \d{4} \d\d:\d\d:\d\d gmt$/i,
  /^[a-z]{6,9}, \d\d-[a-z]{3}-\d\d \d\d:\d\d:\d\d gmt$/i,
  /^[a-z]{3} [a-z]{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/i,
] as const

/** Seconds since 1970 of a date in a header; undefined when it is absent or unreadable. */
export function secondsOf(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const text = header.trim()
  const form = FORMS.findIndex((pattern) => pattern.test(text))
  if (form < 0) return undefined
  const time = Date.parse(form === 2 ? `${text} GMT` : text)
  return Number.isNaN(time) ? undefined : time / 1000
}
