import type { Found } from '../../../core/command.ts'
import { withOrganization } from '../../../core/dossier.ts'
import type { Catalogue } from '../../../core/principal.ts'
import type { ContactInput } from '../wire.ts'
import { type KeptFields, keysOf } from './custom-fields.ts'
import { defaultIn } from './defined-fields.ts'
import { withMembers } from './facet.ts'
import { fieldsOf } from './field-definitions.ts'
import { listsOf } from './lists.ts'

/** The blank contact with the entries that its tenant prefers. @see specs/superoffice.md 3.10 */
export function drafted({ dossier, context }: Found): Found {
  const { business, category } = listsOf(context.catalogue).preferences
  const facets = withMembers(dossier.organization.facets, {
    business: business === 0 ? undefined : business,
    category: category === 0 ? undefined : category,
    fields: defaultFields(context.catalogue),
  })
  return { dossier: withOrganization(dossier, { facets }), context }
}

/** What is sent of a new contact, with the preferred entries where it names none. */
export function withPreferences(input: ContactInput, catalogue: Catalogue): ContactInput {
  const { business, category } = listsOf(catalogue).preferences
  return {
    ...input,
    Business: input.Business ?? business,
    Category: input.Category ?? category,
    CustomFields: withDefaults(input, catalogue),
  }
}

/** What a new contact's fields hold; undefined when they hold nothing. */
function defaultFields(catalogue: Catalogue): KeptFields | undefined {
  const filled = fieldsOf(catalogue).all.flatMap((field) => {
    const value = defaultIn(field, field.in)
    return value === undefined ? [] : [[field.key, { in: field.in, value }]]
  })
  return filled.length === 0 ? undefined : Object.fromEntries(filled)
}

function withDefaults(input: ContactInput, catalogue: Catalogue): ContactInput['CustomFields'] {
  const sent = keysOf(input)
  const missing = fieldsOf(catalogue).all.filter(({ key }) => !sent.has(key))
  const defaults = missing.flatMap((field) => {
    const value = defaultIn(field, 'custom')
    return value === undefined ? [] : [[field.key, value]]
  })
  return defaults.length === 0
    ? input.CustomFields
    : { ...Object.fromEntries(defaults), ...input.CustomFields }
}
