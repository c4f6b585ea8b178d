import { ORGANIZATION_PARTS } from '../../../core/organization.ts'
import type { Grant } from '../../../core/policy.ts'
import { mayReadPart } from '../../../core/policy.ts'
import type { Identity, Stamp } from '../../../core/record.ts'
import { lastChange } from '../../../core/record.ts'
import { NATIVE } from './kept.ts'

/** Every part that the Card of an organization shows to whoever may read all. */
export const SHOWN_PARTS: readonly string[] = [
  ...ORGANIZATION_PARTS.filter((part) => part !== 'mergedInto'),
  `facets.${NATIVE}`,
]

/** Those of them that a grant lets its holder read. */
export function readableParts(grant: Grant): readonly string[] {
  if (grant.isFull) return SHOWN_PARTS
  return SHOWN_PARTS.filter((part) => mayReadPart(grant, part))
}

/** The last change of what a reader may see: nothing tells them that anything else has changed. */
export function lastShownChange(record: Identity, grant: Grant): Stamp {
  return lastChange(record, readableParts(grant))
}
