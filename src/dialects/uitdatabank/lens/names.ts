import type { Organization, Translations } from '../../../core/organization.ts'
import { mainName } from '../../../core/organization.ts'
import { clip } from '../../../core/text.ts'
import type { Language, Translated } from '../wire.ts'
import { isText, LANGUAGES, NAME_LIMIT } from '../wire.ts'
import { facetOf } from './facet.ts'

export function isLanguage(language: string): language is Language {
  return (LANGUAGES as readonly string[]).includes(language)
}

/** The main language if the model has it, else the one that was shown so far, else its first that has a name, else `nl`. */
export function mainLanguageOf(organization: Organization): Language {
  const { language, name } = organization
  if (isLanguage(language)) return language
  return facetOf(organization).mainLanguage ?? LANGUAGES.find((candidate) => isText(name[candidate])) ?? 'nl'
}

/** The names that the model has room for; the main language always has one. */
export function namesOf(organization: Organization): Translated<string> {
  const names = translationsOf(organization.name, NAME_LIMIT)
  const main = mainLanguageOf(organization)
  return names[main] === undefined ? { [main]: clip(mainName(organization), NAME_LIMIT), ...names } : names
}

/** The names after a request: what it mentions is set, and nothing removes a name. @see specs/uitdatabank.md 4.1 */
export function withNames(organization: Organization, sent: Translated<string>): Translations {
  const shown = namesOf(organization)
  const edits = LANGUAGES.filter((language) => isText(sent[language]) && sent[language] !== shown[language])
  if (edits.length === 0) return organization.name
  return {
    ...organization.name,
    ...standIn(organization),
    ...Object.fromEntries(edits.map((language) => [language, (sent[language] ?? '').trim()])),
  }
}

/** The main name where it stands in for a language that has none: made its translation, or the next view would lose it. */
function standIn(organization: Organization): Translations {
  const main = mainLanguageOf(organization)
  const isNeeded = organization.version > 0 && !isText(organization.name[main])
  return isNeeded ? { [main]: mainName(organization) } : {}
}

/** The texts in the languages of the model that are not blank, in the order of the record. */
export function translationsOf(texts: Translations, limit?: number): Translated<string> {
  const shown: Translated<string> = {}
  for (const [language, text] of Object.entries(texts)) {
    if (isLanguage(language) && isText(text)) shown[language] = limit === undefined ? text : clip(text, limit)
  }
  return shown
}

/**
 * The texts after a request that mentions all it wants to keep: languages of the model that it leaves out go, all
 * others stay. Returns `texts` itself when nothing changes.
 */
export function withTranslations<Texts extends Translations>(
  texts: Texts,
  sent: Translated<string> = {},
): Texts {
  const shown = translationsOf(texts)
  const removed = LANGUAGES.filter(
    (language) => shown[language] !== undefined && sent[language] === undefined,
  )
  const edits = LANGUAGES.filter((language) => isText(sent[language]) && sent[language] !== shown[language])
  if (removed.length + edits.length === 0) return texts
  const kept = Object.entries(texts).filter(([language]) => !(removed as string[]).includes(language))
  return {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(edits.map((language) => [language, sent[language]?.trim()])),
  } as Texts
}
