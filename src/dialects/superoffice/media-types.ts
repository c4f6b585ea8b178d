import { problem } from '../../core/problem.ts'
import type { Headers } from '../dialect.ts'
import type { Json } from '../kit/json.ts'
import { readForm } from './form.ts'
import { readLenientJson } from './lenient-json.ts'
import { readXml } from './xml/read.ts'
import { xmlOf } from './xml/write.ts'

/** What carries JSON in both directions; the patch types are no more than other names. @see specs/superoffice.md 2.2 */
const JSON_TYPES = new Set([
  'application/json',
  'text/json',
  'application/json-patch+json',
  'application/merge-patch+json',
])

const XML_TYPES = new Set(['application/xml', 'text/xml'])
const FORM = 'application/x-www-form-urlencoded'

const DEFAULT = 'application/json'

/** What most clients are answered in. */
export const PLAIN = `${DEFAULT}; charset=utf-8`

/** @throws Problem media-type-unsupported, body-missing, body-syntax; a body that does not say what it is, is taken for JSON */
export function readDocument(headers: Headers, body: string): Json {
  const type = typeOf(headers)
  if (XML_TYPES.has(type)) return readXml(body)
  if (type === FORM) return readForm(body)
  requireJson(headers)
  return readLenientJson(body)
}

/** @throws Problem media-type-unsupported; a body that does not say what it is, is taken for JSON */
export function requireJson(headers: Headers): void {
  const type = typeOf(headers)
  if (type !== '' && !JSON_TYPES.has(type)) throw problem('media-type-unsupported', { mediaType: type })
}

function typeOf(headers: Headers): string {
  const header = headers['content-type']
  return header === undefined || header === DEFAULT ? '' : essenceOf(header)
}

/** The type of an answer that is JSON or XML: the first of ours that a client accepts, else JSON. No Accept is refused. */
export function answerTypeFor(headers: Headers): string {
  return acceptedOf(headers, (type) => JSON_TYPES.has(type) || XML_TYPES.has(type))
}

/** The type of an answer that is JSON only. */
export function contentTypeFor(headers: Headers): string {
  return acceptedOf(headers, (type) => JSON_TYPES.has(type))
}

/** The text of an answer in the type that `answerTypeFor` chose. @param root name of the carrier, where it is XML */
export function textOf(contentType: string, root: string, value: unknown): string {
  return isXml(contentType) ? xmlOf(root, value) : JSON.stringify(value)
}

export function isXml(contentType: string): boolean {
  return contentType !== PLAIN && XML_TYPES.has(essenceOf(contentType))
}

function acceptedOf(headers: Headers, isOurs: (type: string) => boolean): string {
  const accept = headers['accept']
  if (accept === undefined || accept === DEFAULT) return PLAIN
  const ranges = accept.split(',').map((range) => ({ type: essenceOf(range), weight: weightOf(range) }))
  const wanted = ranges.filter(({ type, weight }) => weight > 0 && (isOurs(type) || ANY.has(type)))
  const best = Math.max(...wanted.map(({ weight }) => weight))
  const type = wanted.find(({ weight }) => weight === best)?.type
  return `${type === undefined || ANY.has(type) ? DEFAULT : type}; charset=utf-8`
}

const ANY = new Set(['*/*', 'application/*'])
const QUALITY = /;\s*q=([\d.]{1,6})/i

/** @see RFC 9110 §12.4.2 */
function weightOf(range: string): number {
  const [, quality] = QUALITY.exec(range) ?? []
  const weight = quality === undefined ? 1 : Number(quality)
  return Number.isNaN(weight) ? 1 : weight
}

function essenceOf(mediaType: string): string {
  return (mediaType.split(';', 1)[0] ?? '').trim().toLowerCase()
}
