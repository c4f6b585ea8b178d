import type { SelectableItem } from '../wire/carriers.ts'
import { EMPTY_DATE } from '../wire/dates.ts'
import type { ListEntry, ListName } from '../wire/lists.ts'

/** An entry of any list in the form that all lists share. @see specs/superoffice.md 1.4 */
export function selectableItem(list: ListName, entry: ListEntry): SelectableItem {
  return {
    Id: entry.Id,
    Name: entry.Value,
    ToolTip: entry.Tooltip,
    Deleted: entry.Deleted,
    Rank: entry.Rank,
    Type: list,
    ColorBlock: 0,
    IconHint: list,
    Selected: false,
    LastChanged: EMPTY_DATE,
    ChildItems: entry.ChildItems.map((child) => selectableItem(list, child)),
    ExtraInfo: '',
    StyleHint: '',
    Hidden: entry.Hidden,
    FullName: null,
    TableRight: null,
    FieldProperties: {},
  }
}
