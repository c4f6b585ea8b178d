import type { Catalogue } from '../../core/principal.ts'

/** As dialects have it. */
interface RateWindow {
  readonly requests: number
  readonly seconds: number
}

/** The most requests of one window that an operator may name: each is remembered. */
export const LARGEST_WINDOW = 100_000

/** The longest window, in seconds: a day. */
export const LONGEST_WINDOW_S = 86_400

/** What an operator writes for windows. */
export const RATE_LIMITS_FORM = `a list of { requests: 1 to ${LARGEST_WINDOW}, seconds: up to ${LONGEST_WINDOW_S} }`

/**
 * Reads `catalogues: { NAME: { rateLimits: [{ requests, seconds }, …] } }` of the access file, none for `[]`; else, and when
 * any of it is no window, those of `otherwise`. The same array for the same catalogues.
 */
export function rateLimitsIn(
  name: string,
  otherwise: readonly RateWindow[],
): (lists: Catalogue['lists']) => readonly RateWindow[] {
  const known = new WeakMap<Catalogue['lists'], readonly RateWindow[]>()
  return (lists) => {
    const cached = known.get(lists)
    if (cached !== undefined) return cached
    const { rateLimits } = (lists[name] ?? {}) as { readonly rateLimits?: unknown }
    const windows = isRateLimits(rateLimits) ? rateLimits : otherwise
    known.set(lists, windows)
    return windows
  }
}

export function isRateLimits(value: unknown): value is readonly RateWindow[] {
  return Array.isArray(value) && value.every(isWindow)
}

function isWindow(value: unknown): value is RateWindow {
  if (typeof value !== 'object' || value === null) return false
  const { requests, seconds } = value as Readonly<Record<string, unknown>>
  const isCount = typeof requests === 'number' && Number.isInteger(requests)
  return (
    isCount &&
    requests > 0 &&
    requests <= LARGEST_WINDOW &&
    typeof seconds === 'number' &&
    seconds > 0 &&
    seconds <= LONGEST_WINDOW_S
  )
}
