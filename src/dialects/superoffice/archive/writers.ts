import { lastChange } from '../../../core/record.ts'
import { associateWithId } from '../lens/associates.ts'
import type { Associate } from '../wire/carriers.ts'
import type { ContactRow } from './contact-row.ts'

/** Whoever made the latest version of a contact. */
export function lastWriterOf({ organization, context }: ContactRow): Associate | null {
  const { by } = lastChange(organization, Object.keys(organization.changed))
  return associateWithId(context.catalogue, by)
}
