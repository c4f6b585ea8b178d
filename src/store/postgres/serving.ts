import type { OrganizationKey, Transactor } from '../../core/store.ts'
import type { Batch, Ran } from './batch.ts'
import { createBatch } from './batch.ts'
import type { Line } from './line.ts'
import type { Memory } from './memory.ts'
import type { Turn } from './turn.ts'

/** Most commands that share one transaction: bounds how long the first of them waits for the last. */
export const BATCH_LIMIT = 256

/** How long a turn is kept for whoever may come, so that those who write one after another need not ask for it each time. */
const LINGER_MS = 2

/**
 * How long a batch waits for those who have just been answered, while fewer have come than this share of all who were served
 * at once: in one batch, they cost the engine and this process less than in two that follow each other.
 */
const WAIT_MS = 1
const SHARE = 0.75

/** As they are when the process begins: what waits for the engine waits in its time, whatever clock a test has. */
const { setTimeout: after, clearTimeout: forget, setInterval: every, clearInterval: end } = globalThis

/** How often a node that has much to do looks whether another one waits for the turn. */
const LOOK_EVERY_MS = 40

/** A command that waits. */
export interface Waiting {
  readonly work: (transactor: Transactor) => Promise<unknown>
  readonly foreseen: readonly OrganizationKey[]
  /** Whether what it foresees was asked for. What is not known all the same, it asks itself. */
  isAsked: boolean
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}

/** A command with what it did. */
export type Done = readonly [Waiting, Ran]

/** Commands that were not kept with others, and why. */
export interface Failure {
  readonly done: readonly Done[]
  readonly cause: unknown
  /** Whether nothing was kept for sure, in a turn that lasts: what they wrote can be written again. */
  readonly isCertain: boolean
}

/** Where those who wait stand, and are answered. */
export interface Counter {
  /** Whoever is served is taken out of it. */
  readonly queue: Waiting[]
  /** Calls whoever serves, who may be asleep. */
  wake(): void
  /** Settles when somebody has called since the last time. */
  called(): Promise<void>
  tell(done: readonly Done[]): void
  /** Called behind a commit: no transaction is open. */
  between(): void
  /** Whether nobody will come any more. */
  isClosing(): boolean
}

/**
 * Serves whoever waits, until nobody does any more or another node wants the turn. Commands run one after another on what is
 * known; while one batch of them is committed, the next one runs. No outcome is told before its batch is durable, nor before
 * those that it ran on. Gives what was not kept, if anything: nothing more can be done in this turn then.
 */
export async function serve(
  turn: Turn,
  memory: Memory,
  line: Line,
  { queue, wake, called, tell, between, isClosing }: Counter,
): Promise<Failure | undefined> {
  const settings = { version: turn.settings }
  const nextBatch = (): { readonly batch: Batch; readonly done: Done[] } => ({
    batch: createBatch(turn.client, memory, line, turn.token, settings),
    done: [],
  })
  let next = nextBatch()
  let isRunning = false
  let isLaunched = false
  let isFetching = false
  let isLeaving = false
  let failure: Failure | undefined
  let linger: NodeJS.Timeout | undefined
  /** Commands with which the next batch need not wait for others. */
  let enough = 1
  let isWaiting = false

  function launch(): void {
    const { batch, done } = next
    next = nextBatch()
    isLaunched = true
    memory.launch()
    const sent = batch.send()
    between()
    sent
      .then((cause) => {
        if (cause === undefined) land(done)
        else failure = { done, cause, isCertain: !batch.isLate() }
      })
      .catch((cause: unknown) => {
        failure = { done, cause, isCertain: false }
      })
      .finally(wake)
  }

  function land(done: readonly Done[]): void {
    isLaunched = false
    // What is being asked apart may have been read before this was stored.
    if (!isFetching) memory.settle()
    memory.prune()
    enough = Math.ceil((done.length + next.done.length) * SHARE)
    // First the next batch: the engine works while outcomes become answers.
    if (!isRunning && next.done.length >= enough) launch()
    else if (next.done.length > 0) {
      isWaiting = true
      after(waited, WAIT_MS)
    }
    tell(done)
  }

  function waited(): void {
    isWaiting = false
    wake()
  }

  /** Those whose organizations are known, or were asked for. */
  async function runAll(): Promise<void> {
    isRunning = true
    for (let at = 0; at < queue.length; ) {
      if (next.done.length === BATCH_LIMIT || next.batch.isBroken() || failure !== undefined) break
      const waiting = queue[at] as Waiting
      if (waiting.isAsked || waiting.foreseen.every((key) => memory.find(key) !== undefined)) {
        queue.splice(at, 1)
        next.done.push([waiting, await next.batch.run(waiting.work)])
      } else at += 1
    }
    isRunning = false
  }

  function fetchAll(): void {
    const asking = queue.slice(0, BATCH_LIMIT).filter(({ isAsked }) => !isAsked)
    if (isFetching || asking.length === 0) return
    isFetching = true
    turn
      .fetch(asking.flatMap(({ foreseen }) => foreseen))
      .then(() => {
        for (const waiting of asking) waiting.isAsked = true
      })
      .catch(leave)
      .finally(() => {
        isFetching = false
        wake()
      })
  }

  function leave(): void {
    isLeaving = true
    wake()
  }

  function look(): void {
    turn
      .isWaitedFor()
      .then((isWaited) => {
        if (isWaited) leave()
      })
      .catch(leave)
  }

  async function runTurn(): Promise<void> {
    await runAll()
    // What was only looked at is answered for by the turn itself, if it was asked for before the turn was taken.
    if (
      next.done.every(([{ isAsked }, { deeds }]) => isAsked && deeds.length === 0) &&
      !next.batch.isBroken()
    ) {
      await next.batch.abandon()
      tell(next.done)
      next = nextBatch()
    }
    while (failure === undefined) {
      if (!isLaunched && next.done.length > 0 && (!isWaiting || next.done.length >= enough)) launch()
      if (isLeaving && !isLaunched && !isFetching && next.done.length === 0) return
      if (!isLeaving) fetchAll()
      const isIdle = queue.length === 0 && !isLaunched && next.done.length === 0
      if (isIdle && isClosing()) return
      if (isIdle) linger ??= after(leave, LINGER_MS)
      await called()
      await gather()
    }
    // What it learns is of this turn.
    while (isFetching) await called()
  }

  /** Runs those who wait; where the engine has nothing to do, together with whoever has arrived. */
  async function gather(): Promise<void> {
    for (let count = -1; count < next.done.length && failure === undefined && !isLeaving; ) {
      count = next.done.length
      if (!isLaunched && count < enough) await arrived()
      if (queue.length > 0) {
        forget(linger)
        linger = undefined
      }
      await runAll()
    }
  }

  const looking = every(look, LOOK_EVERY_MS)
  const stopListening = turn.onLost(leave)
  await runTurn().catch((cause: unknown) => {
    failure = { done: [], cause, isCertain: false }
  })
  stopListening()
  end(looking)
  forget(linger)
  if (failure === undefined) return undefined
  // What has run meanwhile ran on it.
  await next.batch.abandon().catch(() => {})
  return { ...failure, done: [...failure.done, ...next.done] }
}

/** Lets everything that has already arrived join the batch. */
export function arrived(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
