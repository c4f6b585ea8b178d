import { refused } from '../../../core/problem.ts'

/** The names and indexes on the way to a value, from the entity. Never empty. */
export type Pointer = readonly string[]

/**
 * A path as clients write it: the slash before it may be missing, a colon is a colon.
 * @throws Problem refused (patch-path) when it names no member
 * @see RFC 6901 §3, specs/superoffice.md 3.2
 */
export function readPointer(path: string): Pointer {
  const text = path.trim()
  const segments = (text.startsWith('/') ? text.slice(1) : text).split('/')
  if (segments[0] === '' || BAD_ESCAPE.test(text)) throw refused('patch-path', { path })
  return segments.map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

const BAD_ESCAPE = /~(?![01])/

/** A pointer as its client might have written it. */
export function textOf(pointer: Pointer): string {
  return `/${pointer.map((segment) => segment.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`
}

const INDEX = /^(?:0|[1-9]\d{0,9})$/

/** A place in an array; `-` is the one after the last. Undefined when `segment` is no place in it. */
export function indexIn(array: readonly unknown[], segment: string): number | undefined {
  if (segment === '-') return array.length
  if (!INDEX.test(segment)) return undefined
  const index = Number(segment)
  return index <= array.length ? index : undefined
}

/** Members whose keys are data: they keep their case. */
const DICTIONARIES = new Set(['customfields', 'userdefinedfields', 'extrafields'])

export function isDictionary(parent: Pointer): boolean {
  return parent.length === 1 && DICTIONARIES.has((parent[0] ?? '').toLowerCase())
}

/** References that may be null: whoever names a member of one gives it one. */
const REFERENCES = new Set([
  'associate',
  'business',
  'category',
  'country',
  'supportassociate',
  'ticketpriority',
  'customerlanguage',
  'supportperson',
])

export function isReference(pointer: Pointer): boolean {
  return pointer.length === 1 && REFERENCES.has((pointer[0] ?? '').toLowerCase())
}

export function isInterests(pointer: Pointer): boolean {
  return pointer.length === 1 && pointer[0]?.toLowerCase() === 'interests'
}

/** The name that an object has for a segment: of carriers whatever the case, of dictionaries exactly. */
export function keyIn(
  holder: Readonly<Record<string, unknown>>,
  segment: string,
  parent: Pointer,
): string | undefined {
  if (Object.hasOwn(holder, segment)) return segment
  if (isDictionary(parent)) return undefined
  const asked = segment.toLowerCase()
  return Object.keys(holder).find((name) => name.length === asked.length && name.toLowerCase() === asked)
}
