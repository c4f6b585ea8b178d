import type { Problem } from '../core/problem.ts'
import { problem } from '../core/problem.ts'

/** Bytes of bodies that are on their way in or out at one moment, of all connections: what they were made from may stay as long again. */
export const BYTES_AT_MOST = 256 * 1_048_576

/** What is smaller costs less than counting it. */
const COUNTED_FROM = 65_536

/** How long requests may keep those behind them waiting, in milliseconds. */
export const WAIT_AT_MOST_MS = 1_000

/**
 * How long requests are worked on, in milliseconds, before the event loop looks who else is there: it takes one new
 * connection each time that it does.
 */
export const TURN_MS = 4

/**
 * Keeps within bounds what slow clients make the server hold, and how long many at once keep it busy: beyond them, who
 * comes is sent away at once.
 */
export interface LoadGate {
  /** Holds as many bytes until `ends` calls back. @throws Problem store-unavailable when there is no room */
  admit(bytes: number, ends: (release: () => void) => void): void
  /** Holds them whether there is room or not: what is answered was let in. */
  hold(bytes: number, ends: (release: () => void) => void): void
  /**
   * When a request that was let in may be worked on, in the order in which they came; undefined: now. It is rejected with
   * what keeps out those who come when its turn does.
   */
  turn(): Promise<void> | undefined
  /** How long this turn of the event loop has taken since its first request or answer, in milliseconds. */
  busyFor(): number
}

interface Waiting {
  readonly begin: () => void
  readonly refuse: (problem: Problem) => void
  readonly since: number
}

/** @param now milliseconds of a clock that never goes back */
export function createLoadGate(now: () => number, limit = BYTES_AT_MOST): LoadGate {
  let held = 0
  let turnBegan: number | undefined
  const waiting: Waiting[] = []

  function busyFor(): number {
    if (turnBegan !== undefined) return now() - turnBegan
    turnBegan = now()
    setImmediate(() => {
      turnBegan = undefined
    })
    return 0
  }

  /**
   * One after another, each as far as it gets without waiting for anything: what it does is done in microtasks, and ticks
   * come behind them all.
   */
  function serve(): void {
    const next = busyFor() < TURN_MS ? waiting.shift() : undefined
    if (next === undefined) {
      if (waiting.length > 0) setImmediate(serve)
      return
    }
    const reason = reasonAgainst(0, now() - next.since)
    if (reason === undefined) next.begin()
    else next.refuse(unavailable(reason))
    queueMicrotask(() => process.nextTick(serve))
  }

  function reasonAgainst(bytes: number, waited: number): string | undefined {
    if (held + bytes > limit) return 'too much is on its way'
    return waited > WAIT_AT_MOST_MS ? 'too many came at once' : undefined
  }

  function hold(bytes: number, ends: (release: () => void) => void): void {
    if (bytes < COUNTED_FROM) return
    held += bytes
    ends(() => {
      held -= bytes
    })
  }

  return {
    hold,
    busyFor,
    turn() {
      if (waiting.length === 0 && busyFor() < TURN_MS) return undefined
      if (waiting.length === 0) setImmediate(serve)
      return new Promise((begin, refuse) => {
        waiting.push({ begin, refuse, since: now() })
      })
    },
    admit(bytes, ends) {
      const counted = bytes < COUNTED_FROM ? 0 : bytes
      const waited = waiting[0] === undefined ? busyFor() : now() - waiting[0].since
      const reason = reasonAgainst(counted, waited)
      if (reason !== undefined) throw unavailable(reason)
      hold(bytes, ends)
    },
  }
}

function unavailable(reason: string) {
  return problem('store-unavailable', { reason })
}
