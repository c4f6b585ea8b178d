import { setImmediate } from 'node:timers/promises'
import type { Directory } from '../../../core/directory.ts'
import { LIMITS } from '../wire.ts'
import { hangBell } from './bell.ts'
import { cloudEventOf } from './cloud-event.ts'
import type { FeedReader } from './reader.ts'

export interface Asked {
  /** How many events of the log are looked at. */
  readonly limit: number
  readonly baseUrl: string
}

/** What comes next in the log, as CloudEvents; it may be nothing although there is more. */
export async function batchOf(reader: FeedReader, { limit, baseUrl }: Asked): Promise<readonly string[]> {
  const texts: string[] = []
  let length = 0
  for (let left = limit; left > 0 && length < LIMITS.pageLength; left -= LIMITS.eventsAtOnce) {
    for (const event of await reader.next(left)) {
      const text = cloudEventOf(event, baseUrl)
      texts.push(text)
      length += text.length
    }
    if (reader.isEnd) break
  }
  return texts
}

/** The same, as soon as there is something to tell, or the time is up. */
export async function awaitedBatch(
  directory: Directory,
  reader: FeedReader,
  asked: Asked & { readonly waitMs: number; readonly leaving: AbortSignal },
): Promise<readonly string[]> {
  const bell = hangBell(directory, asked.leaving, asked.waitMs)
  try {
    for (;;) {
      const texts = await batchOf(reader, asked)
      if (texts.length > 0 || bell.isOver()) return texts
      if (reader.isEnd) await bell.wait(asked.waitMs)
      else await setImmediate()
    }
  } finally {
    bell.close()
  }
}
