import type { RoleName } from '../../core/organization.ts'
import { NO_FIRST_NAME } from '../../core/person.ts'
import type { ValidationsInput, ValidationView, VerifiedContact } from './wire/validations.ts'

/** Where every path of the API begins. @see specs/digicert.md 1 */
export const BASE_PATH = '/services/v2'

/** Exactly this: one client reads error bodies only behind it. @see specs/digicert.md 7, sapcc/go-certcentral */
export const JSON_TYPE = 'application/json'

/** What a list is answered in when the client asks for it. @see specs/digicert.md 1 */
export const CSV_TYPE = 'text/csv'

export type ContactType = 'organization_contact' | 'technical_contact'

export const CONTACT_TYPES = [
  'organization_contact',
  'technical_contact',
] as const satisfies readonly ContactType[]

export const ROLE_OF: Readonly<Record<ContactType, RoleName>> = {
  organization_contact: 'organization-contact',
  technical_contact: 'technical-contact',
}

/** A contact as it is sent. What is absent is cleared. @see specs/digicert.md 2.2 */
export interface ContactFields {
  readonly first_name: string
  readonly last_name: string
  readonly email: string
  readonly job_title?: string
  readonly telephone?: string
  readonly telephone_extension?: string
  readonly language_id?: number
}

export interface ContactView extends ContactFields {
  readonly id: number
}

export type ContactsView = Readonly<Partial<Record<ContactType, ContactView>>>

/** The contacts of one request by type. An absent type stays as it is; `removed` leaves the organization without one. */
export type ContactsInput = Readonly<Partial<Record<ContactType, ContactFields | 'removed'>>>

/** Members of an organization that a client writes and reads alike. @see specs/digicert.md 2.1 */
export interface OrganizationFields {
  readonly name: string
  readonly assumed_name?: string
  readonly address: string
  readonly address2?: string
  readonly city: string
  readonly state: string
  readonly zip: string
  /** ISO 3166-1 alpha-2, lower case. */
  readonly country: string
  readonly telephone?: string
}

export interface OrganizationInput extends OrganizationFields {
  readonly organization_contact?: ContactFields
  readonly technical_contact?: ContactFields
  readonly validations?: ValidationsInput
}

/** An organization in a list. */
export interface OrganizationRow extends OrganizationFields {
  readonly id: number
  readonly status: 'active' | 'inactive'
  readonly display_name: string
  readonly is_active: boolean
  readonly container: {
    readonly id: number
    readonly parent_id: 0
    readonly name: string
    readonly is_active: true
  }
}

/** An organization in a list that was asked for validations. */
export interface ValidatedRow extends OrganizationRow {
  readonly validations: readonly ValidationView[]
}

export interface OrganizationView extends OrganizationRow {
  readonly organization_contact?: ContactView
  readonly technical_contact?: ContactView
  readonly verified_contacts?: readonly VerifiedContact[]
}

/** The most code points that a member holds, inclusive. */
export const LIMITS = {
  first_name: 128,
  last_name: 128,
  email: 255,
  job_title: 64,
  telephone: 32,
  telephone_extension: 16,
  name: 64,
  assumed_name: 64,
  address: 64,
  address2: 64,
  city: 64,
  state: 64,
  zip: 40,
} as const

/** What `name` and `assumed_name` hold together: three characters are reserved for `name (assumed_name)`. */
export const BOTH_NAMES_LIMIT = 61

/** One `@`, non-empty sides, no whitespace. @see specs/digicert.md 3.4 */
export const EMAIL_FORM = /^[^\s@]+@[^\s@]+$/

/** What the vendor requires and the record may lack is shown as this. */
export const SHOWN_AS = {
  first_name: NO_FIRST_NAME,
  last_name: NO_FIRST_NAME,
  /** Of a person without an address that fits the form. It is no valid input: a client must name one to write. */
  email: '',
  address: '',
  city: '',
  state: '',
  zip: '',
  country: '',
} as const

/** The only entry of the vendor's locale table that is known. @see specs/digicert.md 3.4 */
export const ENGLISH_ID = 1

/** What the vendor leaves open, decided once. The README's table of choices explains each. */
export const CHOICES = {
  /** Clients list without parameters and search what they get. */
  defaultLimit: 1000,
  /** Larger limits are clamped. */
  largestLimit: 1000,
  /** Larger offsets are refused. */
  largestOffset: 2_147_483_647,
  /** The container that an organization is in is its tenant's; it lies below the root. */
  parentContainer: 0,
  /** The container at the top: a list of it, too, is a list of all. */
  rootContainer: 0,
  /** Values of `filters[status]`; a list without it has both. */
  filteredStates: ['active', 'inactive'],
  /** Values of `filters[validation]`; a list without it has both. */
  filteredValidations: ['pending', 'not_pending'],
  /** Members that a list can be sorted by, and what they are in the record. False sorts before true. */
  sorts: {
    id: { by: 'number', descending: false },
    name: { by: 'name', descending: false },
    status: { by: 'state', descending: false },
    is_active: { by: 'state', descending: true },
  },
  /** How clients write a boolean in a query, in any case. */
  booleans: { true: true, false: false, '1': true, '0': false },
  /** The account's first organization, which cannot be deleted. */
  firstOrganization: 1,
  /** Validations of a request, and verified users of each: longer lists are refused whole. */
  largestList: 100,
  /** Organizations whose contacts are named as potential approvers: the first that have any. */
  approverOrganizations: 100,
  /** Requests that one key may send, unless the tenant's catalogues say otherwise. The first window is judged first. */
  rateLimits: [
    { requests: 100, seconds: 5 },
    { requests: 1000, seconds: 180 },
  ],
} as const
