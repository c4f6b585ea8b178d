import type { Somebody } from '../../core/blanking.ts'
import type { Facet, Facets } from '../../core/facet.ts'
import { folded } from '../../core/index-rows.ts'
import { firstAndLast } from '../../core/person.ts'
import { clip } from '../../core/text.ts'
import type { StoredValidation } from './lens/facet.ts'
import { organizationFacet } from './lens/facet.ts'
import type { VerifiedContact } from './wire/validations.ts'
import { LIMITS } from './wire.ts'

/**
 * The facet of an organization without somebody among its verified contacts: who has a name that they had, as this API shows
 * it, and no address that was not theirs.
 */
export function withoutVerified(facet: Facet, { names, emails }: Somebody): Facet {
  const { validations = [] } = organizationFacet({ digicert: facet } satisfies Facets)
  const shown = new Set(names.filter(({ full }) => full !== '').map((name) => keyOf(shownName(name))))
  const isTheirs = (user: VerifiedContact) =>
    shown.has(keyOf(user)) &&
    (user.email === undefined || emails.size === 0 || emails.has(folded(user.email)))
  if (!validations.some(({ users = [] }) => users.some(isTheirs))) return facet
  const rest = validations.map(({ users = [], ...validation }): StoredValidation => {
    const others = users.filter((user) => !isTheirs(user))
    return { ...validation, ...(others.length > 0 && { users: others }) }
  })
  return { ...facet, validations: rest }
}

function shownName(name: Parameters<typeof firstAndLast>[0]) {
  const { first, last } = firstAndLast(name)
  return { first_name: clip(first, LIMITS.first_name), last_name: clip(last, LIMITS.last_name) }
}

function keyOf({ first_name, last_name }: Pick<VerifiedContact, 'first_name' | 'last_name'>): string {
  return `${folded(first_name)}\n${folded(last_name)}`
}
