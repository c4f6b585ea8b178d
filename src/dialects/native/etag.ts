import type { Organization } from '../../core/organization.ts'
import type { Person } from '../../core/person.ts'
import type { Grant } from '../../core/policy.ts'
import { lastChange } from '../../core/record.ts'
import { PERSON_SHOWN } from './lens/person-card.ts'
import { lastShownChange, readableParts, SHOWN_PARTS } from './lens/shown-parts.ts'
import { FORM } from './wire.ts'

/**
 * Tells two states of what a reader sees of an organization apart, and nothing else: whoever sees the same gets the same.
 * @see RFC 9110 §8.8.3, design 10.4
 */
export function organizationTag(organization: Organization, grant: Grant): string {
  const { version } = lastShownChange(organization, grant)
  const parts = readableParts(grant)
  const mask = parts.length === SHOWN_PARTS.length ? '' : `-${maskOf(parts)}`
  return `"${FORM}-${version}${mask}"`
}

export function personTag(person: Person): string {
  return `"${FORM}-${lastChange(person, PERSON_SHOWN).version}"`
}

/** Which of the parts, in few characters. */
function maskOf(parts: readonly string[]): string {
  return SHOWN_PARTS.reduce((mask, part, at) => mask + (parts.includes(part) ? 2 ** at : 0), 0).toString(36)
}

export const VCARD_VARIANT = 'vcard'

/** The tag of the same state in another media type. */
export function variantTag(tag: string, variant: string): string {
  return tag.replace(/"$/, `-${variant}"`)
}
