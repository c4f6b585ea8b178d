import { isSame } from '../../../core/dossier.ts'
import { withFacet } from '../../../core/facet.ts'
import type { Organization, Translations } from '../../../core/organization.ts'
import { addressesOf } from './addresses.ts'
import type { TranslatedMembers } from './completeness.ts'
import { completedLanguagesOf } from './completeness.ts'
import type { UitdatabankFacet } from './facet.ts'
import { facetOf } from './facet.ts'
import { mainLanguageOf, namesOf, translationsOf } from './names.ts'

/** The organization with its own texts of education in the facet. */
export function withEducation(organization: Organization, texts: Translations): Organization {
  const facet = facetOf(organization)
  if (texts === (facet.educationalDescription ?? NO_TEXTS)) return organization
  const educationalDescription = Object.keys(texts).length > 0 ? texts : undefined
  return {
    ...organization,
    facets: withFacet(organization.facets, 'uitdatabank', { ...facet, educationalDescription }),
  }
}

export function educationOf(organization: Organization): Translations {
  return facetOf(organization).educationalDescription ?? NO_TEXTS
}

const NO_TEXTS: Translations = {}

/** The members whose languages count. */
export function translatedMembersOf(organization: Organization): TranslatedMembers {
  return {
    name: namesOf(organization),
    address: addressesOf(organization.addresses),
    description: translationsOf(organization.description),
    educationalDescription: translationsOf(educationOf(organization)),
  }
}

/** The languages that are complete; when none is, those that were shown before, else the main language. */
export function shownCompletedLanguagesOf(
  organization: Organization,
  members = translatedMembersOf(organization),
) {
  const standing = facetOf(organization).completedLanguages ?? [mainLanguageOf(organization)]
  return completedLanguagesOf(members, standing)
}

/** The parts that its languages come from. */
const STANDING = ['language', 'name', 'addresses', 'description', 'facets'] as const

/** `after` with what stays standing because a client saw it: the main language, and completed languages when none is left. */
export function withStanding(before: Organization, after: Organization): Organization {
  if (before.version === 0 || STANDING.every((part) => before[part] === after[part])) return after
  const mainLanguage = mainLanguageOf(before)
  const completedLanguages = shownCompletedLanguagesOf(before)
  const isMoved = mainLanguageOf(after) !== mainLanguage
  const isLost =
    completedLanguagesOf(translatedMembersOf(after), []).length === 0 &&
    !isSame(facetOf(after).completedLanguages ?? [mainLanguage], completedLanguages)
  if (!isMoved && !isLost) return after
  const facet: UitdatabankFacet = {
    ...facetOf(after),
    ...(isMoved && { mainLanguage }),
    ...(isLost && { completedLanguages }),
  }
  return { ...after, facets: withFacet(after.facets, 'uitdatabank', { ...facet }) }
}
