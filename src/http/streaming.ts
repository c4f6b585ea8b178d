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

/** Ends when nobody waits for the response any more. */
export function leavingOf(response: ServerResponse, closing: AbortSignal): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  return AbortSignal.any([gone.signal, closing])
}
