import type { Dictionary } from './wire/carriers.ts'
import { EMPTY_DATE } from './wire/dates.ts'

/** Most code points that a text may have. @see specs/superoffice.md 1.2, 1.10; choice 9 */
export const LIMITS = {
  Name: 219,
  Department: 219,
  OrgNr: 49,
  Number1: 49,
  Number2: 49,
  Description: 2047,
  Kananame: 219,
  DbiKey: 255,
  Domain: 255,
  Email: 255,
  EmailDescription: 255,
  Url: 1023,
  UrlDescription: 255,
  Phone: 239,
  PhoneDescription: 99,
  ImageDescription: 250,
  CustomFieldKey: 255,
  CustomFieldValue: 64_000,
} as const

/** Custom fields that one contact may have: they are never removed, so something must end them. */
export const CUSTOM_FIELDS_LIMIT = 1000

/** Interests that one contact may have: each is shown as a whole item. */
export const INTERESTS_LIMIT = 1000

/** Largest picture with its form, in bytes. */
export const IMAGE_LIMIT = 10_485_760

/** Operations of one patch, those that a merged object stands for included. */
export const PATCH_LIMIT = 1000

export interface ElementInput {
  readonly Value: string
  readonly Description: string
}

export interface LocalizedInput {
  readonly Value: string
  /** Length of the field in the form that the client has read; a longer value was clipped to it there. */
  readonly ValueLength: number | undefined
}

export interface AddressInput {
  readonly Wgs84Latitude?: number | undefined
  readonly Wgs84Longitude?: number | undefined
  /** Name of a localized field → what it holds. */
  readonly LocalizedAddress?: Readonly<Record<string, LocalizedInput>> | undefined
  /** Name of a structured member → its value; a member that is not there was not sent. */
  readonly Street?: Dictionary | undefined
  readonly Postal?: Dictionary | undefined
}

/** What a client writes of a contact. Undefined keeps what the record has; a reference of 0 is none. */
export interface ContactInput {
  /** Blank keeps the name. */
  readonly Name: string
  readonly Department: string | undefined
  readonly OrgNr: string | undefined
  readonly Number1: string | undefined
  readonly Number2: string | undefined
  readonly Emails: readonly ElementInput[] | undefined
  /** Id → whether it is selected. An empty one deselects all, else those that are not named stay as they are. */
  readonly Interests: ReadonlyMap<number, boolean> | undefined
  readonly Urls: readonly ElementInput[] | undefined
  readonly Phones: readonly ElementInput[] | undefined
  readonly Faxes: readonly ElementInput[] | undefined
  readonly Description: string | undefined
  readonly Associate: number | undefined
  readonly Business: number | undefined
  readonly Category: number | undefined
  readonly Country: number | undefined
  readonly NoMailing: boolean | undefined
  readonly Kananame: string | undefined
  readonly Xstop: boolean | undefined
  readonly SupportAssociate: number | undefined
  readonly TicketPriority: number | undefined
  readonly CustomerLanguage: number | undefined
  readonly DbiAgentId: number | undefined
  readonly DbiLastSyncronized: string | undefined
  readonly DbiKey: string | undefined
  readonly DbiLastModified: string | undefined
  readonly SupportPerson: number | undefined
  readonly Address: AddressInput | undefined
  readonly Source: number | undefined
  readonly Domains: readonly string[] | undefined
  /** Keys that are not there keep their values. */
  readonly UserDefinedFields: Dictionary
  readonly ExtraFields: Dictionary
  readonly CustomFields: Dictionary
}

const KEPT = undefined
const CLEARED = 0
const NO_ITEMS = [] as const

/**
 * What a full PUT makes of a member that is absent or null. A different reading of the vendor is a different line here.
 * @see specs/superoffice.md 3.1, 9; choices 1 to 5
 */
export const WHEN_ABSENT: ContactInput = {
  Name: '',
  Department: '',
  OrgNr: '',
  Number1: '',
  Number2: '',
  Emails: NO_ITEMS,
  Interests: new Map(),
  Urls: NO_ITEMS,
  Phones: NO_ITEMS,
  Faxes: NO_ITEMS,
  Description: '',
  Associate: CLEARED,
  Business: CLEARED,
  Category: CLEARED,
  // Part of the address, and goes by the address's rule.
  Country: KEPT,
  NoMailing: false,
  Kananame: '',
  Xstop: false,
  SupportAssociate: CLEARED,
  TicketPriority: CLEARED,
  CustomerLanguage: CLEARED,
  DbiAgentId: 0,
  DbiLastSyncronized: EMPTY_DATE,
  DbiKey: '',
  DbiLastModified: EMPTY_DATE,
  SupportPerson: CLEARED,
  Address: KEPT,
  Source: 0,
  Domains: NO_ITEMS,
  UserDefinedFields: {},
  ExtraFields: {},
  CustomFields: {},
}

/** What a POST makes of them: references get what `GET /Contact/default` shows. @see specs/superoffice.md 3.10 */
export const WHEN_ABSENT_ON_CREATE: ContactInput = {
  ...WHEN_ABSENT,
  Associate: KEPT,
  Business: KEPT,
  Category: KEPT,
}

/** The group of whoever owns a contact: there are no groups. Choice 13 */
export const GROUP_ID = 1
