import { Problem, problem } from '../../core/problem.ts'

export function storeUnavailable(cause: unknown): Problem {
  return problem('store-unavailable', { reason: cause instanceof Error ? cause.message : String(cause) })
}

/** Told by the statements that write a record which is no longer at the version before (`writing.ts`), and by no others. */
const DIVISION_BY_ZERO = '22012'

/**
 * An error of the engine as a problem: an id, number or version that another record has, else whatever keeps it from
 * answering. @see https://www.postgresql.org/docs/current/errcodes-appendix.html class 23
 */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string }
  if (typeof code === 'string' && (code.startsWith('23') || code === DIVISION_BY_ZERO))
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

/** Told where a pooler gives out connections on which others have prepared statements, or nobody ours. */
const NOT_PREPARED = new Set(['26000', '42P05'])

/** Whether the connection does not keep what was prepared on it. */
export function isForgetful(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' && NOT_PREPARED.has(code)
}
