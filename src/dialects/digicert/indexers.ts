import { hash } from 'node:crypto'
import type { Indexer } from '../../core/index-rows.ts'
import { folded } from '../../core/index-rows.ts'
import type { Organization } from '../../core/organization.ts'
import { mainName } from '../../core/organization.ts'
import type { Condition } from '../../core/query.ts'
import { clip } from '../../core/text.ts'
import { placeOf } from './lens/address.ts'
import { organizationFacet } from './lens/facet.ts'
import { CHOICES, LIMITS } from './wire.ts'

/** What clients filter by, and what makes two organizations one. */
export const indexers: readonly Indexer[] = [
  {
    parts: ['name', 'language', 'addresses'],
    refusesBy: ['digicert.same'],
    rows(organization) {
      const key = sameKey(organization)
      return key === undefined ? [] : [{ kind: 'digicert.same', key, part: 'addresses' }]
    },
  },
  {
    parts: ['facets.digicert'],
    rows: ({ facets }) =>
      (organizationFacet(facets).validations ?? []).length === 0
        ? []
        : [{ kind: 'digicert.validation', key: 'pending', part: 'facets.digicert' }],
  },
  {
    parts: ['roles'],
    rows: ({ roles }) =>
      roles['organization-contact'] === undefined && roles['technical-contact'] === undefined
        ? []
        : [{ kind: 'digicert.contact', key: '1', part: 'roles' }],
  },
]

/** Organizations with a validation that is pending. */
export const IS_PENDING: Condition = { kind: 'digicert.validation', test: { is: 'pending' } }

/** Organizations with an organization or technical contact. */
export const HAS_CONTACTS: Condition = { kind: 'digicert.contact', test: { is: '1' } }

/** Finds what cannot be told from `organization` by name and address. @see specs/digicert.md 8 (14) */
export function sameAs(organization: Organization) {
  const key = sameKey(organization)
  if (key === undefined) return undefined
  const where: Condition = { kind: 'digicert.same', test: { is: key } }
  return { states: CHOICES.filteredStates, where }
}

/** Name and address as they are shown, ignoring case; hashed, because keys of rows are short. None without a whole address. */
function sameKey(organization: Organization): string | undefined {
  const { address, city, state, zip, country } = placeOf(organization)
  const compared = [clip(mainName(organization), LIMITS.name), address, city, state, zip, country]
  return compared.includes('') ? undefined : hash('sha256', JSON.stringify(compared.map(folded)))
}
