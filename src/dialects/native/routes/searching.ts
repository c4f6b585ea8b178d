import type { Found } from '../../../core/command.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import { urnOf } from '../lens/sent.ts'
import { accepted } from '../media.ts'
import { linkTo } from '../query.ts'
import { organizationShown } from '../replies.ts'
import { cursorFor } from '../search/cursors.ts'
import { readSearch } from '../search/parameters.ts'
import { JSON_TYPE, OWN } from '../wire.ts'

/** Organizations that match, a page at a time. */
export async function listOrganizations(request: Request, { directory }: Services): Promise<Reply> {
  const type = accepted(request, [JSON_TYPE])
  const { sent, ...query } = readSearch(request)
  const { items, next, total } = await directory.seek(request.asker, query)
  const cursor = next === undefined ? undefined : cursorFor(sent, [next.key, next.number])
  const rest = JSON.stringify({ cursor, total }).slice(1)
  return {
    status: 200,
    headers: {
      'content-type': type,
      'cache-control': 'private, no-cache',
      ...(cursor !== undefined && { link: linkTo('next', request.path, { ...sent, cursor }) }),
    },
    body: `{"items":[${items.map(itemOf).join(',')}]${rest === '}' ? '' : ','}${rest}`,
  }
}

/** The Card; of a deleted organization, whose Card has no state, with what became of it. */
function itemOf(found: Found): string {
  const card = organizationShown(found).card()
  const { state, mergedInto } = found.dossier.organization
  if (state !== 'deleted') return card
  const more = {
    [`${OWN}state`]: state,
    ...(mergedInto !== undefined && { [`${OWN}mergedInto`]: urnOf(mergedInto) }),
  }
  return `${card.slice(0, -1)},${JSON.stringify(more).slice(1)}`
}
