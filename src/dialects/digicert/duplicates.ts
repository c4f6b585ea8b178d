import type { Asker } from '../../core/command.ts'
import type { Directory } from '../../core/directory.ts'
import { rowOf } from './lens/organization.ts'
import type { OrganizationFields } from './wire.ts'
import { CHOICES } from './wire.ts'

/** What must all be equal, ignoring case, for two organizations to be one. @see specs/digicert.md 8 (14) */
const COMPARED = ['name', 'address', 'city', 'state', 'zip', 'country'] as const

/** Organizations compared at a time. */
const PAGE = 1000

/** Whether the asker can see an organization with the same name and address. */
export async function isDuplicated(
  fields: OrganizationFields,
  asker: Asker,
  directory: Pick<Directory, 'search'>,
): Promise<boolean> {
  const query = { search: fields.name, states: CHOICES.filteredStates, limit: PAGE }
  for (let offset = 0; ; offset += PAGE) {
    const { items, total } = await directory.search(asker, { ...query, offset })
    const isFound = items.some(({ dossier, context }) => {
      const row = rowOf(dossier.organization, context)
      return COMPARED.every((member) => folded(row[member]) === folded(fields[member]))
    })
    if (isFound || offset + PAGE >= total) return isFound
  }
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
