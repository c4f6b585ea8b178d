import { isSame } from '../../../core/dossier.ts'
import type { Bag } from '../wire.ts'
import { KEYS } from '../wire.ts'
import type { Draft } from './localized.ts'
import type { Said } from './reading.ts'

/** What a name of a member leads to, while a Card is made. No name is special in a Map. */
type Branch = Map<string, Branch | { readonly value: unknown }>

/** All that was said in the main language as one Card; of two that say the same thing the first, the other kept as it was. */
export function assembled(said: readonly Said[], language: string | undefined): Draft {
  const root: Branch = new Map()
  const unknown: unknown[] = []
  const places: Said[] = []
  const spot: Draft = {}
  for (const one of said) {
    const [member = '', name = ''] = one.path
    if (member === 'vCardProps') unknown.push(one.value)
    else if (member === 'places') places.push(one)
    else if (member === 'spot' && !Object.hasOwn(spot, name)) spot[name] = one.value
    else {
      const isSaid = member === 'spot' ? isSame(spot[name], one.value) : isPut(root, one)
      if (!isSaid && one.orElse !== undefined) unknown.push(one.orElse)
    }
  }
  const card: Draft = {
    '@type': 'Card',
    version: '1.0',
    ...(language !== undefined && { language }),
    ...(plain(root) as Bag),
  }
  const days = (card['anniversaries'] ?? {}) as Record<string, Draft>
  // The first of each kind; there may be very many.
  const firsts = new Map(
    Object.keys(days)
      .toReversed()
      .map((key) => [days[key]?.['kind'], key]),
  )
  for (const place of places) if (!isPlaced(place, days, firsts)) unknown.push(place.orElse)
  if (Object.keys(spot).length > 0) putSpot(card, spot)
  if (unknown.length > 0) card['vCardProps'] = unknown
  return card
}

/** False when something else stands there. */
function isPut(root: Branch, { path, value }: Said): boolean {
  let at = root
  for (const step of path.slice(0, -1)) {
    const next = at.get(step) ?? new Map()
    if (!(next instanceof Map)) return false
    at.set(step, next)
    at = next
  }
  const last = path.at(-1) ?? ''
  const before = at.get(last)
  if (before === undefined) at.set(last, { value })
  return before === undefined || (!(before instanceof Map) && isSame(before.value, value))
}

function plain(branch: Branch): unknown {
  return Object.fromEntries(
    [...branch].map(([name, inner]) => [name, inner instanceof Map ? plain(inner) : inner.value]),
  )
}

/** Where somebody was born or died is said of the day. */
function isPlaced(
  { path: [, kind, id = ''], value }: Said,
  days: Readonly<Record<string, Draft>>,
  firsts: ReadonlyMap<unknown, string>,
): boolean {
  const key = Object.hasOwn(days, id) ? id : firsts.get(kind)
  const day = key === undefined ? undefined : days[key]
  if (day === undefined || day['kind'] !== kind || 'place' in day) return false
  day['place'] = value
  return true
}

/** Coordinates and a time zone without an address are those of the first, or make one. @see RFC 9555 §2.8 */
function putSpot(card: Draft, spot: Bag): void {
  const addresses = (card['addresses'] ?? {}) as Record<string, Bag>
  const [key = KEYS.street] = Object.keys(addresses)
  card['addresses'] = { ...addresses, [key]: { ...spot, ...addresses[key] } }
}
