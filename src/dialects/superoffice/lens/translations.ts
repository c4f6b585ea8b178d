import type { Country, ListItem, SelectableItem } from '../wire/carriers.ts'
import { EMPTY_DATE, localDate } from '../wire/dates.ts'
import { textIn } from '../wire/texts.ts'

/** An entry of a list in the reader's language; the same one when they asked for none. */
export function translatedItem<Item extends ListItem>(
  item: Item | null,
  language: string | undefined,
): Item | null {
  if (item === null || language === undefined) return item
  return { ...item, Value: textIn(item.Value, language), Tooltip: textIn(item.Tooltip, language) }
}

export function translatedCountry(country: Country | null, language: string | undefined): Country | null {
  if (country === null || language === undefined) return country
  return { ...country, Name: textIn(country.Name, language), Tooltip: textIn(country.Tooltip, language) }
}

/** Interests in the reader's language and zone; their order stays that of the list. */
export function translatedInterests(
  items: readonly SelectableItem[],
  language: string | undefined,
  timeZone: string | undefined,
): readonly SelectableItem[] {
  if (language === undefined && timeZone === undefined) return items
  const never = localDate(EMPTY_DATE, timeZone)
  const translated = (item: SelectableItem): SelectableItem => ({
    ...item,
    Name: textIn(item.Name, language),
    ToolTip: textIn(item.ToolTip, language),
    FullName: item.FullName === null ? null : textIn(item.FullName, language),
    LastChanged: item.LastChanged === EMPTY_DATE ? never : localDate(item.LastChanged, timeZone),
    ChildItems: item.ChildItems.map(translated),
  })
  return items.map(translated)
}
