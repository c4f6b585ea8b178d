import { problem } from '../../core/problem.ts'
import type { Headers } from '../dialect.ts'

/** What carries JSON in both directions; the patch types are no more than other names. @see specs/superoffice.md 2.2 */
const JSON_TYPES = new Set([
  'application/json',
  'text/json',
  'application/json-patch+json',
  'application/merge-patch+json',
])

const DEFAULT = 'application/json'

/** @throws Problem media-type-unsupported; a body that does not say what it is, is taken for JSON */
export function requireJson(headers: Headers): void {
  const header = headers['content-type']
  if (header === undefined || header === DEFAULT) return
  const type = essenceOf(header)
  if (type !== '' && !JSON_TYPES.has(type)) throw problem('media-type-unsupported', { mediaType: type })
}

/** The first JSON type that a client accepts, else the default: no Accept is refused. */
export function contentTypeFor(headers: Headers): string {
  const accept = headers['accept']
  if (accept === undefined || accept === DEFAULT) return `${DEFAULT}; charset=utf-8`
  const type = accept
    .split(',')
    .map(essenceOf)
    .find((accepted) => JSON_TYPES.has(accepted))
  return `${type ?? DEFAULT}; charset=utf-8`
}

function essenceOf(mediaType: string): string {
  return (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase()
}
