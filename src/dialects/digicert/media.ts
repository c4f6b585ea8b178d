import { problem } from '../../core/problem.ts'
import type { RequestHead } from '../dialect.ts'
import { JSON_TYPE } from './wire.ts'

/**
 * The one of `types` that the client likes best, the first of equals: whoever is silent takes it.
 * @throws Problem not-acceptable when it takes none
 * @see specs/digicert.md 8 (10), RFC 9110 §12.5.1
 */
export function acceptedType({ headers }: RequestHead, types: readonly [string, ...string[]]): string {
  const { accept } = headers
  const [first] = types
  if (accept === undefined || accept.trim() === '' || accept === '*/*' || accept === first) return first
  const ranges = accept.split(',').map(rangeOf)
  const weights = types.map((type) => weightOf(type, ranges))
  const best = Math.max(...weights)
  if (best === 0) throw problem('not-acceptable', { accept })
  return types[weights.indexOf(best)] ?? first
}

/** @throws Problem media-type-unsupported unless the body is said to be JSON, or nothing is said. @see specs/digicert.md 8 (9) */
export function requireJsonBody({ headers }: RequestHead): void {
  const mediaType = headers['content-type'] ?? JSON_TYPE
  const [type = ''] = mediaType.split(';', 1)
  if (type.trim().toLowerCase() !== JSON_TYPE) throw problem('media-type-unsupported', { mediaType })
}

interface Range {
  readonly type: string
  /** From 0, refused, to 1. */
  readonly weight: number
}

/** That of the most specific range that has the type in it. */
function weightOf(type: string, ranges: readonly Range[]): number {
  const [main] = type.split('/')
  const deciding = [type, `${main}/*`, '*/*']
    .map((name) => ranges.find((range) => range.type === name))
    .find((range) => range !== undefined)
  return deciding?.weight ?? 0
}

function rangeOf(range: string): Range {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  const weight = parameters.find((parameter) => /^q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(parameter))
  return { type, weight: weight === undefined ? 1 : Number(weight.slice(2)) }
}
