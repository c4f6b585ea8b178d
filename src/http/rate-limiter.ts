import type { Admission } from '../access/doorman.ts'
import type { Catalogue } from '../core/principal.ts'
import type { Dialect, Headers, RateWindow, WindowState } from '../dialects/dialect.ts'

/** Counts requests. This one is a node's own, in memory; a store that several nodes share can stand behind the same port. */
export interface RateLimiter {
  /** Counts a request of `caller`, or tells which window has no room for it: then it is not counted. */
  take(caller: string, windows: readonly RateWindow[]): Excess | undefined | Promise<Excess | undefined>
  /** What a caller has left of each window. */
  statesOf(
    caller: string,
    windows: readonly RateWindow[],
  ): readonly WindowState[] | Promise<readonly WindowState[]>
}

/** It answers at once. */
interface MemoryRateLimiter extends RateLimiter {
  take(caller: string, windows: readonly RateWindow[]): Excess | undefined
  statesOf(caller: string, windows: readonly RateWindow[]): readonly WindowState[]
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

/** What became of a request that was counted. */
export interface Counted {
  readonly excess: Excess | undefined
  /** What its reply tells of it. */
  readonly headers: Headers | undefined
}

/** Counts a request of whoever was let in: by their key, else by who they are. Undefined where nobody counts. */
export async function countedBy(
  limiter: RateLimiter,
  { name, limitsOf, limitHeadersOf }: Dialect,
  lists: Catalogue['lists'],
  { principal, key, unlimited }: Admission,
): Promise<Counted | undefined> {
  if (limitsOf === undefined || unlimited === true) return undefined
  const windows = limitsOf(lists)
  if (windows.length === 0) return undefined
  const caller = `${name} ${key ?? principal.id}`
  const excess = await limiter.take(caller, windows)
  return { excess, headers: limitHeadersOf?.(await limiter.statesOf(caller, windows)) }
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
    statesOf(caller, windows) {
      const now = nowInMs()
      const log = logs.get(caller)
      return windows.map((window) => stateOf(log, window, now))
    },
  }
}

function stateOf(log: Log | undefined, window: RateWindow, now: number): WindowState {
  const since = now - window.seconds * 1000
  const at = (back: number) => log?.times[(log.next - back + log.size) % log.size]
  // How many of the latest are in the window: they are in order, so half of them need no look.
  let used = 0
  for (let most = Math.min(log?.times.length ?? 0, window.requests); used < most; ) {
    const middle = Math.ceil((used + most) / 2)
    if ((at(middle) ?? 0) > since) used = middle
    else most = middle - 1
  }
  const oldest = used === 0 ? undefined : at(used)
  const resetSeconds = oldest === undefined ? 0 : Math.ceil((oldest - since) / 1000)
  return { ...window, remaining: window.requests - used, resetSeconds }
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
