import type { Organization } from '../../../core/organization.ts'
import type { Catalogue } from '../../../core/principal.ts'
import type { CountryFacts } from '../wire/countries.ts'
import { countryWithCode, countryWithId } from '../wire/countries.ts'
import type { CountrySent } from './address-put.ts'

/**
 * The country that a contact is in: of its street address, else of its postal one, else its tenant's. Undefined when
 * the vendor's codes cannot express it.
 */
export function shownCountry(organization: Organization, { tenant }: Catalogue): CountryFacts | undefined {
  const code = countryCodeOf(organization) ?? tenant.country
  return code === undefined ? undefined : countryNamed(code)
}

/** The code of the country that an organization's own addresses are in. */
export function countryCodeOf({ addresses, language }: Organization): string | undefined {
  return addresses.street?.[language]?.country ?? addresses.postal?.[language]?.country
}

/** The vendor's id of a country; 0 for what its codes cannot express. */
export function countryIdOf(code: string | undefined): number {
  return code === undefined ? 0 : (countryNamed(code)?.id ?? 0)
}

function countryNamed(code: string): CountryFacts | undefined {
  return countryWithCode(code) ?? countryWithCode(code.toUpperCase())
}

/** The country that a request names; an id without a country names none. */
export function countrySent(
  shown: CountryFacts | undefined,
  id: number | undefined,
): CountrySent | undefined {
  const facts = id === undefined ? undefined : countryWithId(id)
  return facts === undefined ? undefined : { code: facts.code, isEdit: facts !== shown }
}
