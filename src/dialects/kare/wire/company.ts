import type { ContactView } from './contact.ts'

export type CompanyType = 1 | 2 | 3

export const COMPANY_TYPES = [1, 2, 3] as const satisfies readonly CompanyType[]

/** A whole company as it is sent. Ids are those of the vendor's own registers, but for labels, see `lens/labels.ts`. */
export interface CompanyInput {
  /** A blank one says nothing. */
  readonly name: string
  readonly type: CompanyType
  readonly location: string | null
  readonly comment: string | null
  /** Of its primary contact; its own without one. */
  readonly email: string | null
  readonly phones: readonly string[]
  readonly establishmentIds: readonly number[]
  readonly technicalInstallationIds: readonly number[]
  readonly labelIds: readonly number[]
}

/** What a PATCH changes: an absent member stays. */
export type CompanyPatch = Partial<CompanyInput>

/** All that there is to tell of a company, of which each route shows some. Times are UTC with milliseconds. */
export interface CompanyView extends Omit<CompanyInput, 'labelIds'> {
  readonly id: number
  /** Number of the tenant. */
  readonly organizationId: number
  readonly archivedAt: string | null
  readonly createdAt: string
  readonly updatedAt: string
  readonly primaryContactId: number | null
  readonly labels: readonly LabelView[]
}

export interface LabelView {
  readonly id: number
  readonly name: string
  /** `#RRGGBB` */
  readonly color: string
}

/** What creates and updates answer. @see specs/kare.md 2.3 */
export type SavedCompany = Pick<
  CompanyView,
  | 'id'
  | 'name'
  | 'type'
  | 'location'
  | 'comment'
  | 'organizationId'
  | 'archivedAt'
  | 'createdAt'
  | 'updatedAt'
>

/** What reads answer unless more is asked for. @see specs/kare.md 2.3, 8 (7) */
export type ShownCompany = Pick<
  CompanyView,
  | 'id'
  | 'name'
  | 'type'
  | 'location'
  | 'comment'
  | 'archivedAt'
  | 'email'
  | 'phones'
  | 'primaryContactId'
  | 'establishmentIds'
>

/** The company of a contact, as lists show it on request. */
export type CompanySummary = Pick<
  CompanyView,
  'id' | 'name' | 'type' | 'location' | 'archivedAt' | 'createdAt'
>

/** A contact inside its company. */
export type EmbeddedContact = Pick<ContactView, 'id' | 'name' | 'email' | 'phones' | 'comment' | 'notifyAt'>

export interface TechnicalInstallationView {
  readonly id: number
  readonly name: string
  readonly image: { readonly id: number; readonly presignedUrl: string }
  readonly tradKey: string
  readonly isDefault: boolean
}

/** Which members of an update the reader may send. */
export type UpdatableFields = Readonly<Record<keyof CompanyInput, boolean>>

/** What a read adds to a company on request. */
export type CompanyExtension =
  | 'actions-info'
  | 'updatable-fields'
  | 'contacts'
  | 'labels'
  | 'technical-installations'
  | 'establishments'

/** Of one company. */
export const COMPANY_EXTENSIONS = [
  'actions-info',
  'updatable-fields',
  'contacts',
  'labels',
  'technical-installations',
  'establishments',
] as const satisfies readonly CompanyExtension[]

/** Of companies in a list. */
export const COMPANY_LIST_EXTENSIONS = COMPANY_EXTENSIONS.filter((name) => name !== 'updatable-fields')

/** What a list of companies can be ordered by. */
export const COMPANY_FIELDS = ['id', 'name', 'type', 'createdAt'] as const

export type CompanyField = (typeof COMPANY_FIELDS)[number]
