import type { SelectableItem } from '../wire/carriers.ts'
import type { ListEntry } from '../wire/lists.ts'
import { listEntry } from '../wire/lists.ts'
import { selectableItem } from './list-items.ts'
import type { Lists } from './lists.ts'

/**
 * Every interest that is offered, with a mark on those selected. Selected ones that are deleted, hidden or unknown are
 * shown too, the unknown ones last.
 */
export function shownInterests(
  lists: Lists,
  selected: readonly number[] | undefined,
): readonly SelectableItem[] {
  if (selected === undefined) return unselected(lists)
  const chosen = new Set(selected)
  const shown = itemsOf(lists.sorted('contint'), chosen)
  const others = selected.filter((id) => lists.entry('contint', id) === undefined)
  return [...shown, ...others.map((Id, at) => item(listEntry({ Id, Rank: shown.length + at + 1 }), true))]
}

/** Most contacts have none, and show the same. */
const shownOnce = new WeakMap<Lists, readonly SelectableItem[]>()

function unselected(lists: Lists): readonly SelectableItem[] {
  const cached = shownOnce.get(lists)
  if (cached !== undefined) return cached
  const items = itemsOf(lists.sorted('contint'), new Set())
  shownOnce.set(lists, items)
  return items
}

function itemsOf(entries: readonly ListEntry[], chosen: ReadonlySet<number>): readonly SelectableItem[] {
  return entries.flatMap((entry) => {
    if (entry.ChildItems.length > 0) {
      const children = itemsOf(entry.ChildItems, chosen)
      return isOffered(entry) || children.some(({ Selected }) => Selected)
        ? [{ ...item(entry, false), ChildItems: children }]
        : []
    }
    const isChosen = chosen.has(entry.Id)
    return isChosen || isOffered(entry) ? [item(entry, isChosen)] : []
  })
}

function isOffered({ Deleted, Hidden }: ListEntry): boolean {
  return !Deleted && !Hidden
}

function item(entry: ListEntry, isSelected: boolean): SelectableItem {
  return { ...selectableItem('contint', entry), ChildItems: [], Selected: isSelected }
}

/** Ids with their marks, as a client sends them back. What has items under it is a heading, and is not chosen itself. */
export function marksIn(items: readonly SelectableItem[]): ReadonlyMap<number, boolean> {
  return new Map(
    items.flatMap(({ Id, Selected, ChildItems }) =>
      ChildItems.length === 0 ? [[Id, Selected] as const] : [...marksIn(ChildItems)],
    ),
  )
}

/** The marks of `items` with some set and then some cleared. What has items under it is a heading: it is passed over. */
export function withMarks(
  items: readonly SelectableItem[],
  enabled: readonly number[],
  disabled: readonly number[],
): ReadonlyMap<number, boolean> {
  const headings = new Set(items.filter(({ ChildItems }) => ChildItems.length > 0).map(({ Id }) => Id))
  const marks = new Map(marksIn(items))
  for (const id of enabled) if (!headings.has(id)) marks.set(id, true)
  for (const id of disabled) if (!headings.has(id)) marks.set(id, false)
  return marks
}

/**
 * The ids selected after a put, ascending; undefined when there are none. An empty request deselects all; else each
 * one that it names is set, and those that it does not name stay. Choice 3
 */
export function putInterests(
  selected: readonly number[] | undefined,
  sent: ReadonlyMap<number, boolean>,
): readonly number[] | undefined {
  if (sent.size === 0) return undefined
  const after = new Set(selected)
  for (const [id, isSelected] of sent) {
    if (isSelected) after.add(id)
    else after.delete(id)
  }
  if (after.size === 0) return undefined
  const isUnchanged = after.size === selected?.length && selected.every((id) => after.has(id))
  return isUnchanged ? selected : [...after].sort((left, right) => left - right)
}
