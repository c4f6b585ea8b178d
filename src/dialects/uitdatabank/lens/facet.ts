import type { Organization } from '../../../core/organization.ts'
import type { Language, Translated } from '../wire.ts'

/** What only UiTdatabank knows of an organization. */
export interface UitdatabankFacet {
  readonly educationalDescription?: Translated<string>
  /** What the document showed as main language before a write that would have moved it. */
  readonly mainLanguage?: Language
  /** It was filled once, and is empty now: the document keeps three empty lists. */
  readonly keepsContactPoint?: boolean
  /** Files of the images in the order of the document, where that is not the order of the record, which begins with the main one. */
  readonly imageOrder?: readonly string[]
  /** Left standing when no language is complete any more. */
  readonly completedLanguages?: readonly Language[]
}

export function facetOf(organization: Organization): UitdatabankFacet {
  return (organization.facets['uitdatabank'] ?? {}) as UitdatabankFacet
}
