import type { Found } from '../../../core/command.ts'
import type { Reply, Request, Route, Services } from '../../dialect.ts'
import { pagedCollection } from '../collection.ts'
import { organizer } from '../lens/organizer.ts'
import { readSearch } from '../search/parameters.ts'
import { toJson } from '../wire.ts'

/** Before all others of its path: the order is that of the `Allowed:` list. A token is not even read. @see specs/uitdatabank.md 2.4 */
export const searchRoutes: readonly Route[] = [
  { method: 'GET', path: '/organizers', access: 'open', handle: search },
]

async function search({ query, asker }: Request, { directory }: Services): Promise<Reply> {
  const { embed, ...asked } = readSearch(query)
  const { items, total } = await directory.search(asker, asked)
  const member = items.map((found) => (embed ? documentOf(found) : summaryOf(found)))
  const page = pagedCollection(member, { itemsPerPage: asked.limit, totalItems: total })
  return { status: 200, headers: { 'content-type': 'application/ld+json' }, body: toJson(page) }
}

/** What stands for an organizer in a list. */
export function summaryOf({ dossier, context }: Found) {
  return { '@id': `${context.baseUrl}/organizers/${dossier.organization.id}`, '@type': 'Organizer' as const }
}

function documentOf(found: Found) {
  return { ...summaryOf(found), ...organizer.get(found.dossier, found.context) }
}
