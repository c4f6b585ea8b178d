import type { Catalogue } from '../../core/principal.ts'
import type { RateWindow } from '../dialect.ts'
import { CHOICES } from './wire.ts'

/** The most requests of one window that an operator may name: each is remembered. */
const LARGEST_WINDOW = 100_000

/** The longest window, in seconds: a day. */
const LONGEST_WINDOW_S = 86_400

const known = new WeakMap<Catalogue['lists'], readonly RateWindow[]>()

/**
 * `catalogues: { digicert: { rateLimits: [{ requests, seconds }, …] } }` of the access file, none for `[]`; else, and
 * when any of it is no window, the vendor's own. @see specs/digicert.md 1.4
 */
export function rateLimitsOf(lists: Catalogue['lists']): readonly RateWindow[] {
  const cached = known.get(lists)
  if (cached !== undefined) return cached
  const { rateLimits } = (lists['digicert'] ?? {}) as { readonly rateLimits?: unknown }
  const windows = isRateLimits(rateLimits) ? rateLimits : CHOICES.rateLimits
  known.set(lists, windows)
  return windows
}

/** What is wrong with the catalogue `digicert` of a tenant. */
export function mistakesInCatalogue({ digicert }: Catalogue['lists']): readonly string[] {
  if (digicert === undefined) return []
  if (typeof digicert !== 'object' || digicert === null) return ['digicert is no object']
  const { rateLimits, ...others } = digicert as Readonly<Record<string, unknown>>
  const form = `a list of { requests: 1 to ${LARGEST_WINDOW}, seconds: up to ${LONGEST_WINDOW_S} }`
  return [
    ...Object.keys(others).map((name) => `digicert.${name} means nothing`),
    ...(rateLimits === undefined || isRateLimits(rateLimits) ? [] : [`digicert.rateLimits is not ${form}`]),
  ]
}

function isRateLimits(value: unknown): value is readonly RateWindow[] {
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
