import type { Headers } from '../dialect.ts'
import type { ContactEntity } from './wire/contact-entity.ts'
import { readDate } from './wire/dates.ts'
import type { ContactInput } from './wire.ts'

/**
 * What is written by a client that takes dates without a zone for dates of its own zone, and sends them back in UTC, as
 * the vendor's does: a date that it was shown and did not edit is the one that it was shown, not another instant at each save.
 * @param headers of the request, where that client tells how far its clock is ahead of UTC
 * @see specs/superoffice.md 2.1, 7.7; choice 50
 */
export function withDatesAsShown(
  input: ContactInput,
  headers: Headers,
): ContactInput | ((view: ContactEntity) => ContactInput) {
  const offset = offsetIn(headers)
  if (offset === undefined || !DATES.some((name) => input[name]?.endsWith('Z'))) return input
  return (view) => {
    const edited: Partial<Record<(typeof DATES)[number], string | undefined>> = {}
    for (const name of DATES) {
      const shown = readDate(view[name])
      edited[name] = isMisread(shown, input[name], offset) ? shown : input[name]
    }
    return { ...input, ...edited }
  }
}

const DATES = ['DbiLastSyncronized', 'DbiLastModified'] as const

const MINUTE_MS = 60_000

/** The offset is today's: on the date itself, clocks may have been put forward, or not yet. */
const SUMMER_TIMES = [0, 60, -60, 30, -30]

function isMisread(shown: string | undefined, sent: string | undefined, offset: number): boolean {
  if (shown === undefined || shown.endsWith('Z') || !sent?.endsWith('Z')) return false
  const ahead = (Date.parse(`${shown}Z`) - Date.parse(sent)) / MINUTE_MS
  return SUMMER_TIMES.some((more) => ahead === offset + more)
}

const MINUTES = /^-?\d{1,3}$/

function offsetIn(headers: Headers): number | undefined {
  const header = headers['so-browser-tz-offset']
  return header !== undefined && MINUTES.test(header) ? Number(header) : undefined
}
