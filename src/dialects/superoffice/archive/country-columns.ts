import { countryCodeOf, countryIdOf, shownCountry } from '../lens/country.ts'
import { listsOf } from '../lens/lists.ts'
import { shownCountryCard } from '../lens/references.ts'
import { COUNTRIES } from '../wire/countries.ts'
import { textIn } from '../wire/texts.ts'
import type { Search } from './column.ts'
import type { ContactColumn, ContactRow } from './contact-row.ts'
import { entryCell } from './contact-row.ts'
import { KIND } from './kinds.ts'
import { orderByMeaning } from './orders.ts'
import { byId } from './searches.ts'

/** The country by its name and by its number; without an address in one, a contact is in its tenant's. */
export const COUNTRY_COLUMNS: readonly ContactColumn[] = [
  {
    name: 'country',
    cell: (row) => {
      const card = countryOf(row)
      return entryCell(row, card?.Name, card?.CountryId)
    },
    search: byId(KIND.country, 'list', idsOf, ({ tenant }) => countryIdOf(tenant.country)),
    order: orderByMeaning(
      [KIND.country],
      (row) => textIn(countryOf(row)?.Name ?? '', row.context.language),
      ({ catalogue, language }) => {
        const lists = listsOf(catalogue)
        const names = new Map(
          COUNTRIES.map((facts) => [
            String(facts.id),
            textIn(shownCountryCard(lists, facts)?.Name ?? '', language),
          ]),
        )
        return { of: names, others: '', none: names.get(String(countryIdOf(catalogue.tenant.country))) ?? '' }
      },
    ),
  },
  {
    name: 'countryId',
    cell: (row) => ({ shown: countryOf(row)?.CountryId ?? 0 }),
    search: byCountryId(),
    order: orderByMeaning(
      [KIND.country],
      (row) => countryOf(row)?.CountryId ?? 0,
      ({ catalogue: { tenant } }) => ({
        of: new Map(COUNTRIES.map(({ id }) => [String(id), id])),
        others: 0,
        none: countryIdOf(tenant.country),
      }),
    ),
  },
]

function countryOf({ organization, context }: ContactRow) {
  return shownCountryCard(listsOf(context.catalogue), shownCountry(organization, context.catalogue))
}

function idsOf({ organization, context }: ContactRow): readonly number[] {
  return [countryIdOf(countryCodeOf(organization) ?? context.catalogue.tenant.country)]
}

/** A number that is compared, of which there are few. */
function byCountryId(): Search<ContactRow> {
  const search = byId(KIND.country, 'int', idsOf, ({ tenant }) => countryIdOf(tenant.country))
  const all = [0, ...COUNTRIES.map(({ id }) => id)]
  return {
    ...search,
    conditionOf(test, catalogue) {
      if (!('least' in test)) return search.conditionOf(test, catalogue)
      const numbers = all.filter((id) => test.least <= id && id <= test.most)
      return search.conditionOf({ numbers }, catalogue)
    },
  }
}
