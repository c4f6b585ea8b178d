import type { Catalogue } from '../../core/principal.ts'
import type { Headers, WindowState } from '../dialect.ts'
import { isRateLimits, RATE_LIMITS_FORM, rateLimitsIn } from '../kit/rate-windows.ts'

/** The windows that the catalogue `native` names; without it there are none. */
export const rateLimitsOf = rateLimitsIn('native', [])

/** What is left of each window, and in how many seconds there is more. @see draft-ietf-httpapi-ratelimit-headers-11 §3, §4 */
export function limitHeadersOf(states: readonly WindowState[]): Headers {
  if (states.length === 0) return {}
  const listed = (parametersOf: (state: WindowState) => string) =>
    states.map((state) => `${nameOf(state)};${parametersOf(state)}`).join(', ')
  return {
    'ratelimit-policy': listed(({ requests, seconds }) => `q=${requests};w=${Math.ceil(seconds)}`),
    ratelimit: listed(({ remaining, resetSeconds }) => `r=${remaining};t=${resetSeconds}`),
  }
}

/** Windows have no names but what they are; two that are the same say the same. */
function nameOf({ requests, seconds }: WindowState): string {
  return `"${requests}-per-${seconds}s"`
}

/** What is wrong with the catalogue `native` of a tenant. */
export function mistakesInCatalogue({ native }: Catalogue['lists']): readonly string[] {
  if (native === undefined) return []
  if (typeof native !== 'object' || native === null || Array.isArray(native)) return ['native is no object']
  const { rateLimits, requirePreconditions, ...others } = native as Readonly<Record<string, unknown>>
  return [
    ...Object.keys(others).map((name) => `native.${name} means nothing`),
    ...(rateLimits === undefined || isRateLimits(rateLimits)
      ? []
      : [`native.rateLimits is not ${RATE_LIMITS_FORM}`]),
    ...(requirePreconditions === undefined || typeof requirePreconditions === 'boolean'
      ? []
      : ['native.requirePreconditions is neither true nor false']),
  ]
}
