import type { Asker, Found } from '../../../core/command.ts'
import type { Directory } from '../../../core/directory.ts'
import { contact } from '../lens/contact.ts'
import { type SimpleContact, simpleOf } from '../lens/simple.ts'
import { rightsOf } from '../rights.ts'

const NONE: readonly never[] = []

/** The vendor's Contact carrier of what was found. */
export function simpleIn({ dossier, context }: Found): SimpleContact {
  return simpleOf(contact.get(dossier, context), rightsOf(context.grant, context).TableRight)
}

/** The vendor's ContactSummary. Tickets, sales and their like are not kept here: none is shown. @see specs/superoffice.md 1.8 */
export function summaryOf(found: Found) {
  return {
    Contact: simpleIn(found),
    Tickets: NONE,
    Followups: NONE,
    Documents: NONE,
    Sales: NONE,
    Chats: NONE,
  }
}

/** Of those that are there and may be read, in the order of `ids`. @param ids at most as many as one search may ask for */
export async function simplesOf(
  ids: readonly number[],
  asker: Asker,
  directory: Directory,
): Promise<readonly SimpleContact[]> {
  const { items } = await directory.search(asker, {
    states: ['active', 'inactive'],
    where: { column: 'number', in: ids.map(String) },
    offset: 0,
    limit: ids.length,
    isUncounted: true,
  })
  const found = new Map(items.map((one) => [one.dossier.organization.number, one]))
  return ids.flatMap((id) => {
    const one = found.get(id)
    return one === undefined ? [] : [simpleIn(one)]
  })
}
