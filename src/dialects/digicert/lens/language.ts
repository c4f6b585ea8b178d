import type { Person } from '../../../core/person.ts'
import { ENGLISH_ID } from '../wire.ts'
import { personFacet, withMembers } from './facet.ts'

const ENGLISH = /^en(-|$)/i

/** The id that a client wrote, until the language changes elsewhere; else that of the person's language, if it has one. */
export function languageIdOf({ language, facets }: Person): number | undefined {
  const chosen = personFacet(facets).language
  if (chosen !== undefined && chosen.beside === language) return chosen.id
  return language !== undefined && ENGLISH.test(language) ? ENGLISH_ID : undefined
}

/** The person with the language that is shown replaced. A language that has no id stays out of sight. */
export function withLanguageId(person: Person, id: number | undefined): Person {
  const shown = languageIdOf(person)
  if (shown === id) return person
  const { language, ...speechless } = person
  const kept = language === undefined || ENGLISH.test(language) ? undefined : language
  if (id === ENGLISH_ID) return without(speechless, 'en')
  if (id === undefined) return without(speechless, kept)
  const chosen = kept === undefined ? { id } : { id, beside: kept }
  const facets = withMembers(person.facets, { language: chosen })
  return kept === undefined ? { ...speechless, facets } : { ...speechless, facets, language: kept }
}

/** The person with `language` and no id of the vendor's table. */
function without(person: Omit<Person, 'language'>, language: string | undefined): Person {
  const facets = withMembers(person.facets, { language: undefined })
  return language === undefined ? { ...person, facets } : { ...person, facets, language }
}
