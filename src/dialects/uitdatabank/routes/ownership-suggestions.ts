import type { Condition } from '../../../core/query.ts'
import type { Reply, Request, Route, Services } from '../../dialect.ts'
import { pagedCollection } from '../collection.ts'
import type { Ownership } from '../ownerships/ownership.ts'
import { isOpen, OWNERSHIP } from '../ownerships/ownership.ts'
import { statusIn } from '../search/condition.ts'
import { badParameter } from '../search/faults.ts'
import { KIND, textKey } from '../search/keys.ts'
import { readPage } from '../search/parameters.ts'
import { toJson } from '../wire.ts'
import { summaryOf } from './search.ts'

export const suggestionRoutes: readonly Route[] = [
  { method: 'GET', path: '/ownerships/suggestions', access: 'required', handle: suggest },
]

/** Organizers that the asker created or contributes to, and has not asked to own. @see specs/uitdatabank.md 2.5 */
async function suggest({ query, asker }: Request, { directory }: Services): Promise<Reply> {
  const itemType = new URLSearchParams(query).get('itemType')
  if (itemType !== 'organizer') throw badParameter('itemType', 'it must be organizer')
  const { id = '', email } = asker.principal ?? {}
  const owned = (await directory.objects(asker, OWNERSHIP))
    .map(({ value }) => value as Ownership)
    .filter((ownership) => ownership.ownerId === id && isOpen(ownership))
  const theirs: readonly Condition[] = [
    { kind: KIND.creator, test: { is: textKey(id) } },
    ...(email === undefined ? [] : [{ kind: KIND.contributor, test: { is: textKey(email) } }]),
  ]
  const { offset, limit } = readPage(query)
  const { items, total } = await directory.search(asker, {
    where: {
      all: [
        { any: theirs },
        statusIn((status) => status === 'ACTIVE'),
        { not: { column: 'id', in: owned.map(({ itemId }) => itemId) } },
      ],
    },
    offset,
    limit,
  })
  const page = pagedCollection(items.map(summaryOf), { itemsPerPage: limit, totalItems: total })
  return { status: 200, headers: { 'content-type': 'application/ld+json' }, body: toJson(page) }
}
