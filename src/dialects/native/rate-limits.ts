import type { Headers, WindowState } from '../dialect.ts'
import { rateLimitsIn } from '../kit/rate-windows.ts'
import { NATIVE } from './lens/kept.ts'

/** The windows that the catalogue `native` names; without it there are none. */
export const rateLimitsOf = rateLimitsIn(NATIVE, [])

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
