import type { RoleName } from '../../core/organization.ts'

/** Where every path of the API begins. */
export const BASE_PATH = '/v1'

/** @see RFC 9553 §6.1 */
export const CARD_TYPE = 'application/jscontact+json'
export const JSON_TYPE = 'application/json'
/** @see RFC 6350 §10.1 */
export const VCARD_TYPE = 'text/vcard'
/** @see RFC 7396 §4 */
export const MERGE_PATCH_TYPE = 'application/merge-patch+json'
/** @see RFC 6902 §6 */
export const JSON_PATCH_TYPE = 'application/json-patch+json'
/** @see CloudEvents 1.0.2, JSON Event Format §4 */
export const BATCH_TYPE = 'application/cloudevents-batch+json'
/** @see WHATWG HTML §9.2 */
export const EVENT_STREAM_TYPE = 'text/event-stream'
/** @see RFC 9457 §6.1 */
export const PROBLEM_TYPE = 'application/problem+json'

/** What the record has and RFC 9553 does not: vendor-specific members. @see RFC 9553 §1.8.2 */
export const OWN = 'polydex:'

/** Such members by their names in the record: written once, as no Card is made without a dozen of them. */
export const OWN_MEMBERS = {
  contributors: `${OWN}contributors`,
  copyrightHolder: `${OWN}copyrightHolder`,
  extension: `${OWN}extension`,
  identifiers: `${OWN}identifiers`,
  language: `${OWN}language`,
  note: `${OWN}note`,
  notifyAt: `${OWN}notifyAt`,
  number: `${OWN}number`,
  organization: `${OWN}organization`,
  public: `${OWN}public`,
  state: `${OWN}state`,
  version: `${OWN}version`,
  website: `${OWN}website`,
} as const

/** What one request or answer holds at most. */
export const LIMITS = {
  /** Bytes of a Card, in a body or as a patch makes it: it holds what every other API can write. */
  card: 4 * 1_048_576,
  /** Items of a page, and of one whose reader names no limit. */
  page: 200,
  pageDefault: 50,
  /** Events of the log that are looked at for one batch, and for one whose reader names no limit. */
  batch: 1_000,
  batchDefault: 100,
  /** How long a batch may wait for something to tell. */
  waitSeconds: 60,
  /** UTF-16 units after which a page of events ends: what may be millions of one size must not be one text of all. */
  pageLength: 4_000_000,
  /** UTF-16 units of what the operations of a batch answer, after which longer answers are left out, and what is short enough to stay. */
  outcomesLength: 16_000_000,
  shortOutcome: 1_000,
  /** Events that are read at once: one may be as large as two records. */
  eventsAtOnce: 10,
  /** Of a record, or of the log. */
  version: 2_147_483_647,
  sequence: Number.MAX_SAFE_INTEGER,
} as const

/** Changes when the same record is shown otherwise, so that no ETag of an earlier release fits. */
export const FORM = 1

/** What an Id of JSContact is. @see RFC 9553 §1.4.1 */
export const ID = '^[A-Za-z0-9_\\-]{1,255}$'

/** Ids that the directory gives to items: nobody else may, or they would meet later. */
export const GIVEN_ID = /^\d+-\d+$/

/** Relations of `relatedTo` that are roles in this directory. */
export const ROLE_RELATIONS: Readonly<Record<RoleName, string>> = {
  'organization-contact': `${OWN}organization-contact`,
  'technical-contact': `${OWN}technical-contact`,
  'primary-contact': `${OWN}primary-contact`,
  support: `${OWN}support`,
}

/** The keys under which what the record has once stands in a map. */
export const KEYS = {
  department: 'department',
  description: 'description',
  title: 'title',
  language: 'main',
  street: 'street',
  postal: 'postal',
} as const

/** A member of a Card, or of what stands in it, as JSON. */
export type Bag = Readonly<Record<string, unknown>>

/** Id → object. */
export type IdMap<T = Bag> = Readonly<Record<string, T>>

export interface CardEmail extends Bag {
  readonly address: string
  readonly label?: string
}

export interface CardPhone extends Bag {
  readonly number: string
  readonly features?: Readonly<Record<string, true>>
  readonly label?: string
}

export interface CardResource extends Bag {
  readonly uri: string
  readonly kind?: string
  readonly mediaType?: string
  readonly label?: string
}

export interface CardComponent extends Bag {
  readonly kind: string
  readonly value: string
}

export interface CardAddress extends Bag {
  readonly components?: readonly CardComponent[]
  readonly countryCode?: string
  readonly coordinates?: string
  readonly full?: string
}

export interface CardName extends Bag {
  readonly full?: string
  readonly components?: readonly CardComponent[]
}

/** Paths into the Card → what stands there in one language. @see RFC 9553 §2.7.1 */
export type Localization = Readonly<Record<string, unknown>>

/** A Card as it is read and written. Members that only the server writes may be sent back. @see RFC 9553 §2 */
export interface Card extends Bag {
  readonly uid?: string
  readonly kind?: string
  readonly language?: string
  readonly name?: CardName
  readonly organizations?: IdMap
  readonly titles?: IdMap
  readonly emails?: IdMap<CardEmail>
  readonly phones?: IdMap<CardPhone>
  readonly links?: IdMap<CardResource>
  readonly addresses?: IdMap<CardAddress>
  readonly media?: IdMap<CardResource>
  readonly keywords?: Readonly<Record<string, true>>
  readonly notes?: IdMap
  readonly preferredLanguages?: IdMap
  readonly relatedTo?: IdMap
  readonly localizations?: Readonly<Record<string, Localization>>
}

/** Written by the server alone: sent back, they must be what they are, or (the second list) are passed over. */
export const FIXED = ['uid', 'kind', 'created', `${OWN}number`, `${OWN}organization`] as const
export const PASSED_OVER = ['@type', 'version', 'updated', `${OWN}version`] as const
