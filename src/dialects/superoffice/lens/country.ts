import type { Organization } from '../../../core/organization.ts'
import type { Catalogue } from '../../../core/principal.ts'
import type { CountryFacts } from '../wire/countries.ts'
import { countryWithCode, countryWithId } from '../wire/countries.ts'
import type { CountrySent } from './address-put.ts'

/**
 * The country that a contact is in: of its street address, else of its postal one, else its tenant's. Undefined when
 * the vendor's codes cannot express it.
 */
export function shownCountry(
  { addresses, language }: Organization,
  { tenant }: Catalogue,
): CountryFacts | undefined {
  const code =
    addresses.street?.[language]?.country ?? addresses.postal?.[language]?.country ?? tenant.country
  return code === undefined ? undefined : (countryWithCode(code) ?? countryWithCode(code.toUpperCase()))
}

/** The country that a request names; an id without a country names none. */
export function countrySent(
  shown: CountryFacts | undefined,
  id: number | undefined,
): CountrySent | undefined {
  const facts = id === undefined ? undefined : countryWithId(id)
  return facts === undefined ? undefined : { code: facts.code, isEdit: facts !== shown }
}
