import type { Asker, Found } from './command.ts'
import type { OwnTimes, Stamped } from './own-times.ts'
import { ALWAYS_READABLE, mayReadPart } from './policy.ts'
import type { Catalogue } from './principal.ts'
import type { PartLimits } from './query.ts'
import { EVERYTHING, isHidden } from './query.ts'
import type { Tells } from './reach.ts'
import { lastChange } from './record.ts'
import type { RowSet } from './row-set.ts'
import { hasRow, rowsIn } from './row-set.ts'
import type { SeekQuery, Sought, TimesQuery } from './seeking.ts'
import type { Seeker } from './seeking-all.ts'
import { lengthOf, PAGE_LENGTH } from './seeking-all.ts'
import { mayRead } from './sight.ts'
import type { Position } from './store.ts'
import { viewsOf } from './views.ts'

interface TimesSeeker {
  readonly asker: Asker
  readonly catalogue: Catalogue
  readonly tells?: Tells
  readonly ownTimes?: OwnTimes
  readonly seeker: Seeker
}

/** Organizations whose times have to be asked, one by one: of more, all are looked at. */
const ASKED = 500

/** Organizations that are loaded at once. */
const LOADED = 50

/** Where one that was found stands. */
interface Placed {
  readonly row: number
  readonly seconds: number
  readonly number: number
}

/**
 * A page in the order of the asker's own times, to the second, and how many there are: those that match are placed by their
 * times alone, and only the page is loaded. Undefined where times are not at hand, or rows do not tell who sees what.
 * @param isPage without it, they are only counted
 */
export async function soughtByTimes(
  { asker, catalogue, tells, ownTimes, seeker }: TimesSeeker,
  query: SeekQuery,
  isPage: boolean,
): Promise<Sought | undefined> {
  const { times, isCounted, along, after } = query
  const views = tells && viewsOf(asker.principal, catalogue, tells)
  if (times === undefined || views === undefined) return undefined
  const stamped = await ownTimes?.current()
  if (stamped === undefined) return undefined

  const { store, asked } = seeker
  const { along: _, after: __, among: ___, ...matched } = asked
  const some = views.views.filter(({ when }) => when !== EVERYTHING)
  const [all, ...sets] = await store.read((reader) =>
    reader.matching(matched, [views.own, ...some.map(({ when }) => when)]),
  )
  const [own, ...seen] = sets as [RowSet, ...RowSet[]]
  const always = views.views.filter(({ when }) => when === EVERYTHING)
  const least = always.reduce((mask, { limits }) => mask | maskOf(stamped, times, limits), leastOf(stamped))
  const masks = some.map(({ limits }) => maskOf(stamped, times, limits))

  const compare = comparing(along.descending)
  const page = firstOf(isPage ? query.limit + 1 : 0, compare)
  let total = 0
  const place = (row: number, number: number, time: number) => {
    if (times.after !== undefined && !(time > times.after)) return
    total += 1
    if (!isPage) return
    const placed = { row, number, seconds: Math.floor(time / 1000) }
    if (after === undefined || compare(placed, placeIn(after)) > 0) page.add(placed)
  }
  const open: number[] = []
  for (const row of rowsIn(all)) {
    const number = stamped.numberOf(row)
    if (number === undefined || hasRow(own, row)) {
      open.push(row)
      continue
    }
    let mask = least
    for (let at = 0; at < seen.length; at += 1)
      if (hasRow(seen[at] as RowSet, row)) mask |= masks[at] as number
    place(row, number, stamped.lastOf(row, mask))
  }
  if (open.length > ASKED) return undefined
  for (const [at, found] of (await load(seeker, open)).entries())
    place(open[at] as number, found.dossier.organization.number, timeOf(found, times))

  const isThere = ({ dossier: { organization }, context: { grant } }: Found) =>
    asked.states?.includes(organization.state) !== false && mayRead(organization, asker, grant, catalogue)
  const { items, next } = await loaded(seeker, page.sorted(), query.limit, isThere)
  return { items, ...(next !== undefined && { next }), ...(isCounted && { total }) }
}

/** What of the parts is seen under these limits. */
function maskOf(stamped: Stamped, { parts }: TimesQuery, limits: PartLimits): number {
  return stamped.maskOf(parts.filter((part) => !isHidden(part, limits)))
}

function leastOf(stamped: Stamped): number {
  return stamped.maskOf(ALWAYS_READABLE)
}

function timeOf({ dossier, context }: Found, { parts }: TimesQuery): number {
  const readable = parts.filter((part) => mayReadPart(context.grant, part))
  return Date.parse(lastChange(dossier.organization, readable).at)
}

async function load({ store, show }: Seeker, rows: readonly number[]): Promise<readonly Found[]> {
  return (await store.read((reader) => reader.ofRows(rows))).map(show)
}

/** Loads no more than a page. What may not be read any more, or is of another state, has changed in this moment. */
async function loaded(
  seeker: Seeker,
  placed: readonly Placed[],
  limit: number,
  isThere: (found: Found) => boolean,
): Promise<Pick<Sought, 'items' | 'next'>> {
  const items: Found[] = []
  const first = placed.slice(0, limit)
  let length = 0
  for (let from = 0; from < first.length; from += LOADED) {
    const piece = first.slice(from, from + LOADED)
    const found = await load(
      seeker,
      piece.map(({ row }) => row),
    )
    for (const [at, one] of found.entries()) {
      if (length > PAGE_LENGTH) return { items, next: positionOf(first[from + at - 1] as Placed) }
      if (!isThere(one)) continue
      items.push(one)
      length += lengthOf(one)
    }
  }
  const last = first.at(-1)
  return placed.length > limit && last !== undefined ? { items, next: positionOf(last) } : { items }
}

function positionOf({ seconds, number }: Placed): Position {
  return { key: String(seconds), number }
}

function placeIn({ key, number }: Position): Placed {
  return { row: 0, seconds: Number(key), number }
}

type Compare = (left: Placed, right: Placed) => number

function comparing(descending: boolean): Compare {
  const sign = descending ? -1 : 1
  return (left, right) => sign * (left.seconds - right.seconds || left.number - right.number)
}

/** The first `most` of many, sorted once in a while. */
function firstOf(most: number, compare: Compare) {
  let kept: Placed[] = []
  let last: Placed | undefined
  const cut = () => {
    kept = kept.sort(compare).slice(0, most)
    last = kept[most - 1]
  }
  return {
    add(placed: Placed) {
      if (most === 0 || (last !== undefined && compare(placed, last) > 0)) return
      kept.push(placed)
      if (kept.length >= most + SORTED_AT) cut()
    },
    sorted(): readonly Placed[] {
      cut()
      return kept
    },
  }
}

const SORTED_AT = 2_000
