import type { DatabaseSync } from 'node:sqlite'
import { asProblem, storeUnavailable } from './faults.ts'
import type { Pace } from './pace.ts'

/** Most commands that share one transaction: bounds how long the first of them waits for the last. */
const BATCH_LIMIT = 256

/** Most commands that wait: some seconds of work. Whoever comes then is told at once, instead of after they have given up. */
export const QUEUE_LIMIT = 10_000

/** Transactions of a load between two rests: together less than somebody else waits for. */
const RESTS_EVERY = 3

interface Waiting {
  readonly work: () => Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}

/** What is known of the database besides. */
export interface Beside {
  /** A transaction has begun. */
  began(): void
  /** So many commands are on the disk. */
  committed(commands: number): void
  /** Something that was written is taken back. */
  forget(): void
}

/**
 * Runs commands one after another on the connection that writes. Those that wait at one moment share a transaction,
 * each in its own savepoint, so that one flush to the disk serves them all; no outcome is told before the commit.
 * @param pace where much is written at once
 */
export function createGroupCommit(
  database: DatabaseSync,
  { began, committed, forget }: Beside,
  pace?: Pace,
): {
  /** @throws Problem store-unavailable when too many wait, or when nothing can be written */
  run<T>(work: () => Promise<T>): Promise<T>
  /** Settles when nothing is waiting any more. */
  idle(): Promise<void>
} {
  const queue: Waiting[] = []
  let running: Promise<void> | undefined
  const begin = database.prepare('begin immediate')
  const savepoint = database.prepare('savepoint command')
  const release = database.prepare('release command')
  const rollbackTo = database.prepare('rollback to command')
  const commit = database.prepare('commit')

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      await commitBatch(queue.splice(0, pace?.most() ?? BATCH_LIMIT))
      await pace?.rest(RESTS_EVERY)
    }
    running = undefined
  }

  async function commitBatch(batch: readonly Waiting[]): Promise<void> {
    const outcomes: (() => void)[] = []
    try {
      begin.run()
      began()
      for (const { work, resolve, reject } of batch) {
        savepoint.run()
        try {
          const value = await work()
          outcomes.push(() => resolve(value))
        } catch (error) {
          rollbackTo.run()
          forget()
          outcomes.push(() => reject(asProblem(error)))
        }
        release.run()
      }
      commit.run()
    } catch (cause) {
      if (database.isTransaction) database.exec('rollback')
      forget()
      const failure = storeUnavailable(cause)
      for (const { reject } of batch) reject(failure)
      return
    }
    for (const tell of outcomes) tell()
    committed(batch.length)
  }

  return {
    async run<T>(work: () => Promise<T>): Promise<T> {
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

/** Lets everything that has already arrived join the batch. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
