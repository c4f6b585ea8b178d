import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Directory } from '../../../core/directory.ts'
import type { Event } from '../../../core/event.ts'
import { Problem } from '../../../core/problem.ts'
import { LIMITS } from '../wire.ts'
import { hangBell } from './bell.ts'
import { cloudEventOf, typeOf } from './cloud-event.ts'
import type { FeedReader } from './reader.ts'

/** How often a stream says something, so that nobody between takes it for dead. */
const HEARTBEAT_MS = 15_000

/** How long a client waits before it comes again. */
const RETRY_MS = 3_000

/** How long a stream lasts: whoever comes again shows a credential again, and one that was withdrawn opens nothing. */
const LASTS_MS = 15 * 60_000

/** How long what happens in a burst is gathered, so that a stream does not read the log once for each commit. */
const GATHER_MS = 20

/**
 * The log as server-sent events, from where `reader` stands. It ends when its reader is nobody any more, and is read no
 * faster than it is taken: only the events at hand are held.
 * @see WHATWG HTML §9.2.6
 */
export async function* streamOf(
  directory: Directory,
  reader: FeedReader,
  baseUrl: string,
  leaving: AbortSignal,
): AsyncGenerator<string, void> {
  const bell = hangBell(directory, leaving, LASTS_MS)
  let isDue = false
  const heart = setInterval(() => {
    isDue = true
    bell.ring()
  }, HEARTBEAT_MS)
  let told = reader.at
  try {
    // An id without data is kept by the client: one that is cut off before the first event misses none.
    yield `retry: ${RETRY_MS}\nid: ${told}\n\n`
    while (!bell.isOver()) {
      for (const event of await reader.next(LIMITS.eventsAtOnce)) {
        yield messageOf(event, baseUrl)
        told = event.seq
      }
      if (isDue) yield told === reader.at ? ':\n\n' : `id: ${reader.at}\n\n`
      if (isDue) told = reader.at
      isDue = false
      if (!reader.isEnd) await setImmediate()
      else {
        await bell.wait(HEARTBEAT_MS)
        if (!bell.isOver()) await setTimeout(GATHER_MS)
      }
    }
  } catch (error) {
    // Whoever comes again is told what it is.
    if (!(error instanceof Problem)) throw error
  } finally {
    clearInterval(heart)
    bell.close()
  }
}

function messageOf(event: Event, baseUrl: string): string {
  return `id: ${event.seq}\nevent: ${typeOf(event)}\ndata: ${cloudEventOf(event, baseUrl)}\n\n`
}
