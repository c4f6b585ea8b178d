import type { Facets } from '../../../core/facet.ts'
import { withFacet } from '../../../core/facet.ts'
import type { Hides } from '../../../core/hides.ts'
import type { Organization } from '../../../core/organization.ts'
import type { KeptField } from './custom-fields.ts'

/** What only SuperOffice knows of an organization. A member that has its default value is absent. */
export interface SuperOfficeFacet {
  readonly number1?: string | undefined
  readonly number2?: string | undefined
  readonly kananame?: string | undefined
  readonly noMailing?: true | undefined
  readonly xstop?: true | undefined
  readonly source?: number | undefined
  readonly dbiAgentId?: number | undefined
  readonly dbiKey?: string | undefined
  /** UTC, as the wire shows it. */
  readonly dbiLastSyncronized?: string | undefined
  /** UTC, as the wire shows it. */
  readonly dbiLastModified?: string | undefined
  /** Number of a principal; 0 = nobody; absent = who created the organization. */
  readonly associate?: number | undefined
  readonly supportAssociate?: number | undefined
  readonly business?: number | undefined
  readonly category?: number | undefined
  readonly ticketPriority?: number | undefined
  readonly customerLanguage?: number | undefined
  /** Ids of those that are selected, ascending. */
  readonly interests?: readonly number[] | undefined
  readonly domains?: readonly string[] | undefined
  readonly fields?: Readonly<Record<string, KeptField>> | undefined
  /** Identifiers that OrgNr does not show although it could. @see design §10.1.3 */
  readonly hides?: Hides | undefined
  /** Images that were not the one that a client removed. @see design §10.1.3 */
  readonly imageHides?: Hides | undefined
}

const DIALECT = 'superoffice'
const NOTHING: SuperOfficeFacet = {}

export function facetOf({ facets }: Organization): SuperOfficeFacet {
  return (facets[DIALECT] as SuperOfficeFacet | undefined) ?? NOTHING
}

/** The facets with `members` in that of this dialect; `facets` itself when nothing differs. */
export function withMembers(facets: Facets, members: SuperOfficeFacet): Facets {
  const before: SuperOfficeFacet = (facets[DIALECT] as SuperOfficeFacet | undefined) ?? NOTHING
  const names = Object.keys(members) as (keyof SuperOfficeFacet)[]
  if (names.every((name) => members[name] === before[name])) return facets
  return withFacet(facets, DIALECT, { ...before, ...members })
}
