import { problem } from '../../core/problem.ts'
import type { RequestHead } from '../dialect.ts'
import { JSON_TYPE } from './wire.ts'

/** @throws Problem not-acceptable unless the client takes JSON; nobody who is silent refuses it. @see specs/digicert.md 8 (10) */
export function requireAcceptsJson({ headers }: RequestHead): void {
  const { accept } = headers
  if (accept === undefined || accept.trim() === '' || accept === '*/*' || accept === JSON_TYPE) return
  // The most specific range that admits JSON decides (RFC 9110 §12.5.1).
  const ranges = accept.split(',').map(rangeOf)
  const deciding = [JSON_TYPE, 'application/*', '*/*']
    .map((name) => ranges.find(({ type }) => type === name))
    .find((range) => range !== undefined)
  if (deciding === undefined || deciding.isRefused) throw problem('not-acceptable', { accept })
}

/** @throws Problem media-type-unsupported unless the body is said to be JSON, or nothing is said. @see specs/digicert.md 8 (9) */
export function requireJsonBody({ headers }: RequestHead): void {
  const mediaType = headers['content-type'] ?? JSON_TYPE
  const [type = ''] = mediaType.split(';', 1)
  if (type.trim().toLowerCase() !== JSON_TYPE) throw problem('media-type-unsupported', { mediaType })
}

function rangeOf(range: string): { readonly type: string; readonly isRefused: boolean } {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  return { type, isRefused: parameters.some((parameter) => /^q=0(\.0{0,3})?$/.test(parameter)) }
}
