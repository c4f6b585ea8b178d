import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'

/** A server of PostgreSQL as if it were far away. */
export interface FarAway {
  readonly url: string
  /** How often somebody has sent something and waited for the answer, on all connections. */
  trips(): number
  /** Ends all connections, and refuses others until `mend`. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

/**
 * Stands before a server and holds back whatever passes, in both directions.
 * @param url of a server that is reached by a socket in a folder
 * @param tripMs from sending something until its answer is there, at least
 */
export async function farAway(url: string, tripMs: number): Promise<FarAway> {
  const near = new URL(url)
  const socket = `${near.searchParams.get('host')}/.s.PGSQL.5432`
  const ends = new Set<() => void>()
  let trips = 0
  let isCut = false

  const server = createServer({ noDelay: true }, (client) => {
    const engine = connect(socket)
    const end = () => {
      client.destroy()
      engine.destroy()
      ends.delete(end)
    }
    ends.add(end)
    if (isCut) end()
    let isAnswered = true
    client.on('data', (bytes) => {
      setTimeout(() => {
        if (isAnswered) trips += 1
        isAnswered = false
        engine.write(bytes)
      }, tripMs / 2)
    })
    engine.on('data', (bytes) => {
      setTimeout(() => {
        isAnswered = true
        client.write(bytes)
      }, tripMs / 2)
    })
    for (const one of [client, engine]) one.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const far = new URL(url)
  far.searchParams.delete('host')
  far.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const cut = () => {
    isCut = true
    for (const end of ends) end()
  }
  return {
    url: far.href.replaceAll('+', '%20'),
    trips: () => trips,
    cut,
    mend() {
      isCut = false
    },
    close() {
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
