import type { Organization, Translations } from '../../../core/organization.ts'
import { mainName } from '../../../core/organization.ts'
import { clip } from '../../../core/text.ts'
import type { Language, Translated } from '../wire.ts'
import { isText, LANGUAGE_PATTERN, LANGUAGES, NAME_LIMIT } from '../wire.ts'
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

/** The names that the document has room for; the main language always has one. */
export function namesOf(organization: Organization): Translated<string> {
  const names = translationsOf(organization.name, NAME_LIMIT)
  const main = mainLanguageOf(organization)
  return names[main] === undefined ? { [main]: clip(mainName(organization), NAME_LIMIT), ...names } : names
}

/** The names after a request: what it mentions is set, and nothing removes a name. @see specs/uitdatabank.md 4.1 */
export function withNames(organization: Organization, sent: Translated<string>): Translations {
  const edits = editsBetween(namesOf(organization), sent)
  if (edits.length === 0) return organization.name
  return { ...organization.name, ...standIn(organization), ...Object.fromEntries(edits) }
}

/** The main name where it stands in for a language that has none: made its translation, or the next view would lose it. */
function standIn(organization: Organization): Translations {
  const main = mainLanguageOf(organization)
  const isNeeded = organization.version > 0 && !isText(organization.name[main])
  return isNeeded ? { [main]: mainName(organization) } : {}
}

/** The texts in languages of two letters that are not blank, in the order of the record. */
export function translationsOf(texts: Translations, limit?: number): Translated<string> {
  const shown: Record<string, string> = {}
  for (const [language, text] of Object.entries(texts)) {
    if (LANGUAGE_PATTERN.test(language) && isText(text)) {
      shown[language] = limit === undefined ? text : clip(text, limit)
    }
  }
  return shown
}

/**
 * The texts after a document that mentions all it wants to keep: languages of the model that it leaves out go, all
 * others stay. Returns `texts` itself when nothing changes.
 */
export function withTranslations(texts: Translations, sent: Translated<string> = {}): Translations {
  const shown = translationsOf(texts)
  const removed = LANGUAGES.filter(
    (language) => shown[language] !== undefined && sent[language] === undefined,
  )
  const edits = editsBetween(shown, sent)
  if (removed.length + edits.length === 0) return texts
  const kept = Object.entries(texts).filter(([language]) => !(removed as string[]).includes(language))
  return { ...Object.fromEntries(kept), ...Object.fromEntries(edits) }
}

/** The texts with one language set, or removed when `text` is undefined. */
export function withTranslation(
  texts: Translations,
  language: string,
  text: string | undefined,
): Translations {
  const shown = translationsOf(texts)[language]
  if (text === shown) return texts
  const { [language]: _, ...others } = texts
  return text === undefined ? others : { ...texts, [language]: text.trim() }
}

/** Of what is sent, only the languages of the model: others in a body are not read. @see specs/uitdatabank.md 1.1 */
export function ofModel<T>(sent: Translated<T> | undefined): Translated<T> | undefined {
  return sent && Object.fromEntries(Object.entries(sent).filter(([language]) => isLanguage(language)))
}

/** What is sent differently from what is shown, trimmed. */
function editsBetween(
  shown: Translated<string>,
  sent: Translated<string>,
): readonly (readonly [language: string, text: string])[] {
  return Object.entries(sent)
    .filter(([language, text]) => isText(text) && text !== shown[language])
    .map(([language, text]) => [language, text.trim()])
}
