import type { SelectableItem } from '../wire/carriers.ts'
import { EMPTY_DATE } from '../wire/dates.ts'
import type { ListEntry } from '../wire/lists.ts'
import type { Lists } from './lists.ts'

/** Every interest there is, with a mark on those selected; selected ones that the list lacks come last. */
export function shownInterests(
  lists: Lists,
  selected: readonly number[] | undefined,
): readonly SelectableItem[] {
  const all = lists.sorted('contint')
  if (selected === undefined) return all.map((entry, at) => interest(entry, at, false))
  const chosen = new Set(selected)
  const shown = all.map((entry, at) => interest(entry, at, chosen.has(entry.Id)))
  const others = selected.filter((id) => lists.entry('contint', id) === undefined)
  return [
    ...shown,
    ...others.map((Id, at) => interest({ Id, Value: '', Tooltip: '' }, all.length + at, true)),
  ]
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

function interest({ Id, Value, Tooltip }: ListEntry, at: number, isSelected: boolean): SelectableItem {
  return {
    Id,
    Name: Value,
    ToolTip: Tooltip,
    Deleted: false,
    Rank: at + 1,
    Type: 'contint',
    ColorBlock: 0,
    IconHint: 'contint',
    Selected: isSelected,
    LastChanged: EMPTY_DATE,
    ChildItems: [],
    ExtraInfo: '',
    StyleHint: '',
    Hidden: false,
    FullName: null,
    TableRight: null,
    FieldProperties: {},
  }
}
