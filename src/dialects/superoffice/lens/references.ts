import type { Category, Country, ListItem } from '../wire/carriers.ts'
import type { CountryFacts } from '../wire/countries.ts'
import { englishNameOf } from '../wire/countries.ts'
import { layoutOf } from '../wire/layouts.ts'
import type { ListEntry, ListName } from '../wire/lists.ts'
import { listEntry } from '../wire/lists.ts'
import type { Lists } from './lists.ts'

/** An entry of a list; one that the list does not have keeps its id. Choice 6 */
export function shownItem(lists: Lists, list: ListName, id: number | undefined): ListItem | null {
  return id === undefined ? null : itemOf(lists.entry(list, id) ?? listEntry({ Id: id }))
}

export function shownCategory(lists: Lists, id: number | undefined): Category | null {
  if (id === undefined) return null
  return categoryOf(lists.entry('category', id) ?? listEntry({ Id: id }))
}

function itemOf({ Id, Value, Tooltip }: ListEntry): ListItem {
  return { Id, Value, Tooltip, TableRight: null, FieldProperties: {} }
}

function categoryOf({ Id, Value, Tooltip, CategoryGroup, EnableLeadStatus, Rank, Deleted }: ListEntry) {
  return {
    Id,
    Value,
    Tooltip,
    CategoryGroup,
    EnableLeadStatus,
    Rank,
    Deleted,
    TableRight: null,
    FieldProperties: {},
  } satisfies Category
}

/** Entries of the tenant's country list win over the English name. */
export function shownCountryCard(lists: Lists, facts: CountryFacts | undefined): Country | null {
  if (facts === undefined) return null
  const entry = lists.entry('country', facts.id)
  const englishName = englishNameOf(facts)
  const layout = layoutOf(facts.code).id
  return {
    CountryId: facts.id,
    Name: entry?.Value || englishName,
    CurrencyId: 0,
    EnglishName: englishName,
    TwoLetterISOCountry: facts.code,
    ThreeLetterISOCountry: facts.alpha3,
    ImageDescription: null,
    OrgNrText: 'VAT No.:',
    InterAreaPrefix: facts.interArea,
    DialInPrefix: facts.dialIn,
    ZipPrefix: facts.zipPrefix,
    DomainName: facts.code.toLowerCase(),
    AddressLayoutId: layout,
    DomesticAddressLayoutId: layout,
    ForeignAddressLayoutId: layout,
    Rank: entry?.Rank ?? 0,
    Tooltip: entry?.Tooltip ?? '',
    Deleted: entry?.Deleted ?? false,
    TableRight: null,
    FieldProperties: {},
  }
}
