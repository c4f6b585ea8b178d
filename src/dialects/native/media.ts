import { problem } from '../../core/problem.ts'
import type { RequestHead } from '../dialect.ts'

/** The media type of a body, lower case, without parameters; empty when none is named. */
export function mediaTypeOf({ headers }: RequestHead): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

/** @throws Problem media-type-unsupported unless the body is of one of `types` */
export function requireMediaType(head: RequestHead, types: readonly string[]): string {
  const mediaType = mediaTypeOf(head)
  if (types.includes(mediaType)) return mediaType
  throw problem('media-type-unsupported', { mediaType })
}

/** The one of `types` that the client likes best; of two, the first. @throws Problem not-acceptable. @see RFC 9110 §12.5.1 */
export function accepted<Type extends string>({ headers }: RequestHead, types: readonly Type[]): Type {
  const accept = headers['accept'] ?? ''
  if (accept.trim() === '') return types[0] as Type
  const ranges = accept.split(',').map(rangeOf)
  const qualities = types.map((type) => qualityOf(type, ranges))
  const best = Math.max(...qualities)
  if (best <= 0) throw problem('not-acceptable', { accept })
  return types[qualities.indexOf(best)] as Type
}

interface Range {
  readonly type: string
  readonly quality: number
}

function rangeOf(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
  return { type, quality: quality === undefined ? 1 : Number(quality) || 0 }
}

/** What the most specific range that covers it says. */
function qualityOf(type: string, ranges: readonly Range[]): number {
  const covering = [type, `${type.split('/', 1)[0]}/*`, '*/*']
  for (const range of covering) {
    const found = ranges.find((one) => one.type === range)
    if (found !== undefined) return found.quality
  }
  return 0
}
