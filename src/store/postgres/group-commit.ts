import type { Pool } from 'pg'
import type { OrganizationKey, Transactor } from '../../core/store.ts'
import { isLost, storeUnavailable } from './faults.ts'
import { createMemory } from './memory.ts'
import type { Trace } from './trace.ts'
import { say } from './trace.ts'
import type { Ran, Turn } from './turn.ts'
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
 * outcome is told before that. Where others wait already, the next turn is begun behind the commit.
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
  say(call: string, values: readonly unknown[]): void
  /** Settles when nothing is waiting any more. */
  idle(): Promise<void>
} {
  const queue: Waiting[] = []
  const memory = createMemory()
  const trace: Trace = { client: undefined, isHeld: false, horizon: '' }
  let sayings: (readonly [string, readonly unknown[]])[] = []
  let running: Promise<void> | undefined
  /** The turn that is begun behind a commit. */
  let next: Promise<Turn> | undefined
  /** Begins it, as soon as somebody waits; only while a commit is on its way. */
  let follow: (() => void) | undefined

  async function drain(): Promise<void> {
    while (queue.length > 0 || next !== undefined) {
      const batch: Waiting[] = []
      try {
        const turn = await upcoming()
        batch.push(...joining(turn))
        const done = await inTurn(turn, () => runAll(turn, batch))
        // Whoever was not reached is the first of the next turn.
        queue.unshift(...batch.splice(done.length))
        const committing = turn.commit(() => next !== undefined)
        sayAll()
        // What was only looked at is committed already.
        if (!turn.isBroken() && done.every(([, { deeds }]) => deeds.length === 0)) tell(done)
        follow = () => {
          if (queue.length > 0 && next === undefined) next = followed(taken(committing))
        }
        follow()
        const refusal = await inTurn(turn, () => committing).finally(() => {
          follow = undefined
        })
        // First the next turn: the engine works while outcomes become answers.
        if (refusal === undefined && next !== undefined) void nextTurn().then(() => tell(done))
        else if (refusal === undefined) tell(done)
        else if (isLost(refusal)) throw refusal
        else {
          const again = await upcoming()
          await inTurn(again, () => redo(again, done, refusal))
        }
      } catch (cause) {
        const failure = storeUnavailable(cause)
        // Without a turn, nobody who waits can write.
        const told = batch.length === 0 ? queue.splice(0, BATCH_LIMIT) : batch
        for (const { reject } of told) reject(failure)
      }
    }
    sayAll()
    running = undefined
  }

  /** The turn that was begun behind the last one, else a new one. */
  function upcoming(): Promise<Turn> {
    const begun = next ?? taken()
    // Whether or not it can be had, it is not asked for again.
    next = undefined
    return begun
  }

  function taken(after?: Promise<unknown>): Promise<Turn> {
    const foreseen = queue.slice(0, BATCH_LIMIT).flatMap((waiting) => waiting.foreseen)
    return takeTurn(pool, memory, trace, foreseen, after)
  }

  /** Those who wait, as far as what they will read was asked for: of whoever came later, it may be known already. */
  function joining(turn: Turn): readonly Waiting[] {
    let count = 0
    for (const { foreseen } of queue) {
      if (count === BATCH_LIMIT) break
      if (count > 0 && !foreseen.every(turn.isKnown)) break
      count += 1
    }
    return queue.splice(0, count)
  }

  /** Nothing was kept: writes again what each command wrote, one by one, if nobody else has written meanwhile. */
  async function redo(turn: Turn, done: readonly Done[], refusal: unknown): Promise<void> {
    if (!turn.isAlone) throw refusal
    const again = await redoAll(turn, done, storeUnavailable(refusal))
    const failure = await turn.commit(() => false)
    if (failure !== undefined) throw failure
    tell(again)
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

  function sayAll(): void {
    for (const [call, values] of sayings) void say(pool, trace, call, values).catch(() => {})
    sayings = []
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
        if (follow !== undefined && next === undefined) void nextTurn().then(() => follow?.())
      })
    },
    say(call, values) {
      sayings.push([call, values])
      if (running === undefined) sayAll()
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

/** What it fails with is told to whoever waits for it, later. */
function followed(turn: Promise<Turn>): Promise<Turn> {
  turn.catch(() => {})
  return turn
}

/** Lets everything that has already arrived join the batch. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
