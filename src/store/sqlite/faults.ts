import type { Problem } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'

export function storeUnavailable(cause: unknown): Problem {
  return problem('store-unavailable', { reason: cause instanceof Error ? cause.message : String(cause) })
}

/** The primary result code of an engine's error; its extended codes add higher bits. @see https://sqlite.org/rescode.html */
const SQLITE_CONSTRAINT = 19

/**
 * An error of the engine as a problem: an id, number or version that another record has, else the disk that is full, locked
 * or corrupt. Any other error as it is.
 */
export function asProblem(error: unknown): unknown {
  const { code, errcode, message } = (error ?? {}) as { code?: unknown; errcode?: number; message?: string }
  if (code !== 'ERR_SQLITE_ERROR') return error
  if (((errcode ?? 0) & 0xff) === SQLITE_CONSTRAINT)
    return problem('precondition-failed', { reason: message ?? '' })
  return storeUnavailable(error)
}
