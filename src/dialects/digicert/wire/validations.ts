export const VALIDATION_TYPES = ['ov', 'ev', 'cs', 'ev_cs', 'ds', 'smime'] as const

export type ValidationType = (typeof VALIDATION_TYPES)[number]

/** What each validation is called, and whether it needs people who answer for it. @see specs/digicert.md 2.3, 4 */
export const VALIDATIONS: Readonly<
  Record<
    ValidationType,
    { readonly name: string; readonly description: string; readonly needsUsers: boolean }
  >
> = {
  ov: { name: 'OV', description: 'Normal Organization Validation', needsUsers: false },
  ev: { name: 'EV', description: 'Extended Organization Validation', needsUsers: true },
  cs: { name: 'CS', description: 'Code Signing Organization Validation', needsUsers: true },
  ev_cs: { name: 'EV CS', description: 'Extended Code Signing Organization Validation', needsUsers: true },
  ds: { name: 'DS', description: 'Document Signing Organization Validation', needsUsers: false },
  smime: { name: 'S/MIME', description: 'Secure E-mail Organization Validation', needsUsers: false },
}

/** Somebody who answers for an organization, as validations show them. */
export interface VerifiedUser {
  readonly id: number
  readonly first_name: string
  readonly last_name: string
}

/** A validation that was asked for. Nobody here judges it, so it stays pending: without dates. */
export interface ValidationView {
  readonly type: ValidationType
  readonly name: string
  readonly description: string
  readonly status: 'pending'
  readonly verified_users?: readonly VerifiedUser[]
}

export interface ValidationsView {
  readonly validations: readonly ValidationView[]
}

/** Somebody who answers for an organization, in full. What a user of the account lacks is absent. */
export interface VerifiedContact extends VerifiedUser {
  /** Of the user of the account, if they are one. */
  readonly user_id?: string
  readonly job_title?: string
  readonly telephone?: string
  readonly email?: string
}

/** Somebody who is not among an organization's verified contacts yet. */
export type NewVerifiedContact = Omit<VerifiedContact, 'id'>

/** Somebody by the id of a verified contact of the organization, or of a user of the account. */
export interface NamedUser {
  readonly id: number
}

/** Validations as they are sent: each says all of its users; types that are absent stay as they are. */
export type ValidationsInput = readonly {
  readonly type: ValidationType
  readonly verified_users?: readonly (NamedUser | NewVerifiedContact)[]
}[]

/**
 * Ids of verified contacts begin above this: users of the account have smaller ones, so that an id in a request names
 * one or the other. They are an organization's own.
 */
export const VERIFIED_IDS_ABOVE = 1_000_000_000
