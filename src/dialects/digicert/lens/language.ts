import type { Person } from '../../../core/person.ts'
import { ENGLISH_ID } from '../wire.ts'
import type { LanguageChoice } from './facet.ts'
import { personFacet, withMembers } from './facet.ts'

const ENGLISH = /^en(-|$)/i

/** The id that a client wrote, until the language changes elsewhere; else that of the person's language, if it has one. */
export function languageIdOf({ language, facets }: Person): number | undefined {
  const chosen = personFacet(facets).language
  if (chosen !== undefined && chosen.beside === language) return chosen.id
  return language !== undefined && ENGLISH.test(language) ? ENGLISH_ID : undefined
}

/** The person with the language that is shown replaced. A language that has no id here is out of sight, and stays. */
export function withLanguageId(person: Person, id: number | undefined): Person {
  if (languageIdOf(person) === id) return person
  const { language, ...speechless } = person
  const kept = language === undefined || ENGLISH.test(language) ? undefined : language
  const isTag = id === undefined || (id === ENGLISH_ID && kept === undefined)
  const chosen: LanguageChoice | undefined = isTag
    ? undefined
    : { id, ...(kept !== undefined && { beside: kept }) }
  const facets = withMembers(person.facets, { language: chosen })
  const spoken = isTag && id !== undefined ? 'en' : kept
  return { ...speechless, facets, ...(spoken !== undefined && { language: spoken }) }
}
