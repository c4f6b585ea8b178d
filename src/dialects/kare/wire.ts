/** Members that a client sends of a contact, and gets back. @see specs/kare.md 2.1 */
export interface ContactFields {
  readonly name: string
  readonly email: string | null
  readonly phones: readonly string[]
  readonly comment: string | null
}

/** A whole contact as it is sent. `notify` is an instruction: it moves `notifyAt` and is never kept. */
export interface ContactInput extends ContactFields {
  readonly notify: boolean
}

/** A new contact: what is absent is empty. */
export interface NewContact extends Partial<ContactFields> {
  readonly notify: boolean
  readonly name: string
}

/** What a PATCH changes: an absent member stays. */
export interface ContactPatch extends Partial<ContactFields> {
  readonly notify: boolean
}

/** All nine members, always. Times are UTC with milliseconds. */
export interface ContactView extends ContactFields {
  readonly id: number
  readonly companyId: number
  readonly notifyAt: string | null
  readonly updatedAt: string
  readonly createdAt: string
}

/** The company of a contact, as lists show it on request. */
export interface CompanySummary {
  readonly id: number
  readonly name: string
  readonly type: CompanyType
  readonly location: string | null
  readonly archivedAt: string | null
  readonly createdAt: string
}

export type CompanyType = 1 | 2 | 3

export interface Actions {
  readonly canBeUpdated: boolean
  readonly canBeDeleted: boolean
}

/** What a list adds to its contacts on request. */
export type Extension = 'company' | 'actions-info'

export const EXTENSIONS = ['company', 'actions-info'] as const satisfies readonly Extension[]

/** In UTF-16 units, inclusive, but for `phones`, which counts items. @see specs/kare.md 2.2 */
export const LIMITS = {
  name: 250,
  email: 250,
  phones: 5,
  phone: 50,
  comment: 2500,
  location: 250,
} as const

/** No dot at an end of the local part, no two dots in a row, ASCII only, labels, and letters at the end. @see specs/kare.md 2.2 */
export const EMAIL_PATTERN = String.raw`^(?!\.)(?!.*\.\.)([A-Za-z0-9_'+\-\.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$`

/** What the vendor requires of a company and the record may lack is shown as this. */
export const SHOWN_AS = { type: 1 } as const satisfies { type: CompanyType }

/** What the vendor leaves open, decided once. The README's table of choices explains each. */
export const CHOICES = {
  /** Contacts in one POST. */
  fewestNew: 1,
  mostNew: 100,
  defaultPage: 1,
  defaultPageSize: 50,
  largestPageSize: 500,
  /** List parameters that are documented but not yet there: refused, lest a client take all rows for the matching ones. */
  missingParameters: ['whereName', 'whereEmail', 'whereCreatedAt', 'orderBy', 'findId'],
} as const
