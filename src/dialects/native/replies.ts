import type { Found } from '../../core/command.ts'
import type { Headers, Reply, RequestHead } from '../dialect.ts'
import { rendered, renderedBytes } from '../kit/rendered.ts'
import { organizationTag, personTag, VCARD_VARIANT, variantTag } from './etag.ts'
import { organizationCard } from './lens/organization-card.ts'
import { personCard } from './lens/person-card.ts'
import { accepted } from './media.ts'
import { isKnown, requireNamed } from './preconditions.ts'
import { vcardOf } from './vcard.ts'
import { BASE_PATH, CARD_TYPE, JSON_TYPE, VCARD_TYPE } from './wire.ts'

/** What a record is shown as. */
const FORMS = [CARD_TYPE, JSON_TYPE, VCARD_TYPE] as const

/** What is shown of one record. */
interface Shown {
  readonly path: string
  readonly tag: string
  readonly card: () => string
  /** The same as it is sent, where it is kept. */
  readonly bytes?: () => Uint8Array
}

/**
 * The record, in the form that the client likes best; nothing when it has this state already.
 * @throws Problem not-acceptable, precondition-failed
 */
export function showing(head: RequestHead, shown: Shown): Reply {
  const type = accepted(head, FORMS)
  const headers = { vary: 'Accept', etag: tagOf(shown, type), 'cache-control': 'private, no-cache' }
  requireNamed(head, shown.tag)
  if (isKnown(head, headers.etag)) return { status: 304, headers }
  const reply = { status: 200, headers: { ...headers, 'content-type': contentType(type) } }
  const bytes = type === VCARD_TYPE ? undefined : shown.bytes?.()
  return bytes === undefined ? { ...reply, body: bodyOf(shown, type) } : { ...reply, bytes }
}

/** Before a write: one whose answer the client cannot take is not done. @throws Problem not-acceptable */
export function requireShowable(head: RequestHead): void {
  accepted(head, FORMS)
}

/** What became of a write, as much of it as the client wants. @see RFC 7240 §4.2 */
export function written(head: RequestHead, shown: Shown, isNew: boolean): Reply {
  const type = accepted(head, FORMS)
  const preference = PREFERENCE.exec(head.headers['prefer'] ?? '')
  const headers: Headers = {
    etag: tagOf(shown, type),
    ...(isNew && { location: shown.path }),
    ...(preference !== null && { 'preference-applied': `return=${preference[1]?.toLowerCase()}` }),
  }
  if (preference?.[1]?.toLowerCase() === 'minimal') return { status: isNew ? 201 : 204, headers }
  return {
    status: isNew ? 201 : 200,
    // The body is the record, not a report on the write: by whatever name the record was written. @see RFC 9110 §8.7
    headers: { ...headers, 'content-location': shown.path, 'content-type': contentType(type) },
    body: bodyOf(shown, type),
  }
}

/** A preference of its own, not a parameter of another one. @see RFC 7240 §2, §4.2 */
const PREFERENCE = /(?:^|,)\s*return\s*=\s*"?(minimal|representation)"?\s*(?=[,;]|$)/i

function tagOf({ tag }: Shown, type: string): string {
  return type === VCARD_TYPE ? variantTag(tag, VCARD_VARIANT) : tag
}

/** Clients guess the charset of a text otherwise. @see RFC 6350 §10.1 */
function contentType(type: string): string {
  return type === VCARD_TYPE ? `${type}; charset=utf-8` : type
}

function bodyOf({ card }: Shown, type: string): string {
  return type === VCARD_TYPE ? vcardOf(JSON.parse(card())) : card()
}

export function organizationShown(found: Found): Shown {
  const { dossier, context } = found
  const card = () => JSON.stringify(organizationCard.get(dossier, context))
  return {
    path: `${BASE_PATH}/organizations/${dossier.organization.id}`,
    tag: organizationTag(dossier.organization, context.grant),
    card: () => rendered(found, 'native organization', card),
    bytes: () => renderedBytes(found, 'native organization', card),
  }
}

/** @param found with that one person alone */
export function personShown({ dossier, context }: Found): Shown | undefined {
  const [person] = dossier.people
  if (person === undefined) return undefined
  return {
    path: `${BASE_PATH}/people/${person.id}`,
    tag: personTag(person),
    card: () => JSON.stringify(personCard.get(dossier, context)),
  }
}

export function json(status: number, value: unknown, headers: Headers = {}): Reply {
  return { status, headers: { 'content-type': JSON_TYPE, ...headers }, body: JSON.stringify(value) }
}
