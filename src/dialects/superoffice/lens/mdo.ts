import type { Catalogue } from '../../../core/principal.ts'
import type { Associate, Country, SelectableItem } from '../wire/carriers.ts'
import { COUNTRIES } from '../wire/countries.ts'
import type { ListEntry, ListName } from '../wire/lists.ts'
import { LIST_NAMES, listEntry } from '../wire/lists.ts'
import { associatesOf } from './associates.ts'
import { selectableItem } from './list-items.ts'
import { listsOf } from './lists.ts'
import { shownCategory, shownCountryCard, shownItem } from './references.ts'

/** The list that a path names, whatever its case. */
export function listNamed(name: string): ListName | undefined {
  return LIST_NAMES.find((list) => list === name.toLowerCase())
}

/** All of a list by rank, headings with what stands under them; deleted and hidden entries are marked as such. Choice 30 */
export function mdoItems(catalogue: Catalogue, list: ListName): readonly SelectableItem[] {
  return entriesOf(catalogue, list).map((entry) => selectableItem(list, entry))
}

/** The entries that can be chosen, each as the carrier that contacts show it by, with the members that all lists have. */
export function listItems(catalogue: Catalogue, list: ListName): readonly object[] {
  const lists = listsOf(catalogue)
  const chosen = entriesOf(catalogue, list).flatMap((entry) =>
    entry.ChildItems.length === 0 ? [entry] : entry.ChildItems,
  )
  const cards = new Map<number, Associate | Country | null>([
    ...(list === 'associate' ? associatesOf(catalogue).map((card) => [card.AssociateId, card] as const) : []),
    ...(list === 'country'
      ? COUNTRIES.map((facts) => [facts.id, shownCountryCard(lists, facts)] as const)
      : []),
  ])
  return chosen.map((entry) => {
    const { Id, Value, Tooltip, Rank, Deleted } = entry
    const common = { Id, Name: Value, Tooltip, Deleted, Rank }
    const card = cards.get(Id)
    if (card !== undefined) return { ...common, ...card }
    const item = list === 'category' ? shownCategory(lists, Id) : shownItem(lists, list, Id)
    return { ...common, ...item }
  })
}

function entriesOf(catalogue: Catalogue, list: ListName): readonly ListEntry[] {
  if (list === 'associate') return associatesOf(catalogue).map(entryOfAssociate)
  return list === 'country' ? countriesOf(catalogue) : listsOf(catalogue).ranked(list)
}

function entryOfAssociate(associate: Associate): ListEntry {
  const { AssociateId, FullName, Tooltip, Rank, Deleted, Type } = associate
  return listEntry({ Id: AssociateId, Value: FullName, Tooltip, Rank, Deleted, Type })
}

/** Those that the tenant ranks come first, then all others by name. */
function countriesOf(catalogue: Catalogue): readonly ListEntry[] {
  const lists = listsOf(catalogue)
  const ranked = lists.ranked('country')
  const listed = new Set(ranked.map(({ Id }) => Id))
  const nameOf = (facts: (typeof COUNTRIES)[number]) => shownCountryCard(lists, facts)?.Name ?? ''
  const others = COUNTRIES.filter(({ id }) => !listed.has(id))
    .map((facts) => listEntry({ Id: facts.id, Value: nameOf(facts) }))
    .sort((left, right) => left.Value.localeCompare(right.Value, 'en'))
  const named = ranked.flatMap((entry) => {
    const facts = COUNTRIES.find(({ id }) => id === entry.Id)
    return facts === undefined ? [] : [{ ...entry, Value: nameOf(facts) }]
  })
  return [...named, ...others]
}
