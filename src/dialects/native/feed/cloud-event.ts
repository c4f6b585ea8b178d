import type { Event } from '../../../core/event.ts'
import { BASE_PATH, JSON_TYPE } from '../wire.ts'

/** Digits of a `sequence`: those of the largest safe integer, so that texts compare like numbers. */
const SEQUENCE_DIGITS = 16

/** What all types of events begin with. */
const TYPES = 'polydex'

/** `polydex.organization.changed` */
export function typeOf({ recordKind, kind }: Pick<Event, 'recordKind' | 'kind'>): string {
  return `${TYPES}.${recordKind}.${kind}`
}

/** Of principals and roles, the record names its collection itself. */
const COLLECTIONS = {
  organization: 'organizations',
  person: 'people',
  principal: 'access',
  role: 'access',
} as const

/**
 * An event as a CloudEvent in JSON, without line breaks; `source`, a slash and `subject` are the URL of the record. In `parts`,
 * what was before and after; null where the part was not there.
 * @see CloudEvents 1.0.2 §3; extensions/sequence.md; JSON Event Format §3
 */
export function cloudEventOf(event: Event, baseUrl: string): string {
  const { id, seq, at, recordKind, record, version, by, via, commandId, parts } = event
  return JSON.stringify({
    specversion: '1.0',
    id,
    source: `${baseUrl}${BASE_PATH}`,
    type: typeOf(event),
    subject: `${COLLECTIONS[recordKind]}/${record}`,
    time: at,
    datacontenttype: JSON_TYPE,
    sequence: String(seq).padStart(SEQUENCE_DIGITS, '0'),
    data: { version, by, via, commandId, parts },
  })
}
