import type { Found } from './command.ts'
import type { Organization } from './organization.ts'
import { compareText } from './row-matching.ts'
import type { SeekQuery, Sought } from './seeking.ts'
import type { Reading } from './sight.ts'
import type { Position, WalkOrder, WalkQuery } from './store.ts'

/** What a search knows of its asker. */
export interface Seeker extends Pick<Reading, 'store'> {
  readonly asked: Omit<WalkQuery, 'limit'>
  readonly show: (organization: Organization) => Found
  /** Asked of each that the store finds; undefined where nothing need be. */
  readonly holds: ((found: Found) => boolean | Promise<boolean>) | undefined
}

/** Organizations that are read at once: where the first may do, and where all are needed. */
const AT_ONCE = { few: 100, many: 2_500 }

/** UTF-16 units of what is found, after which a page ends: one organization may be as large as a body. */
export const PAGE_LENGTH = 8_000_000

/** Asked of each that stays on a page, as often as the page changes. */
export function lengthOf({ dossier }: Found): number {
  const length = lengths.get(dossier) ?? JSON.stringify(dossier.organization).length
  lengths.set(dossier, length)
  return length
}

const lengths = new WeakMap<Found['dossier'], number>()

/** The same if the first stretch tells it all, as it often does. */
export function sortedSoon(
  seeker: Seeker,
  query: SeekQuery,
  keyOf: (found: Found) => string,
): Promise<Sought | undefined> {
  return sortedIn(1, seeker, query, keyOf)
}

/**
 * A page in the order of the asker's own times, of which none is later than the organization's `shownAt`: downwards, it ends
 * where nothing later can come.
 */
export async function sorted(
  seeker: Seeker,
  query: SeekQuery,
  keyOf: (found: Found) => string,
): Promise<Sought> {
  return (await sortedIn(Infinity, seeker, query, keyOf)) as Sought
}

/** Undefined where more stretches are needed. */
async function sortedIn(
  most: number,
  seeker: Seeker,
  { along, after, limit, isCounted }: SeekQuery,
  keyOf: (found: Found) => string,
): Promise<Sought | undefined> {
  const compare = comparing(along)
  let total = 0
  let size = 0
  let first: readonly Placed[] = []
  let stretches = 0
  for await (const { found, end } of batches(seeker, along, along.descending ? AT_ONCE.few : AT_ONCE.many)) {
    total += found.length
    const placed = found
      .map((one) => ({ found: one, place: { key: keyOf(one), number: one.dossier.organization.number } }))
      .filter(({ place }) => after === undefined || compare(place, after) > 0)
    const all = [...first, ...placed].sort((left, right) => compare(left.place, right.place))
    size = sizeOfPage(all, limit)
    first = all.slice(0, size + 1)
    const last = first[size]
    const isBefore = last !== undefined && end !== undefined && compare(last.place, end) <= 0
    if (!isCounted && along.descending && isBefore) break
    stretches += 1
    if (stretches >= most && end !== undefined) return undefined
  }
  const next = first.length > size ? first[size - 1]?.place : undefined
  const items = first.slice(0, size).map(({ found }) => found)
  return { items, ...(next !== undefined && { next }), ...(isCounted && { total }) }
}

interface Placed {
  readonly found: Found
  readonly place: Position
}

/** How many of the first make a page. What comes between them later only makes it shorter. */
function sizeOfPage(placed: readonly Placed[], limit: number): number {
  let length = 0
  const end = placed.slice(0, limit).findIndex(({ found }) => {
    const isFull = length > PAGE_LENGTH
    length += lengthOf(found)
    return isFull
  })
  return end < 0 ? Math.min(limit, placed.length) : end
}

/** How many there are where each has to be asked. */
export async function counted(seeker: Seeker): Promise<number> {
  let total = 0
  for await (const { found } of batches(seeker, { by: 'number', descending: false }, AT_ONCE.many))
    total += found.length
  return total
}

interface Batch {
  readonly found: readonly Found[]
  /** How far it looked; undefined at the end. */
  readonly end: Position | undefined
}

async function* batches(
  { store, asked: { among: _, ...asked }, show, holds = () => true }: Seeker,
  along: WalkOrder,
  limit: number,
): AsyncGenerator<Batch> {
  let after: Position | undefined
  let isThorough = false
  do {
    const more: Pick<WalkQuery, 'after' | 'isThorough'> = {
      ...(after !== undefined && { after }),
      ...(isThorough && { isThorough: true as const }),
    }
    const stretch = await store.read((reader) => reader.walk({ ...asked, along, ...more, limit }))
    isThorough = stretch.items.length < limit
    const found: Found[] = []
    for (const organization of stretch.items) {
      const one = show(organization)
      if (await holds(one)) found.push(one)
    }
    yield { found, end: stretch.next }
    after = stretch.next
    await breath()
  } while (after !== undefined)
}

function comparing({ by, descending }: WalkOrder): (left: Position, right: Position) => number {
  const sign = descending ? -1 : 1
  const numbers = (left: string, right: string) => Number(left) - Number(right)
  const keys = by === 'shownAt' ? numbers : compareText
  return (left, right) => sign * (keys(left.key, right.key) || left.number - right.number)
}

/** Lets others have their turn. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
