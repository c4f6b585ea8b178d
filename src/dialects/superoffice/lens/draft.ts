import type { Found } from '../../../core/command.ts'
import { withOrganization } from '../../../core/dossier.ts'
import type { Catalogue } from '../../../core/principal.ts'
import type { ContactInput } from '../wire.ts'
import { withMembers } from './facet.ts'
import { listsOf } from './lists.ts'

/** The blank contact with the entries that its tenant prefers. @see specs/superoffice.md 3.10 */
export function drafted({ dossier, context }: Found): Found {
  const { business, category } = listsOf(context.catalogue).preferences
  const facets = withMembers(dossier.organization.facets, {
    business: business === 0 ? undefined : business,
    category: category === 0 ? undefined : category,
  })
  return { dossier: withOrganization(dossier, { facets }), context }
}

/** What is sent of a new contact, with the preferred entries where it names none. */
export function withPreferences(input: ContactInput, catalogue: Catalogue): ContactInput {
  const { business, category } = listsOf(catalogue).preferences
  return { ...input, Business: input.Business ?? business, Category: input.Category ?? category }
}
