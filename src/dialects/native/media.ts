import { problem } from '../../core/problem.ts'
import type { RequestHead } from '../dialect.ts'
import { CARD_TYPE, VCARD_TYPE } from './wire.ts'

/** How a body is compressed, or what else was done to it; undefined where it is as it is. @see RFC 9110 §8.4 */
export function codingOf({ headers }: RequestHead): string | undefined {
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? ''
  return coding === '' || coding === NO_CODING ? undefined : coding
}

/** @see RFC 9110 §12.5.3 */
export const NO_CODING = 'identity'

/** The media type of a body, lower case, without parameters; empty when none is named. */
export function mediaTypeOf({ headers }: RequestHead): string {
  return (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

/** @throws Problem media-type-unsupported unless the body is of one of `types`, and not compressed */
export function requireMediaType(head: RequestHead, types: readonly string[]): string {
  const mediaType = mediaTypeOf(head)
  if (types.includes(mediaType) && codingOf(head) === undefined) return mediaType
  throw problem('media-type-unsupported', { mediaType })
}

/** The one of `types` that the client likes best; of two, the first. @throws Problem not-acceptable. @see RFC 9110 §12.5.1 */
export function accepted<Type extends string>({ headers }: RequestHead, types: readonly Type[]): Type {
  const accept = headers['accept'] ?? ''
  if (accept.trim() === '') return types[0] as Type
  const ranges = accept
    .split(',')
    .map(rangeOf)
    .filter(({ type, version }) => version === undefined || (VERSIONS[type] ?? version) === version)
  const qualities = types.map((type) => qualityOf(type, ranges))
  const best = Math.max(...qualities)
  if (best <= 0) throw problem('not-acceptable', { accept })
  return types[qualities.indexOf(best)] as Type
}

/** Of which version of its media type an answer is: who asks for another one has not asked for this. @see RFC 6350 §10.1, RFC 9553 §3.1 */
const VERSIONS: Readonly<Record<string, string>> = { [VCARD_TYPE]: '4.0', [CARD_TYPE]: '1.0' }

interface Range {
  readonly type: string
  readonly version: string | undefined
  readonly quality: number
}

function rangeOf(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const valueOf = (name: string) =>
    parameters.find((parameter) => parameter.startsWith(`${name}=`))?.slice(name.length + 1)
  const quality = valueOf('q')
  const version = valueOf('version')?.replaceAll('"', '')
  return { type, version, quality: quality === undefined ? 1 : Number(quality) || 0 }
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
