import type { PairPlace } from '../../../core/pairs.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import { accepted } from '../media.ts'
import { integerIn, linkTo, readQuery } from '../query.ts'
import { json } from '../replies.ts'
import { cursorFor, notOurs, placeIn } from '../search/cursors.ts'
import { KIND } from '../search/indexers.ts'
import { PAGE } from '../search/parameters.ts'
import { JSON_TYPE } from '../wire.ts'
import { keyIn } from './reading.ts'
import { areDistinct, shownPair } from './verdicts.ts'

/** Organizations that may be one, two by two, with what they have in common; but for those that somebody has told apart. */
export async function listDuplicates(request: Request, { directory }: Services): Promise<Reply> {
  const type = accepted(request, [JSON_TYPE])
  const { asker } = request
  const sent = readQuery(request, ['organization', 'limit', 'cursor'])
  const limit = sent.limit === undefined ? PAGE.standard : integerIn('limit', sent.limit, 1, PAGE.most)
  const after = sent.cursor === undefined ? undefined : placeOf(placeIn(sent.cursor, sent))
  const of = sent.organization === undefined ? undefined : await idOf(request, directory, sent.organization)
  const { pairs, next } = await directory.pairs(asker, {
    kind: KIND.alike,
    limit,
    ...(after !== undefined && { after }),
    ...(of !== undefined && { of }),
    isPassed: (left, right) => areDistinct(directory, asker, [left, right]),
  })
  const cursor = next && cursorFor(sent, [next.key, ...(next.pair ?? [])])
  const reply = json(200, { items: pairs.map(shownPair), ...(cursor !== undefined && { cursor }) })
  const link = cursor === undefined ? {} : { link: linkTo('next', request.path, { ...sent, cursor }) }
  return { ...reply, headers: { 'content-type': type, 'cache-control': 'private, no-cache', ...link } }
}

function placeOf(place: readonly unknown[]): PairPlace {
  const texts = place.filter((one) => typeof one === 'string')
  const [key, left, right] = texts
  if (texts.length !== place.length || key === undefined) throw notOurs()
  if (place.length === 1) return { key }
  if (place.length !== 3 || left === undefined || right === undefined) throw notOurs()
  return { key, pair: [left, right] }
}

/** @throws Problem not-found, forbidden */
async function idOf({ asker }: Request, directory: Services['directory'], text: string): Promise<string> {
  const key = { tenant: asker.tenant, ...keyIn('organization', text) }
  return (await directory.find(asker, key, 'none')).dossier.organization.id
}
