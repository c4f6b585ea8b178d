import type { Problem } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'

export function storeUnavailable(cause: unknown): Problem {
  return problem('store-unavailable', { reason: cause instanceof Error ? cause.message : String(cause) })
}

/**
 * An error of the engine as a problem: an id, number or version that another record has, else whatever keeps it from
 * answering. @see https://www.postgresql.org/docs/current/errcodes-appendix.html class 23
 */
export function asProblem(error: unknown): Problem {
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string }
  if (typeof code === 'string' && code.startsWith('23'))
    return problem('precondition-failed', { reason: message })
  return storeUnavailable(error)
}

/** Classes of an error that the server itself tells of a connection that is going away. */
const GOING_AWAY = /^(?:08|57P0)/

/** Whether the connection is gone, which says nothing of what was asked on it. */
export function isLost(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  // Errors of the server have a code of five; those of the network have a name with an E before it (EPIPE), or nothing.
  return typeof code !== 'string' || code.length !== 5 || code.startsWith('E') || GOING_AWAY.test(code)
}
