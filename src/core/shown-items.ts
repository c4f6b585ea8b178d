import type { Alignment } from './alignment.ts'
import { align } from './alignment.ts'
import type { Hides } from './hides.ts'
import { isHidden, nextHides } from './hides.ts'
import type { Item } from './items.ts'

/** Which items of one list a view shows, and what it writes when one is sent. */
export interface Choice<I extends Item>
  extends Pick<Alignment<I, string>, 'list' | 'valueOf' | 'keyOf' | 'isSimilar' | 'edit' | 'create'> {
  /** The most that the view has room for. */
  readonly limit: number
  /** Whether the vendor's form can hold this item at all. */
  readonly isExpressible: (item: I) => boolean
}

/** A list after a put, and what that does to the hides of its dialect. */
export interface Replaced<I extends Item> {
  readonly items: readonly I[]
  /** Ids of items that the view would show now although the request lacked them. */
  readonly intruders: readonly string[]
  /** Ids of items that were out of sight until the request sent their value. */
  readonly revived: readonly string[]
}

/** The first items that the view can express and that nobody removed from it, up to its limit. */
export function shownOf<I extends Item>(items: readonly I[], hides: Hides, choice: Choice<I>): readonly I[] {
  const shown: I[] = []
  for (const item of items) {
    if (shown.length === choice.limit) break
    if (choice.isExpressible(item) && !isHidden(hides, item, choice.valueOf(item))) shown.push(item)
  }
  return shown
}

/**
 * The list after a request that replaces all that the view shows of it. An item out of sight whose exact value is
 * sent comes back instead of being written twice. @see design §10.1.3, §10.2.6
 *
 * @param sent at most `choice.limit` values that the vendor's form can hold
 */
export function replaceShown<I extends Item>(
  items: readonly I[],
  sent: readonly string[],
  hides: Hides,
  choice: Choice<I>,
): Replaced<I> {
  const shown = shownOf(items, hides, choice)
  if (shown.length === sent.length && shown.every((item, at) => choice.valueOf(item) === sent[at])) {
    return { items, intruders: [], revived: [] }
  }
  const revived = revivedBy(sent, items, shown, choice)
  const visible = new Set([...shown, ...revived])
  const isShown = (item: I) => visible.has(item)
  const after = align(items, sent, { ...choice, isShown, valueSent: (value) => value })
  const hasRoom = sent.length < choice.limit
  const intruders = hasRoom ? items.filter((item) => choice.isExpressible(item) && !visible.has(item)) : []
  return { items: after, intruders: intruders.map(({ id }) => id), revived: revived.map(({ id }) => id) }
}

/** The hides after lists were replaced. @param items every item of all those lists, with its value */
export function hidesAfter(
  hides: Hides,
  replaced: readonly Pick<Replaced<Item>, 'intruders' | 'revived'>[],
  items: readonly (readonly [id: string, value: string])[],
): Hides | undefined {
  const revived = new Set(replaced.flatMap((list) => list.revived))
  const standing = Object.entries(hides).filter(([id]) => !revived.has(id))
  return nextHides(
    Object.fromEntries(standing),
    items,
    replaced.flatMap((list) => list.intruders),
  )
}

/** Items out of sight whose value was sent more often than the shown items have it. */
function revivedBy<I extends Item>(
  sent: readonly string[],
  items: readonly I[],
  shown: readonly I[],
  choice: Choice<I>,
): readonly I[] {
  if (items.length === shown.length) return []
  const wanted = new Map<string, number>()
  for (const value of sent) wanted.set(value, (wanted.get(value) ?? 0) + 1)
  const take = (value: string): boolean => {
    const count = wanted.get(value) ?? 0
    if (count > 0) wanted.set(value, count - 1)
    return count > 0
  }
  const seen = new Set(shown)
  for (const item of shown) take(choice.valueOf(item))
  return items.filter((item) => choice.isExpressible(item) && !seen.has(item) && take(choice.valueOf(item)))
}
