import type { Pool } from 'pg'
import type { OrganizationKey, Transactor } from '../../core/store.ts'
import { isLost, storeUnavailable } from './faults.ts'
import { createMemory } from './memory.ts'
import { keptStatement } from './statements.ts'
import type { Ran, Trace, Turn } from './turn.ts'
import { takeTurn } from './turn.ts'

/** Most commands that share one transaction: bounds how long the first of them waits for the last, and others for the turn. */
const BATCH_LIMIT = 256

/** Most commands that wait: some seconds of work. Whoever comes then is told at once, instead of after they have given up. */
const QUEUE_LIMIT = 10_000

interface Waiting {
  readonly work: (transactor: Transactor) => Promise<unknown>
  readonly foreseen: readonly OrganizationKey[]
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}

/** A command with what it did. */
type Done = readonly [Waiting, Ran]

/**
 * Runs commands one after another, of all nodes: whoever writes has the turn, until the commit. Those that wait at one moment
 * share a transaction: what they will read is asked with its beginning, and what they wrote is sent with its commit. No
 * outcome is told before that.
 * @param pool of one connection
 * @param onEvents called after a commit that brought events
 */
export function createGroupCommit(
  pool: Pool,
  onEvents: () => void,
): {
  /** @throws Problem store-unavailable when too many wait, or when nothing can be written */
  run<T>(work: (transactor: Transactor) => Promise<T>, foreseen?: readonly OrganizationKey[]): Promise<T>
  /** Calls a function of the engine that writes nothing, between turns. */
  say(call: string, values: readonly unknown[]): Promise<void>
  /** Settles when nothing is waiting any more. */
  idle(): Promise<void>
} {
  const queue: Waiting[] = []
  const memory = createMemory()
  const trace: Trace = { client: undefined, horizon: '' }
  let running: Promise<void> | undefined

  async function drain(): Promise<void> {
    while (queue.length > 0) await commitBatch(queue.splice(0, BATCH_LIMIT))
    running = undefined
  }

  async function commitBatch(batch: readonly Waiting[]): Promise<void> {
    let reached = batch
    try {
      const foreseen = batch.flatMap((waiting) => waiting.foreseen)
      const turn = await takeTurn(pool, memory, trace, foreseen)
      const done = await inTurn(turn, () => runAll(turn, batch))
      reached = batch.slice(0, done.length)
      // Whoever was not reached is the first of the next turn.
      queue.unshift(...batch.slice(done.length))
      // What was only looked at is committed already.
      if (!turn.isBroken() && done.every(([, { deeds }]) => deeds.length === 0)) tell(done)
      const refusal = await inTurn(turn, turn.commit)
      if (refusal === undefined) tell(done)
      else if (isLost(refusal)) throw refusal
      else await redo(done, refusal)
    } catch (cause) {
      const failure = storeUnavailable(cause)
      for (const { reject } of reached) reject(failure)
    }
  }

  /** Nothing was kept: writes again what each command wrote, one by one, if nobody else has written meanwhile. */
  async function redo(done: readonly Done[], refusal: unknown): Promise<void> {
    const turn = await takeTurn(pool, memory, trace, [])
    await inTurn(turn, async () => {
      if (!turn.isAlone) throw refusal
      const again = await redoAll(turn, done, storeUnavailable(refusal))
      const failure = await turn.commit()
      if (failure !== undefined) throw failure
      tell(again)
    })
  }

  function tell(done: readonly Done[]): void {
    for (const [{ resolve, reject }, { outcome }] of done) {
      if ('value' in outcome) resolve(outcome.value)
      else reject(outcome.error)
    }
    const hasEvents = done.some(([, { deeds }]) =>
      deeds.some((deed) => deed.kind === 'change' && deed.change.events.length > 0),
    )
    if (hasEvents) onEvents()
  }

  return {
    async run<T>(
      work: (transactor: Transactor) => Promise<T>,
      foreseen: readonly OrganizationKey[] = [],
    ): Promise<T> {
      if (queue.length >= QUEUE_LIMIT) throw storeUnavailable('too many writes are waiting')
      return new Promise<T>((resolve, reject) => {
        queue.push({ work, foreseen, resolve: resolve as (value: unknown) => void, reject })
        running ??= nextTurn().then(drain)
      })
    },
    async say(call, values) {
      const client = await pool.connect()
      const text = `select ${call}, pg_current_xact_id()::text as number`
      const answered = client.query<{ number: string }>({ ...keptStatement(text), values: [...values] })
      // Whoever has the connection next is answered behind this.
      client.release()
      const { rows } = await answered
      if (rows[0]?.number === trace.horizon) trace.horizon = String(BigInt(trace.horizon) + 1n)
    },
    async idle() {
      while (running !== undefined) await running
    },
  }
}

/** Runs each command. Stops behind one that could not run, because of what those before it wrote. */
async function runAll(turn: Turn, batch: readonly Waiting[]): Promise<readonly Done[]> {
  const done: Done[] = []
  for (const waiting of batch) {
    done.push([waiting, await turn.run(waiting.work)])
    if (turn.isBroken()) break
  }
  return done
}

/** Writes what each command wrote. Whoever may have seen what was refused now is told that it is not known. */
async function redoAll(turn: Turn, done: readonly Done[], unknown: unknown): Promise<readonly Done[]> {
  const again: Done[] = []
  let isDoubtful = false
  let isNobodySure = false
  for (const [waiting, ran] of done) {
    const { deeds } = ran
    const isUnsure = isNobodySure || (isDoubtful && deeds.length === 0)
    const error = isUnsure ? unknown : await turn.redo(deeds)
    again.push([waiting, error === undefined ? ran : { deeds: [], outcome: { error } }])
    if (error === undefined) continue
    isDoubtful = true
    isNobodySure ||= deeds.some(({ kind }) => kind === 'settings')
  }
  return again
}

/** A turn in which anything fails unexpectedly is over. */
async function inTurn<T>(turn: Turn, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    turn.drop()
    throw error
  }
}

/** Lets everything that has already arrived join the batch. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
