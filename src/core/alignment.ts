import type { Item } from './items.ts'
import { provisionalId } from './items.ts'

/** How the members that a request sends meet the items that a record has. */
export interface Alignment<I extends Item, Sent> {
  /** Names the provisional ids of new items; unique among the lists of one record. */
  readonly list: string
  /** Whether the view shows this item. What it does not show stays where it is. */
  readonly isShown: (item: I) => boolean
  /** The value as the view shows it. */
  readonly valueOf: (item: I) => string
  readonly valueSent: (sent: Sent) => string
  /** The id that the request names, where the vendor's form has one. */
  readonly idSent?: (sent: Sent) => string | undefined
  /** Normalised form; an empty one matches nothing. */
  readonly keyOf: (value: string) => string
  readonly isSimilar: (left: string, right: string) => boolean
  /** The item with what was sent; returns `item` itself when nothing differs. */
  readonly edit: (item: I, sent: Sent) => I
  readonly create: (id: string, sent: Sent) => I
}

/**
 * The list after a request that replaces all that its view shows of it: by id, else by the same value, else by the
 * same normalised value (each as multisets), else by position when the lists have one length and the values are
 * similar, else new. A match keeps its id and everything hidden; the order is that of the request; hidden items keep
 * their places. Returns `items` itself when nothing changes.
 */
export function align<I extends Item, Sent>(
  items: readonly I[],
  sent: readonly Sent[],
  rules: Alignment<I, Sent>,
): readonly I[] {
  const shown = items.filter(rules.isShown)
  const matches = matchesBetween(shown, sent, rules)
  const after = sent.map((member, at) => {
    const match = matches[at]
    return match === undefined
      ? rules.create(provisionalId(rules.list, at), member)
      : rules.edit(match, member)
  })
  const next = after.values()
  const kept = items.flatMap((item) => {
    if (!rules.isShown(item)) return [item]
    const { value, done } = next.next()
    return done ? [] : [value]
  })
  const aligned = [...kept, ...next]
  const isUnchanged = aligned.length === items.length && aligned.every((item, at) => item === items[at])
  return isUnchanged ? items : aligned
}

/** What most lists of a request are: values as they are shown, one by one. */
function isAsShown<I extends Item, Sent>(
  shown: readonly I[],
  sent: readonly Sent[],
  { idSent, valueOf, valueSent }: Alignment<I, Sent>,
): boolean {
  if (idSent !== undefined || shown.length !== sent.length) return false
  return shown.every((item, at) => valueOf(item) === valueSent(sent[at] as Sent))
}

function matchesBetween<I extends Item, Sent>(
  shown: readonly I[],
  sent: readonly Sent[],
  rules: Alignment<I, Sent>,
): readonly (I | undefined)[] {
  if (isAsShown(shown, sent, rules)) return shown
  const matches: (I | undefined)[] = sent.map(() => undefined)
  const free = new Set(shown)
  const matchBy = (ofSent: (sent: Sent) => string | undefined, ofItem: (item: I) => string) => {
    if (free.size === 0) return
    // The first one last: taking one from the front of a long array moves all the others.
    const byKey = Map.groupBy([...free].reverse(), ofItem)
    sent.forEach((member, at) => {
      if (matches[at] !== undefined) return
      const key = ofSent(member)
      if (key === undefined) return
      const item = byKey.get(key)?.pop()
      if (item === undefined) return
      matches[at] = item
      free.delete(item)
    })
  }
  if (rules.idSent !== undefined) matchBy(rules.idSent, ({ id }) => id)
  matchBy(rules.valueSent, rules.valueOf)
  matchBy(
    (member) => rules.keyOf(rules.valueSent(member)) || undefined,
    (item) => rules.keyOf(rules.valueOf(item)),
  )
  if (shown.length === sent.length) {
    sent.forEach((member, at) => {
      const item = shown[at]
      if (matches[at] !== undefined || item === undefined || !free.has(item)) return
      if (!rules.isSimilar(rules.valueSent(member), rules.valueOf(item))) return
      matches[at] = item
      free.delete(item)
    })
  }
  return matches
}
