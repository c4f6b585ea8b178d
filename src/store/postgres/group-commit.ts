import type { Pool, PoolClient } from 'pg'
import type { Transactor } from '../../core/store.ts'
import type { Connection } from './connections.ts'
import { on } from './connections.ts'
import { asProblem, isLost, storeUnavailable } from './faults.ts'
import { TAKE_TURN } from './migrations.ts'
import { createTransactor } from './transactor.ts'

/** Most commands that share one transaction: bounds how long the first of them waits for the last, and others for the turn. */
const BATCH_LIMIT = 256

/** Most commands that wait: some seconds of work. Whoever comes then is told at once, instead of after they have given up. */
const QUEUE_LIMIT = 10_000

/** How often a turn is begun before it is given up: nothing has run by then, so nothing can be done twice. */
const TRIES = 3

/**
 * Begins a turn. It waits 5 s at most for that of another node; a node that falls silent in its own loses it after 10 s. Each
 * statement sees what was committed before it. A commit that is not durable at once is no commit here.
 */
const BEGIN = `begin isolation level read committed, read write;
  set local lock_timeout = '5s';
  set local idle_in_transaction_session_timeout = '10s';
  select set_config('synchronous_commit', 'on', true) where current_setting('synchronous_commit') = 'off';
  ${TAKE_TURN}`

interface Waiting {
  readonly work: (transactor: Transactor) => Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Runs commands one after another, of all nodes: whoever writes has the turn, until the commit. Those that wait at one moment
 * share a transaction, each in its own savepoint; no outcome is told before the commit.
 * @param pool of one connection
 * @param onEvents called after a commit that brought events
 */
export function createGroupCommit(
  pool: Pool,
  onEvents: () => void,
): {
  /** @throws Problem store-unavailable when too many wait, or when nothing can be written */
  run<T>(work: (transactor: Transactor) => Promise<T>): Promise<T>
  /** Settles when nothing is waiting any more. */
  idle(): Promise<void>
} {
  const queue: Waiting[] = []
  let running: Promise<void> | undefined

  async function drain(): Promise<void> {
    while (queue.length > 0) await commitBatch(queue.splice(0, BATCH_LIMIT))
    running = undefined
  }

  async function commitBatch(batch: readonly Waiting[]): Promise<void> {
    let client: PoolClient | undefined
    try {
      client = await beginTurn(pool)
      const { outcomes, hasEvents } = await runAll(client, batch)
      const { command } = await client.query('commit')
      // What cannot be committed is rolled back, which is no error to the engine.
      if (command !== 'COMMIT') throw new Error('the transaction was rolled back')
      client.release()
      for (const tell of outcomes) tell()
      if (hasEvents) onEvents()
    } catch (cause) {
      client?.release(true)
      const failure = storeUnavailable(cause)
      for (const { reject } of batch) reject(failure)
    }
  }

  return {
    async run<T>(work: (transactor: Transactor) => Promise<T>): Promise<T> {
      if (queue.length >= QUEUE_LIMIT) throw storeUnavailable('too many writes are waiting')
      return new Promise<T>((resolve, reject) => {
        queue.push({ work, resolve: resolve as (value: unknown) => void, reject })
        running ??= nextTurn().then(drain)
      })
    },
    async idle() {
      while (running !== undefined) await running
    },
  }
}

async function beginTurn(pool: Pool): Promise<PoolClient> {
  for (let tried = 1; ; tried += 1) {
    const client = await pool.connect()
    try {
      await client.query(BEGIN)
      return client
    } catch (error) {
      client.release(true)
      if (!isLost(error) || tried === TRIES) throw error
    }
  }
}

/** Runs each command in its savepoint. What became of it is told by what it gives, once all is committed. */
async function runAll(
  client: PoolClient,
  batch: readonly Waiting[],
): Promise<{ readonly outcomes: readonly (() => void)[]; readonly hasEvents: boolean }> {
  const outcomes: (() => void)[] = []
  let fault: unknown
  let hasEvents = false
  const connection: Connection = on(client, (error) => {
    fault ??= error
  })
  const transactor = createTransactor(connection, () => {
    hasEvents = true
  })
  /** Need not be waited for: what is sent next is done next, and a connection that is lost fails the commit. */
  const send = (text: string) => client.query(text).catch(() => {})
  for (const { work, resolve, reject } of batch) {
    fault = undefined
    void send('savepoint command')
    try {
      const value = await work(transactor)
      // After an error the engine does nothing more, whoever caught it.
      if (fault !== undefined) throw asProblem(fault)
      outcomes.push(() => resolve(value))
    } catch (error) {
      // Its other statements are answered by then: their errors are none of the next command's.
      await send('rollback to savepoint command')
      outcomes.push(() => reject(error))
    }
    void send('release savepoint command')
  }
  return { outcomes, hasEvents }
}

/** Lets everything that has already arrived join the batch. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
