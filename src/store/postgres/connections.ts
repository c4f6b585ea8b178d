import type { Duplex } from 'node:stream'
import type { PoolClient } from 'pg'
import pg from 'pg'
import { asProblem, isForgetful, isLost, storeUnavailable } from './faults.ts'
import { hostsOf } from './hosts.ts'
import { boundValue, keptStatement, numberedText, stopKeeping } from './statements.ts'

export type Row = Readonly<Record<string, unknown>>

/** What a statement gave. */
export interface Answer {
  readonly rows: readonly Row[]
  /** Rows that it wrote. */
  readonly count: number
}

/** Where statements are sent. */
export interface Connection {
  /** One of our own texts with `$1`…, kept prepared. @throws Problem store-unavailable, precondition-failed */
  run(text: string, values?: readonly unknown[]): Promise<Answer>
  /** A text made of what a client asks, with question marks: it is not kept. */
  ask(text: string, values: readonly unknown[]): Promise<Answer>
  /** Statements that see one state, whoever writes meanwhile. */
  snapshot<T>(work: (connection: Connection) => Promise<T>): Promise<T>
}

/** Connections that read at once; whatever waits for one longer than this is told so. */
const READERS = 10
export const CONNECT_WITHIN_MS = 5_000

/** The longest that a statement may take, before it is given up. */
const ANSWER_WITHIN_MS = 30_000

/** How often a read is asked again after its connection was lost: a server that was restarted has dropped all of them. */
const TRIES = 3

/**
 * A bounded number of connections. Statements are sent without waiting for the answers to those before them. Of several hosts,
 * the one that was found last is asked first, then each of the others once.
 */
export function openPool(url: string, max = READERS): pg.Pool {
  const { urls, mustWrite } = hostsOf(url)
  const pool = new pg.Pool({
    connectionString: urls[0] ?? url,
    max,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    keepAlive: true,
    pipeline: true,
    application_name: 'polydex',
    ...(mustWrite && { onConnect: requireWriting }),
  })
  if (urls.length > 1) tryEach(pool, urls)
  // A lost connection is told to whoever asks on it next.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** What the pool says when all of its connections are in use, whatever the host. */
const ALL_IN_USE = 'timeout exceeded when trying to connect'

/** Makes a pool that waits for a connection look for it at other hosts, when the one where it looks gives none. */
function tryEach(pool: pg.Pool, urls: readonly string[]): void {
  const connect = pool.connect.bind(pool)
  let at = 0

  async function connectSomewhere(): Promise<PoolClient> {
    for (let tried = 1; ; tried += 1) {
      const asked = at
      try {
        return await connect()
      } catch (error) {
        if (tried === urls.length || (error instanceof Error && error.message === ALL_IN_USE)) throw error
        // Unless somebody else has found out meanwhile.
        if (at === asked) at = (asked + 1) % urls.length
        pool.options.connectionString = urls[at]
      }
    }
  }
  const overridden = (callback?: Parameters<typeof connect>[0]) =>
    callback === undefined ? connectSomewhere() : connect(callback)
  pool.connect = overridden as typeof pool.connect
}

/** @throws Error for a server that only reads */
async function requireWriting(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ transaction_read_only: string }>('show transaction_read_only')
  if (rows[0]?.transaction_read_only !== 'off') throw new Error('the server only reads')
}

/** Each statement on whatever connection is free; asked again when the connection turns out to be lost. */
export function reading(pool: pg.Pool): Connection {
  async function onFree<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried += 1) {
      const client = await pool.connect().catch((error: unknown) => {
        throw storeUnavailable(error)
      })
      let lost: boolean | undefined
      const notice = (error: unknown) => {
        lost ||= isLost(error) || isForgetful(error)
      }
      try {
        return await work(on(client, notice))
      } catch (error) {
        if (!lost || tried === TRIES) throw error
      } finally {
        client.release(lost)
      }
    }
  }
  return {
    run: (text, values) => onFree((connection) => connection.run(text, values)),
    ask: (text, values) => onFree((connection) => connection.ask(text, values)),
    snapshot: (work) =>
      onFree(async (connection) => {
        const begun = connection.ask('begin isolation level repeatable read, read only', [])
        try {
          const [, answer] = await Promise.all([begun, work(connection)])
          return answer
        } finally {
          await connection.ask('rollback', [])
        }
      }),
  }
}

/** Sends at once whatever is asked on a connection until the work is done, which waits for nothing: each piece by itself wakes the engine. */
export function together<T>(client: PoolClient, work: () => T): T {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Duplex } }).connection
  stream.cork()
  try {
    return work()
  } finally {
    stream.uncork()
  }
}

/** @param notice is told every error as the engine told it */
export function on(client: PoolClient, notice: (error: unknown) => void): Connection {
  async function send(query: pg.QueryConfig): Promise<Answer> {
    try {
      const { rows, rowCount } = await client.query<Record<string, unknown>>(query)
      return { rows, count: rowCount ?? 0 }
    } catch (error) {
      if (isForgetful(error)) stopKeeping()
      notice(error)
      throw asProblem(error)
    }
  }
  const connection: Connection = {
    run: (text, values = []) => send({ ...keptStatement(text), values: values.map(boundValue) }),
    ask: (text, values) => send({ text: numberedText(text), values: values.map(boundValue) }),
    snapshot: (work) => work(connection),
  }
  return connection
}
