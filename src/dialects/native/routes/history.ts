import type { Event } from '../../../core/event.ts'
import type { Piece } from '../../../core/past.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import { accepted } from '../media.ts'
import { integerIn, linkTo, readQuery } from '../query.ts'
import { JSON_TYPE, LIMITS } from '../wire.ts'
import { organizationOf, personOf } from './reading.ts'

/** Who changed what of an organization, the newest first. */
export async function getOrganizationHistory(request: Request, { directory }: Services): Promise<Reply> {
  const key = organizationOf(request)
  return historyReply(request, (piece) => directory.history(request.asker, key, undefined, piece))
}

export async function getPersonHistory(request: Request, services: Services): Promise<Reply> {
  const { home, person } = await personOf(request, services)
  const { directory } = services
  return historyReply(request, (piece) => directory.history(request.asker, home, person, piece))
}

/** One page. It ends early where events are large; the Link tells where to go on. */
async function historyReply(
  request: Request,
  read: (piece: Piece) => Promise<readonly Event[]>,
): Promise<Reply> {
  const type = accepted(request, [JSON_TYPE])
  const { limit, before: asked } = pageOf(request)
  const items: string[] = []
  let length = 0
  let before = asked
  while (items.length < limit && length < LIMITS.pageLength) {
    const events = await read(pieceOf(before, Math.min(LIMITS.eventsAtOnce, limit - items.length)))
    for (const event of events.toReversed()) {
      const item = itemOf(event)
      items.push(item)
      length += item.length
      before = event.version
    }
    if (events.length === 0) break
  }
  const isMore = items.length > 0 && (await read(pieceOf(before, 1))).length > 0
  const next = isMore ? linkTo('next', request.path, { before, limit }) : undefined
  const headers = { 'content-type': type, 'cache-control': 'private, no-cache', link: next }
  return { status: 200, headers, body: `{"items":[${items.join(',')}]}` }
}

function pageOf(request: Request): { readonly limit: number; readonly before: number | undefined } {
  const { limit, before } = readQuery(request, ['limit', 'before'])
  return {
    limit: limit === undefined ? LIMITS.pageDefault : integerIn('limit', limit, 1, LIMITS.page),
    before: before === undefined ? undefined : integerIn('before', before, 1, LIMITS.version),
  }
}

function pieceOf(before: number | undefined, limit: number): Piece {
  return before === undefined ? { limit } : { before, limit }
}

/** What was before and after in each part that changed; null where the part was not there. */
function itemOf({ version, kind, at, by, via, commandId, parts }: Event): string {
  return JSON.stringify({ version, kind, at, by, via, commandId, parts })
}
