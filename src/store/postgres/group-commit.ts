import type { Pool } from 'pg'
import type { OrganizationKey, Transactor } from '../../core/store.ts'
import { createBatch } from './batch.ts'
import { storeUnavailable } from './faults.ts'
import type { Line } from './line.ts'
import { releaseLine, say } from './line.ts'
import { createMemory } from './memory.ts'
import type { Counter, Done, Failure, Waiting } from './serving.ts'
import { arrived, BATCH_LIMIT, serve } from './serving.ts'
import type { Turn } from './turn.ts'
import { takeTurn } from './turn.ts'

/** Most commands that wait: some seconds of work. Whoever comes then is told at once, instead of after they have given up. */
const QUEUE_LIMIT = 10_000

/**
 * Runs commands one after another, of all nodes: a node writes while it has the turn, and gives it back when nobody waits any
 * more, or another node does. No outcome is told before it is durable.
 * @param turns a pool of one connection, which holds the turn
 * @param writes a pool of one connection, on which is written
 * @param onEvents called after a commit that brought events
 */
export function createGroupCommit(
  turns: Pool,
  writes: Pool,
  onEvents: () => void,
): {
  /** @throws Problem store-unavailable when too many wait, or when nothing can be written */
  run<T>(work: (transactor: Transactor) => Promise<T>, foreseen?: readonly OrganizationKey[]): Promise<T>
  /** Calls a function of the engine that writes nothing, between commits. */
  say(call: string, values: readonly unknown[]): void
  /** Settles when nothing is waiting any more, and nobody comes. */
  close(): Promise<void>
} {
  const queue: Waiting[] = []
  const memory = createMemory()
  const line: Line = { client: undefined, turns: undefined, isHeld: false, horizon: '', seq: null }
  let sayings: (readonly [string, readonly unknown[]])[] = []
  let running: Promise<void> | undefined
  let isClosing = false
  let call = Promise.withResolvers<void>()
  const counter: Counter = {
    queue,
    wake: () => call.resolve(),
    async called() {
      await call.promise
      call = Promise.withResolvers()
    },
    tell,
    between: sayAll,
    isClosing: () => isClosing,
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const asking = queue.slice(0, BATCH_LIMIT)
      for (const waiting of asking) waiting.isAsked = true
      const foreseen = asking.flatMap((waiting) => waiting.foreseen)
      try {
        await inTurn(await takeTurn(turns, writes, memory, line, foreseen))
      } catch (cause) {
        // Without a turn, nobody who waits can write.
        refuse(queue.splice(0, BATCH_LIMIT), cause)
      }
    }
    sayAll()
    running = undefined
  }

  async function inTurn(turn: Turn): Promise<void> {
    const failure = await serve(turn, memory, line, counter)
    // Some of what is known was not kept.
    if (failure !== undefined) memory.clear()
    const isOver = failure !== undefined && !(failure.isCertain && (await isRedone(turn, failure)))
    releaseLine(line, isOver)
    if (!isOver) return turn.giveBack()
    turn.drop()
    refuse(
      failure.done.map(([waiting]) => waiting),
      failure.cause,
    )
  }

  /** Nothing was kept, and nobody else has written: writes again what each command wrote, one by one. */
  async function isRedone(turn: Turn, { done, cause }: Failure): Promise<boolean> {
    try {
      const batch = createBatch(turn.client, memory, line, turn.token, { version: turn.settings })
      const again: Done[] = []
      let isDoubtful = false
      let isNobodySure = false
      for (const [waiting, ran] of done) {
        const { deeds } = ran
        // Whoever may have seen what was refused now is told that it is not known.
        const isUnsure = isNobodySure || (isDoubtful && deeds.length === 0)
        const error = isUnsure ? storeUnavailable(cause) : await batch.redo(deeds)
        again.push([waiting, error === undefined ? ran : { deeds: [], outcome: { error } }])
        if (error === undefined) continue
        isDoubtful = true
        isNobodySure ||= deeds.some(({ kind }) => kind === 'settings')
      }
      if ((await batch.send()) !== undefined) return false
      tell(again)
      return true
    } catch {
      return false
    }
  }

  function refuse(waiting: readonly Waiting[], cause: unknown): void {
    const failure = storeUnavailable(cause)
    for (const { reject } of waiting) reject(failure)
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
    for (const [text, values] of sayings) void say(writes, line, text, values).catch(() => {})
    sayings = []
  }

  return {
    async run<T>(
      work: (transactor: Transactor) => Promise<T>,
      foreseen: readonly OrganizationKey[] = [],
    ): Promise<T> {
      if (queue.length >= QUEUE_LIMIT) throw storeUnavailable('too many writes are waiting')
      return new Promise<T>((resolve, reject) => {
        queue.push({ work, foreseen, isAsked: false, resolve: resolve as (value: unknown) => void, reject })
        running ??= arrived().then(drain)
        call.resolve()
      })
    },
    say(text, values) {
      sayings.push([text, values])
      if (running === undefined) sayAll()
    },
    async close() {
      isClosing = true
      call.resolve()
      while (running !== undefined) await running
    },
  }
}
