import type { Problem, ProblemCode } from '../core/problem.ts'
import type { Reply } from '../dialects/dialect.ts'

const STATUS: Partial<Record<ProblemCode, readonly [status: number, title: string]>> = {
  'route-not-found': [404, 'Not Found'],
  'method-not-allowed': [405, 'Method Not Allowed'],
  'body-too-large': [413, 'Content Too Large'],
  'body-syntax': [400, 'Bad Request'],
}

/** A problem of a path that no API has. @see RFC 9457 */
export function plainReplyTo({ code }: Problem): Reply {
  const [status, title] = STATUS[code] ?? [500, 'Internal Server Error']
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: JSON.stringify({ type: 'about:blank', title, status }),
  }
}
