import type { Json } from './apis.ts'

/** What a reader has seen: CloudEvents in the order in which they came. */
export type Seen = Json[]

/** How long a reader of a stream has patience. */
const STUCK_MS = 200

const HEADERS = { authorization: 'Bearer demo-api-key' }

/** Of the events after `after`, all that there are; in batches of every size. */
export async function readBatches(url: string, seen: Seen, sizes: readonly number[], until: () => boolean) {
  let path = '/v1/changes?after=0'
  for (let at = 0; ; at += 1) {
    const isLast = until()
    const size = sizes[at % sizes.length]
    const reply = await fetch(`${url}${path}&limit=${size}`, { headers: HEADERS })
    if (reply.status !== 200) throw new Error(`${path} gave ${reply.status} ${await reply.text()}`)
    seen.push(...((await reply.json()) as Json))
    const [, next = ''] =
      /^<([^>]*?)(?:&limit=\d+)?>; rel="next"$/.exec(reply.headers.get('link') ?? '') ?? []
    if (isLast && next === path) return
    if (next === path) await new Promise((resolve) => setTimeout(resolve, 5))
    path = next
  }
}

/** The same from streams, each cut off after some of its events (a stream that is cut off before its first one gets nowhere). */
export async function readStreams(url: string, seen: Seen, cuts: readonly number[], until: () => string) {
  let last = ''
  let after = '?after=0'
  for (let at = 0; last === '' || last !== until(); at += 1) {
    const cut = cuts[at % cuts.length] ?? 1
    const aborting = new AbortController()
    const headers = {
      ...HEADERS,
      accept: 'text/event-stream',
      ...(last !== '' && { 'last-event-id': last }),
    }
    const reply = await fetch(`${url}/v1/changes${after}`, { headers, signal: aborting.signal })
    if (reply.status !== 200) throw new Error(`the stream gave ${reply.status} ${await reply.text()}`)
    const timer = setTimeout(() => aborting.abort(), STUCK_MS)
    let left = cut
    let text = ''
    try {
      for await (const chunk of reply.body as unknown as AsyncIterable<Uint8Array>) {
        text += Buffer.from(chunk).toString()
        const messages = text.split('\n\n')
        text = messages.pop() ?? ''
        for (const message of messages) {
          const before = seen.length
          last = take(message, seen) ?? last
          left -= seen.length - before
          if (left <= 0) break
        }
        if (left <= 0) break
      }
    } catch (fault) {
      if (!aborting.signal.aborted) throw fault
    }
    aborting.abort()
    clearTimeout(timer)
    // A client that has an id sends it with the URL that it had at first.
    if (last !== '' && cut % 2 === 0) after = ''
  }
}

/** Keeps the event of a message, if it brings one; gives its id. @see WHATWG HTML §9.2.6 */
function take(message: string, seen: Seen): string | undefined {
  const fields = message.split('\n').map((line) => /^([^:]*): ?(.*)$/.exec(line)?.slice(1) ?? [line, ''])
  const data = fields.filter(([name]) => name === 'data').map(([, value]) => value)
  if (data.length > 0) seen.push(JSON.parse(data.join('\n')))
  return fields.find(([name]) => name === 'id')?.[1]
}
