import type { Organization } from '../../core/organization.ts'
import { problem } from '../../core/problem.ts'
import { SHOWN_AHEAD_LIMIT_S } from '../../core/record.ts'
import type { Headers } from '../dialect.ts'
import { httpDate } from '../kit/http-date.ts'
import { versionIn } from './tags.ts'

/**
 * @param at the instant of the request; UTC, milliseconds
 * @throws Problem precondition-failed when the contact is no longer the one that the client's If-Match names or, without
 *   one, has changed since its If-Unmodified-Since; when a write's If-None-Match names it
 * @see specs/superoffice.md 3.3, RFC 9110 §13.2.2, design §10.4
 */
export function requireUnmodified(headers: Headers, organization: Organization, at: string): void {
  const match = headers['if-match']
  if (match !== undefined) {
    if (!isNamed(match, organization)) throw problem('precondition-failed', { reason: 'if-match' })
    return
  }
  const since = secondsOf(headers['if-unmodified-since'])
  if (since !== undefined && isModified(organization.shownAt, since, at)) {
    throw problem('precondition-failed', { reason: 'if-unmodified-since' })
  }
}

/** The same for a write, which If-None-Match may stop too. @throws Problem precondition-failed */
export function requireWritable(headers: Headers, organization: Organization, at: string): void {
  requireUnmodified(headers, organization, at)
  const noneMatch = headers['if-none-match']
  if (noneMatch !== undefined && isNamed(noneMatch, organization)) {
    throw problem('precondition-failed', { reason: 'if-none-match' })
  }
}

/** Whether a reader has the latest: by the tag of what they have or, without one, by its time. @param tag of what they would get */
export function isUnmodified(headers: Headers, organization: Organization, tag: string, at: string): boolean {
  const noneMatch = headers['if-none-match']
  if (noneMatch !== undefined) {
    return tagsIn(noneMatch).some((known) => known === '*' || known.replace(/^W\//, '') === tag)
  }
  const since = secondsOf(headers['if-modified-since'])
  return since !== undefined && !isModified(lastShownAt(organization), since, at)
}

export function lastModified(organization: Organization): string {
  return httpDate(lastShownAt(organization))
}

/** Whether a tag, whatever else it tells, is of this version: a write depends on nothing else. */
function isNamed(header: string, { version }: Organization): boolean {
  return tagsIn(header).some((tag) => tag === '*' || versionIn(tag) === version)
}

function tagsIn(header: string): readonly string[] {
  return header.split(',').map((tag) => tag.trim())
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
