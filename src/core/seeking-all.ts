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

/** Organizations that are read at once. */
const AT_ONCE = 500

/** A page in an order that the store does not have. */
export async function sorted(
  seeker: Seeker,
  { along, after, limit, isCounted }: SeekQuery,
  keyOf: (found: Found) => string,
): Promise<Sought> {
  const compare = comparing(along)
  const all: { readonly found: Found; readonly place: Position }[] = []
  for await (const found of every(seeker)) {
    all.push({ found, place: { key: keyOf(found), number: found.dossier.organization.number } })
  }
  const rest = after === undefined ? all : all.filter(({ place }) => compare(place, after) > 0)
  const page = rest.toSorted((left, right) => compare(left.place, right.place)).slice(0, limit)
  const next = rest.length > limit ? page.at(-1)?.place : undefined
  return {
    items: page.map(({ found }) => found),
    ...(next !== undefined && { next }),
    ...(isCounted && { total: all.length }),
  }
}

/** How many there are. */
export async function counted(seeker: Seeker): Promise<number> {
  const { store, asked, holds } = seeker
  if (holds === undefined) {
    const { along: _, ...query } = asked
    return (await store.read((reader) => reader.organizations({ ...query, offset: 0, limit: 0 }))).total
  }
  let total = 0
  for await (const _ of every(seeker)) total += 1
  return total
}

async function* every({ store, asked, show, holds = () => true }: Seeker): AsyncGenerator<Found> {
  const along: WalkOrder = { by: 'number', descending: false }
  let after: Position | undefined
  do {
    const place = after === undefined ? {} : { after }
    const stretch = await store.read((reader) => reader.walk({ ...asked, along, ...place, limit: AT_ONCE }))
    for (const organization of stretch.items) {
      const found = show(organization)
      if (await holds(found)) yield found
    }
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
