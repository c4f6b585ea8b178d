import { countryWithCode, countryWithId, type CountryFacts } from '../wire/countries.ts'
import type { Catalogue } from '../../../core/principal.ts'
import type { Organization } from '../../../core/organization.ts'

/** Code of the country that a contact is in: of its street address, else its postal one, else its tenant's. */
export function countryCodeOf(organization: Organization, catalogue: Catalogue): string | undefined {
  return storedCountry(organization) ?? catalogue.tenant.country
}

/** The country that is shown; undefined when the record has one that the vendor's codes cannot express. */
export function shownCountry(organization: Organization, catalogue: Catalogue): CountryFacts | undefined {
  const code = countryCodeOf(organization, catalogue)
  return code === undefined ? undefined : (countryWithCode(code) ?? countryWithCode(code.toUpperCase()))
}

/** The code that writing `id` stores; undefined when it is the one shown or none. */
export function writtenCountry(
  organization: Organization,
  catalogue: Catalogue,
  id: number | undefined,
): string | undefined {
  if (id === undefined || id === (shownCountry(organization, catalogue)?.id ?? 0)) return undefined
  return countryWithId(id)?.code
}

function storedCountry({ addresses, language }: Organization): string | undefined {
  return addresses.street?.[language]?.country ?? addresses.postal?.[language]?.country
}
