import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'

/** Sends text that comes with time, as fast as it is taken, and ends the connection with it once the server closes. */
export function stream(text: AsyncIterable<string>, response: ServerResponse, closing: AbortSignal): void {
  const { socket } = response
  pipeline(text, response).then(
    // Its head was sent when nobody knew that the connection has no future.
    () => closing.aborted && socket?.end(),
    // A client that leaves is no failure, and nobody is left who could be told of one.
    () => {},
  )
}

/** How often it is looked whether whoever waits is still let in: half of the second that is promised. */
const LOOK_EVERY_MS = 500

/** Ends when nobody waits for the response any more, or nobody who is let in. */
export function leavingOf(
  response: ServerResponse,
  closing: AbortSignal,
  isIn: () => boolean = () => true,
): AbortSignal {
  const gone = new AbortController()
  const timer = setInterval(() => {
    if (!isIn()) gone.abort()
  }, LOOK_EVERY_MS).unref()
  gone.signal.addEventListener('abort', () => clearInterval(timer))
  response.once('close', () => gone.abort())
  return AbortSignal.any([gone.signal, closing])
}
