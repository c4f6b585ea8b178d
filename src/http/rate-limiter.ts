import type { Admission } from '../access/doorman.ts'
import type { Catalogue } from '../core/principal.ts'
import { problem } from '../core/problem.ts'
import type { Dialect, RateWindow } from '../dialects/dialect.ts'

/** Counts requests. This one is a node's own, in memory; a store that several nodes share can stand behind the same port. */
export interface RateLimiter {
  /** Counts a request of `caller`, or tells which window has no room for it: then it is not counted. */
  take(caller: string, windows: readonly RateWindow[]): Excess | undefined | Promise<Excess | undefined>
}

/** It answers at once. */
interface MemoryRateLimiter extends RateLimiter {
  take(caller: string, windows: readonly RateWindow[]): Excess | undefined
}

/** The first window that is full, and when all of them have room again. */
export interface Excess extends RateWindow {
  /** Whole seconds, at least one. */
  readonly retryAfterSeconds: number
}

/** The latest requests of one caller: as many as the largest window holds, in a ring. */
interface Log {
  readonly times: number[]
  readonly size: number
  /** Where the next one goes. */
  next: number
  /** When the last of them leaves its longest window. */
  endsAt: number
}

/** Counts a request of whoever was let in: by their key, else by who they are. @throws Problem rate-limited */
export async function requireWithinRate(
  limiter: RateLimiter,
  { name, limitsOf }: Dialect,
  lists: Catalogue['lists'],
  { principal, key, unlimited }: Admission,
): Promise<void> {
  if (limitsOf === undefined || unlimited === true) return
  const excess = await limiter.take(`${name} ${key ?? principal.id}`, limitsOf(lists))
  if (excess !== undefined) throw problem('rate-limited', excess)
}

/** How often callers who have gone are forgotten. */
const SWEEP_EVERY_MS = 60_000

/**
 * Windows that roll: in every span of `seconds`, wherever it begins, at most `requests` are let through. Takes eight bytes
 * for each request of the largest window and caller. Counters that begin anew let twice as many through around a
 * border, so each request is remembered.
 * @param nowInMs never goes back
 */
export function createRateLimiter(nowInMs: () => number): MemoryRateLimiter {
  const logs = new Map<string, Log>()
  let sweptAt = nowInMs()

  function sweep(now: number): void {
    if (now - sweptAt < SWEEP_EVERY_MS) return
    sweptAt = now
    for (const [caller, { endsAt }] of logs) if (endsAt <= now) logs.delete(caller)
  }

  return {
    take(caller, windows) {
      if (windows.length === 0) return undefined
      const now = nowInMs()
      sweep(now)
      const log = logOf(logs.get(caller), windows)
      logs.set(caller, log)
      const full = windows.filter((window) => waitFor(log, window, now) > 0)
      const [first] = full
      if (first !== undefined) {
        const waitMs = Math.max(...full.map((window) => waitFor(log, window, now)))
        return { ...first, retryAfterSeconds: Math.ceil(waitMs / 1000) }
      }
      log.times[log.next] = now
      log.next = (log.next + 1) % log.size
      log.endsAt = now + Math.max(...windows.map(({ seconds }) => seconds)) * 1000
      return undefined
    },
  }
}

/** Milliseconds until `window` has room: until the request that stands `requests` back has left it. */
function waitFor({ times, size, next }: Log, { requests, seconds }: RateWindow, now: number): number {
  const then = times[(next - requests + size) % size]
  return then === undefined ? 0 : Math.max(0, then + seconds * 1000 - now)
}

/** The log with room for all windows; what was counted before an operator changed them still counts. */
function logOf(log: Log | undefined, windows: readonly RateWindow[]): Log {
  const size = Math.max(...windows.map(({ requests }) => requests))
  if (log?.size === size) return log
  const { times, next = 0, endsAt = 0 } = log ?? { times: [] }
  const inOrder = [...times.slice(next), ...times.slice(0, next)].slice(-size)
  return { times: inOrder, size, next: inOrder.length % size, endsAt }
}
