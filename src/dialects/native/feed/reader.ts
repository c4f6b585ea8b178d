import type { Asker } from '../../../core/command.ts'
import type { Directory } from '../../../core/directory.ts'
import type { Event } from '../../../core/event.ts'
import { problem } from '../../../core/problem.ts'
import { LIMITS } from '../wire.ts'

/** Reads on in the log, with the rights that the asker has at that moment. */
export interface FeedReader {
  /** Where it stands: all up to here was looked at. */
  readonly at: number
  /** Whether the end of the log was reached the last time. */
  readonly isEnd: boolean
  /**
   * The next events that the asker may see, after looking at `most` at most.
   * @throws Problem unauthenticated when the asker is nobody any more
   */
  next(most: number): Promise<readonly Event[]>
}

export function readFeed(directory: Directory, asker: Asker, after: number): FeedReader {
  const now = follow(directory, asker)
  let at = after
  let isEnd = false
  return {
    get at() {
      return at
    },
    get isEnd() {
      return isEnd
    },
    async next(most) {
      const piece = await directory.changes(now(), at, Math.min(most, LIMITS.eventsAtOnce))
      at = piece.last
      isEnd = piece.isEnd
      return piece.events
    },
  }
}

/**
 * Who asks, as the catalogue knows them now: whoever waits for hours keeps no right that was taken from them.
 * Those whom the directory has never known have none of it to lose.
 */
function follow(directory: Directory, asker: Asker): () => Asker {
  const known = (id: string) => directory.draft(asker).context.catalogue.principal(id)
  const { principal } = asker
  if (principal === undefined) return () => asker
  // The address in a token counts for as long as the token does.
  const { email } = principal
  const claimed = email === undefined || email === known(principal.id)?.email ? {} : { email }
  return () => {
    const current = known(principal.id)
    if (current !== undefined && current.state === undefined)
      return { ...asker, principal: { ...current, ...claimed } }
    if (current === undefined && principal.number === 0) return asker
    throw problem('unauthenticated', { reason: 'unknown-key' })
  }
}
