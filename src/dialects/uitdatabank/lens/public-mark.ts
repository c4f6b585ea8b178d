import { differencesBetween } from '../../../core/dossier.ts'
import type { Organization } from '../../../core/organization.ts'

/** What is written through UiTdatabank is public: marks `after`, if it differs from `before`. */
export function withPublicMark(before: Organization, after: Organization): Organization {
  if (before.public === true) return after
  const isWritten = before.version === 0 || Object.keys(differencesBetween(before, after)).length > 0
  return isWritten ? { ...after, public: true } : after
}
