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

export interface Actions {
  readonly canBeUpdated: boolean
  readonly canBeDeleted: boolean
}

/** What a list adds to its contacts on request. */
export type ContactExtension = 'company' | 'actions-info'

export const CONTACT_EXTENSIONS = ['company', 'actions-info'] as const satisfies readonly ContactExtension[]

/** What a list of contacts can be ordered by. */
export const CONTACT_FIELDS = ['id', 'name', 'email', 'notifyAt', 'createdAt', 'updatedAt'] as const

export type ContactField = (typeof CONTACT_FIELDS)[number]
