import type { Facets } from '../../../core/facet.ts'
import { withFacet } from '../../../core/facet.ts'
import type { Hides } from '../../../core/hides.ts'
import type { ValidationType, VerifiedContact } from '../wire/validations.ts'

/** What only DigiCert says of an organization. */
export interface OrganizationFacet {
  readonly assumedName?: string
  /** In the order in which they were first asked for. */
  readonly validations?: readonly StoredValidation[]
  /** The last id that a verified contact got; none is given twice. */
  readonly lastVerified?: number
  /** Phones that a client removed from sight. */
  readonly hides?: Hides
}

export interface StoredValidation {
  readonly type: ValidationType
  /** Never empty. */
  readonly users?: readonly VerifiedContact[]
}

/** What only DigiCert says of a person. */
export interface PersonFacet {
  /** A telephone extension without a telephone. */
  readonly extension?: string
  /** A language of the vendor's table that has no tag here. */
  readonly language?: LanguageChoice
  /** Phones that a client removed from sight. */
  readonly hides?: Hides
}

/** A `language_id`; it holds as long as the person's language is what it was when the id was written. */
export interface LanguageChoice {
  readonly id: number
  readonly beside?: string
}

const NAME = 'digicert'

export function organizationFacet(facets: Facets): OrganizationFacet {
  return (facets[NAME] ?? {}) as OrganizationFacet
}

export function personFacet(facets: Facets): PersonFacet {
  return (facets[NAME] ?? {}) as PersonFacet
}

/** The facets with members of DigiCert's replaced; an undefined member is removed. */
export function withMembers(
  facets: Facets,
  members: { readonly [Key in keyof (OrganizationFacet & PersonFacet)]?: unknown },
): Facets {
  return withFacet(facets, NAME, { ...facets[NAME], ...members })
}
