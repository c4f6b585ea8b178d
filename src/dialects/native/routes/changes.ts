import { refused } from '../../../core/problem.ts'
import type { Reply, Request, Services } from '../../dialect.ts'
import { awaitedBatch, batchOf } from '../feed/batch.ts'
import { readFeed } from '../feed/reader.ts'
import { streamOf } from '../feed/stream.ts'
import { accepted } from '../media.ts'
import type { Refusal } from '../problems.ts'
import { integerIn, invalidQuery, linkTo, readQuery } from '../query.ts'
import { BATCH_TYPE, EVENT_STREAM_TYPE, JSON_TYPE, LIMITS } from '../wire.ts'

/** What a reader says to begin behind all that has happened. */
const LATEST = 'latest'

const PARAMETERS = ['after', 'limit', 'wait'] as const

type Asked = Readonly<Partial<Record<(typeof PARAMETERS)[number], string>>>

/** What happened to the records that the reader may read: a batch, or a stream that goes on. */
export async function getChanges(request: Request, { directory }: Services): Promise<Reply> {
  const type = accepted(request, [BATCH_TYPE, EVENT_STREAM_TYPE, JSON_TYPE])
  const asked = readQuery(request, PARAMETERS)
  const limit =
    asked.limit === undefined ? LIMITS.batchDefault : integerIn('limit', asked.limit, 1, LIMITS.batch)
  const wait = asked.wait === undefined ? 0 : integerIn('wait', asked.wait, 0, LIMITS.waitSeconds)
  const end = await directory.lastChange()
  const { asker } = request
  const { baseUrl } = asker
  const headers = { 'content-type': type, 'cache-control': 'no-store', vary: 'Accept' }
  if (type === EVENT_STREAM_TYPE) {
    const reader = readFeed(directory, asker, startOfStream(request, asked, end))
    const stream = streamOf(directory, reader, baseUrl, request.leaving())
    return { status: 200, headers: { ...headers, 'x-accel-buffering': 'no' }, stream }
  }
  const reader = readFeed(directory, asker, asked.after === undefined ? 0 : afterIn(asked.after, end))
  const texts = await (wait === 0
    ? batchOf(reader, { limit, baseUrl })
    : awaitedBatch(directory, reader, { limit, baseUrl, waitMs: wait * 1_000, leaving: request.leaving() }))
  // The next batch begins behind all that was looked at: nobody looks twice at what they may not see.
  const next = linkTo('next', request.path, { ...asked, after: reader.at })
  return { status: 200, headers: { ...headers, link: next }, body: `[${texts.join(',')}]` }
}

/** A client that was cut off asks for the same URL again, and says in a header how far it came. @see WHATWG HTML §9.2.3 */
function startOfStream({ headers }: Request, { after = LATEST }: Asked, end: number): number {
  const last = headers['last-event-id'] ?? ''
  if (last === '') return afterIn(after, end)
  const seq = /^\d{1,16}$/.test(last) ? Number(last) : Number.NaN
  if (seq <= end) return seq
  throw refused('header-invalid' satisfies Refusal, {
    detail: 'Last-Event-ID is no id of an event of this log.',
  })
}

/** @throws Problem refused (query-invalid), for a place behind the end, too: it is that of another log, and would miss events */
function afterIn(text: string, end: number): number {
  if (text === LATEST) return end
  const seq = integerIn('after', text, 0, LIMITS.sequence)
  if (seq <= end) return seq
  throw invalidQuery('after is behind the end of the log.')
}
