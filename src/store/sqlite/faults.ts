import type { Problem } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'

export function storeUnavailable(cause: unknown): Problem {
  return problem('store-unavailable', { reason: cause instanceof Error ? cause.message : String(cause) })
}

/** An error of the engine (disk full, locked, corrupt) as a problem; any other error as it is. */
export function asProblem(error: unknown): unknown {
  const code = (error as { code?: unknown } | undefined)?.code
  return code === 'ERR_SQLITE_ERROR' ? storeUnavailable(error) : error
}
