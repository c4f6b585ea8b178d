import { isSame } from '../../core/dossier.ts'
import { DEEPEST } from '../kit/json.ts'

/** One operation, of the shape that it must have. @see RFC 6902 §4 */
export interface Operation {
  readonly op: string
  readonly path: string
  readonly value?: unknown
  readonly from?: string
}

/** What a document is held by, so that all of it can be replaced, too. */
export interface Holder {
  document?: unknown
  /** Values that were looked at or moved aside so far: a short patch can do much with a large document. */
  work: number
}

/** Values that the operations of one patch may look at or move aside: some hundred milliseconds. */
export const WORK_AT_MOST = 50_000_000

/** How many values are looked at in the time that copying one takes. */
const COPYING = 100

type Container = unknown[] | Record<string, unknown>

/** Where a value stands, or would. */
interface Place {
  readonly container: Container
  readonly key: string
  /** Lists and objects that it stands in. */
  readonly level: number
}

/**
 * Does one operation to the document, in place. False when it cannot be done, or would nest the document deeper than a body
 * may be; the document may be anything then. Only members that a document has itself are places: what all objects and lists
 * have in common is nobody's to change.
 */
export function isDone(holder: Holder, { op, path, from = '', value }: Operation): boolean {
  switch (op) {
    case 'add':
      return isAdded(holder, placeAt(holder, path), structuredClone(value))
    case 'remove':
      return isRemoved(holder, placeAt(holder, path))
    case 'replace':
      return isReplaced(holder, placeAt(holder, path), structuredClone(value))
    case 'test': {
      const place = placeAt(holder, path)
      if (place === undefined || !isThere(place)) return false
      const found = valueAt(place)
      if (isContainer(found)) holder.work += Object.keys(found).length
      return isSame(found, value)
    }
    case 'copy': {
      const source = placeAt(holder, from)
      if (source === undefined || !isThere(source)) return false
      const copied = valueAt(source)
      // Counted before it is made: each copy may be of all that the one before it made.
      const looked = holder.work
      if (!fits(holder, copied, DEEPEST)) return false
      holder.work += (holder.work - looked) * COPYING
      if (holder.work > WORK_AT_MOST) return false
      return isAdded(holder, placeAt(holder, path), structuredClone(copied))
    }
    case 'move': {
      // Nothing goes into itself. @see RFC 6902 §4.4
      if (path.startsWith(`${from}/`)) return false
      const source = placeAt(holder, from)
      if (source === undefined || !isThere(source)) return false
      const moved = valueAt(source)
      return from === path || (isRemoved(holder, source) && isAdded(holder, placeAt(holder, path), moved))
    }
    default:
      return false
  }
}

/** The place that a pointer leads to, where all but its last step is there. @see RFC 6901 §4 */
function placeAt(holder: Holder, pointer: string): Place | undefined {
  const steps = ['document', ...stepsOf(pointer)]
  const key = steps.pop() ?? ''
  let container: unknown = holder
  for (const step of steps) {
    if (!isContainer(container) || !isThere({ container, key: step })) return undefined
    container = valueAt({ container, key: step })
  }
  return isContainer(container) ? { container, key, level: steps.length } : undefined
}

/** Whether a value is nested no deeper than so many levels. */
function fits(holder: Holder, value: unknown, levels: number): boolean {
  holder.work += 1
  if (!isContainer(value)) return true
  return levels > 0 && Object.values(value).every((inner) => fits(holder, inner, levels - 1))
}

/** The names that a pointer is made of. @see RFC 6901 §3 */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}

/** @see RFC 6901 §4 for what is an index */
function indexIn(list: readonly unknown[], key: string): number | undefined {
  const index = /^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : Number.NaN
  return index < list.length ? index : undefined
}

function isThere({ container, key }: Pick<Place, 'container' | 'key'>): boolean {
  return Array.isArray(container) ? indexIn(container, key) !== undefined : Object.hasOwn(container, key)
}

/** Of a place that is there. */
function valueAt({ container, key }: Pick<Place, 'container' | 'key'>): unknown {
  return Array.isArray(container) ? container[Number(key)] : container[key]
}

function isAdded(holder: Holder, place: Place | undefined, value: unknown): boolean {
  if (place === undefined || !fits(holder, value, DEEPEST - place.level)) return false
  const { container, key } = place
  if (!Array.isArray(container)) container[key] = value
  else {
    const isEnd = key === '-' || key === String(container.length)
    const index = isEnd ? container.length : indexIn(container, key)
    if (index === undefined) return false
    holder.work += container.length - index
    container.splice(index, 0, value)
  }
  return true
}

function isReplaced(holder: Holder, place: Place | undefined, value: unknown): boolean {
  if (place === undefined || !isThere(place) || !fits(holder, value, DEEPEST - place.level)) return false
  const { container, key } = place
  if (Array.isArray(container)) container[Number(key)] = value
  else container[key] = value
  return true
}

function isRemoved(holder: Holder, place: Place | undefined): boolean {
  if (place === undefined || !isThere(place)) return false
  const { container, key } = place
  if (!Array.isArray(container)) return delete container[key]
  holder.work += container.length - Number(key)
  container.splice(Number(key), 1)
  return true
}
