import { isSame } from '../../../core/dossier.ts'
import { withFacet } from '../../../core/facet.ts'
import type { Organization, Translations } from '../../../core/organization.ts'
import type { OrganizerView, Translated } from '../wire.ts'
import { addressesOf } from './addresses.ts'
import { completedLanguagesOf } from './completeness.ts'
import { facetOf } from './facet.ts'
import { mainLanguageOf, namesOf, translationsOf, withTranslations } from './names.ts'

/** `after` with the facet that goes with it: its own texts, and what stays standing because a client saw it. */
export function withFacetEdits(
  before: Organization,
  after: Organization,
  sent: Translated<string> | undefined,
  shown: OrganizerView,
): Organization {
  const facet = facetOf(after)
  const stored = (facet.educationalDescription ?? {}) as Translations
  const educationalDescription = withTranslations(stored, sent)
  const edits = {
    ...(educationalDescription !== stored && {
      educationalDescription:
        Object.keys(educationalDescription).length > 0 ? educationalDescription : undefined,
    }),
    ...(before.version > 0 && standing(before, after, educationalDescription, shown)),
  }
  if (Object.keys(edits).length === 0) return after
  return { ...after, facets: withFacet(after.facets, 'uitdatabank', { ...facet, ...edits }) }
}

/** The main language never changes; and with no language complete any more, those that were stay. @see specs/uitdatabank.md 1, 4.1 */
function standing(
  before: Organization,
  after: Organization,
  educationalDescription: Translations,
  shown: OrganizerView,
): object {
  const mainLanguage = mainLanguageOf(before)
  const isMoved = mainLanguageOf(after) !== mainLanguage
  const complete = completedLanguagesOf(
    {
      name: namesOf(after),
      address: addressesOf(after.addresses),
      description: translationsOf(after.description),
      educationalDescription: translationsOf(educationalDescription),
    },
    [],
  )
  const wouldShow = facetOf(after).completedLanguages ?? [mainLanguage]
  const isLost = complete.length === 0 && !isSame(wouldShow, shown.completedLanguages)
  return {
    ...(isMoved && { mainLanguage }),
    ...(isLost && { completedLanguages: shown.completedLanguages }),
  }
}
