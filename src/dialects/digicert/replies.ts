import { hash } from 'node:crypto'
import fresh from 'fresh'
import type { Found } from '../../core/command.ts'
import { readsWhole } from '../../core/policy.ts'
import { SHOWN_AHEAD_LIMIT_S } from '../../core/record.ts'
import type { Reply, RequestHead } from '../dialect.ts'
import { httpDate } from '../kit/http-date.ts'
import { JSON_TYPE } from './wire.ts'

export function json(status: number, value: unknown): Reply {
  return { status, headers: { 'content-type': JSON_TYPE }, body: JSON.stringify(value) }
}

/** What a reply shows. */
export interface Shown {
  /** UTC, milliseconds: now. */
  readonly at: string
  readonly found: readonly Found[]
  /** A list has a time, too, but one that does not move when an organization leaves it: no client has it by that. */
  readonly isList?: true
}

/**
 * A reply to GET, or 304 where the client has it already: by its ETag, which is that of the bytes, so that it never tells
 * of a change that this reader does not see; else by its time.
 * @param tag of the body, where it is known already
 * @see specs/digicert.md 1
 */
export function cacheable({ headers }: RequestHead, reply: Reply, shown: Shown, tag?: string): Reply {
  const etag = tag ?? tagOf(reply.body ?? '')
  const time = lastModified(shown)
  const validators = { etag, ...(time !== undefined && { 'last-modified': time }) }
  return fresh(headers, shown.isList ? { etag } : validators)
    ? { status: 304, headers: validators }
    : { ...reply, headers: { ...reply.headers, ...validators } }
}

export function tagOf(body: string | Uint8Array): string {
  return `"${hash('sha256', body).slice(0, 32)}"`
}

/**
 * None while a time stands still, as it runs too far ahead of the clock: equal times would tell nothing; and none for
 * whoever may not read all of a record, as they would be told of when the rest changed. @see design §10.4.19
 */
function lastModified({ at, found }: Shown): string | undefined {
  let seconds = 0
  for (const { dossier, context } of found) {
    const { shownAt, people } = dossier.organization
    if (!readsWhole(context.grant, dossier.organization)) return undefined
    seconds = Math.max(seconds, shownAt, people.shownAt)
  }
  const isStanding = seconds - Math.floor(Date.parse(at) / 1000) >= SHOWN_AHEAD_LIMIT_S
  return seconds === 0 || isStanding ? undefined : httpDate(seconds)
}
