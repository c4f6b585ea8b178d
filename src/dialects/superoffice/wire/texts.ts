/**
 * A text as it is shown to whoever asked for `language`: of a multi-language text the one in that language, else the one
 * in English, else the first; of a resource its text. Without a language texts are shown as they are kept.
 * @param language tags in lower case, most wanted first, joined by commas; see `languageOf`
 * @see specs/superoffice.md 3.6
 */
export function textIn(raw: string, language: string | undefined): string {
  if (language === undefined || raw === '') return raw
  if (raw.startsWith('[SR_')) return resourceIn(raw, language)
  const texts = textsIn(raw)
  return texts === undefined ? raw : chosen(texts, language)
}

/** Headers by which a client says in which language it wants texts; the former overrides the latter. */
interface LanguageHeaders {
  readonly 'so-language'?: string | undefined
  readonly 'accept-language'?: string | undefined
}

/** The language that a client asked for, in the form that `textIn` takes; undefined for texts as they are kept. */
export function languageOf(headers: LanguageHeaders): string | undefined {
  const wanted = headers['so-language'] ?? headers['accept-language']
  if (wanted === undefined) return undefined
  const tags = wanted.slice(0, LONGEST_HEADER).split(',').map(readTag)
  const sorted = tags.filter(({ weight }) => weight > 0).sort((left, right) => right.weight - left.weight)
  const [first] = sorted
  if (first === undefined || UNTRANSLATED.has(first.tag)) return undefined
  const known = sorted.map(({ tag }) => tag).filter((tag) => !UNTRANSLATED.has(tag))
  return [...new Set(known)].join(',')
}

/** Longer lists of languages are cut, in UTF-16 units. */
const LONGEST_HEADER = 200

const UNTRANSLATED = new Set(['', '*', 'x', '-'])

/** @see RFC 9110 §12.4.2 */
function readTag(part: string): { readonly tag: string; readonly weight: number } {
  const [tag = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))
  const weight = quality === undefined ? 1 : Number(quality.slice(2))
  return { tag, weight: Number.isFinite(weight) ? weight : 1 }
}

/** The vendor's codes where they are not the language's own letters. */
const CODES: Readonly<Record<string, string>> = {
  en: 'US',
  de: 'GE',
  sv: 'SW',
  nb: 'NO',
  nn: 'NO',
  es: 'SP',
  cs: 'CZ',
  ja: 'JP',
  zh: 'CN',
}

const DEFAULT_CODE = 'US'

/** A quote ends a text where the next one begins, or nothing follows. */
const TEXT = /\s*([A-Z]{2}):"((?:[^"]|"(?!\s*(?:;\s*(?:[A-Z]{2}:"|$)|$)))*)"\s*(?:;|$)/y

/** Code → text of a multi-language text; undefined when it is an ordinary one. */
function textsIn(raw: string): ReadonlyMap<string, string> | undefined {
  if (!raw.includes(':"')) return undefined
  const texts = new Map<string, string>()
  TEXT.lastIndex = 0
  let end = 0
  while (end < raw.length) {
    const match = TEXT.exec(raw)
    if (match === null) break
    const [, code = '', text = ''] = match
    texts.set(code, text)
    end = TEXT.lastIndex
  }
  return texts.size > 0 && raw.slice(end).trim() === '' ? texts : undefined
}

function chosen(texts: ReadonlyMap<string, string>, language: string): string {
  for (const tag of language.split(',')) {
    const primary = tag.split('-', 1)[0] ?? ''
    const text = texts.get(CODES[primary] ?? primary.toUpperCase())
    if (text !== undefined) return text
  }
  return texts.get(DEFAULT_CODE) ?? texts.values().next().value ?? ''
}

const MANDATORY =
  'NO:"Obligatorisk felt";US:"Mandatory field";NL:"Verplicht veld";FR:"Champ obligatoire";GE:"Pflichtfeld"'
const YES = 'NO:"Ja";US:"Yes";NL:"Ja";FR:"Oui";GE:"Ja"'

/** Resources that views use; the vendor's wording is its own, these are ours. */
const RESOURCES: Readonly<Record<string, string>> = {
  '[SR_MANDATORY_FIELD_1281]': MANDATORY,
  '[SR_MANDATORY_FIELD_1285]': MANDATORY,
  '[SR_MANDATORY_FIELD_1288]': MANDATORY,
  '[SR_MANDATORY_FIELD_1289]': MANDATORY,
  '[SR_YES]': YES,
}

/** A resource that nobody knows stays as it is. */
function resourceIn(raw: string, language: string): string {
  const text = Object.hasOwn(RESOURCES, raw) ? RESOURCES[raw] : undefined
  return text === undefined ? raw : textIn(text, language)
}
