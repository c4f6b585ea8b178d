import type { Facet } from '../../core/facet.ts'
import { withMissing } from '../../core/inheriting.ts'
import type { Organization } from '../../core/organization.ts'
import { organizationFacet } from './lens/facet.ts'
import { withValidations } from './lens/validations.ts'

/**
 * What this API says of the organization that stays in a merge, with what only the other one had: an assumed name, and
 * validations of the types that it was not submitted for, by the same people, who get ids of its own.
 */
export function inherited(own: Organization, { facets: theirs }: Organization): Facet {
  const before = own.facets['digicert'] ?? {}
  const submitted = new Set(organizationFacet(own.facets).validations?.map(({ type }) => type))
  const missing = (organizationFacet(theirs).validations ?? []).filter(({ type }) => !submitted.has(type))
  const sent = missing.map(({ type, users }) => ({
    type,
    ...(users !== undefined && { verified_users: users.map(({ id: _, ...user }) => user) }),
  }))
  const after = withValidations({ organization: own, people: [] }, sent).organization.facets['digicert']
  return withMissing(after ?? before, theirs['digicert'] ?? {}, ['assumedName'])
}
