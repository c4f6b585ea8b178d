import { folded } from '../../../core/index-rows.ts'
import { urlKey } from '../../../core/keys.ts'

/** Kinds of index rows, and what the key of each holds. */
export const KIND = {
  /** A word of a name in any language, without accents. */
  word: 'uitdatabank.word',
  /** Name and language. */
  name: 'uitdatabank.name',
  /** A field of the address and its language. */
  addressCountry: 'uitdatabank.country',
  addressLocality: 'uitdatabank.locality',
  postalCode: 'uitdatabank.postcode',
  streetAddress: 'uitdatabank.street',
  label: 'uitdatabank.label',
  creator: 'uitdatabank.creator',
  contributor: 'uitdatabank.contributor',
  /** Host of the website, without `www.` and port. */
  domain: 'uitdatabank.domain',
  mainLanguage: 'uitdatabank.mainLanguage',
  language: 'uitdatabank.language',
  completedLanguage: 'uitdatabank.completedLanguage',
  /** As `sortable` gives it. */
  completeness: 'uitdatabank.completeness',
  /** There, if there is an image. */
  image: 'uitdatabank.image',
  /** Of the core: the normalized website. */
  website: 'website',
} as const

/** Between a text and its language: sorts before all that a text can go on with. */
const SEPARATOR = '\u0001'

/** Longest text in a key, so that its language still fits; longer ones are found by their beginning. */
const TEXT_LIMIT = 250

/** The text as keys hold it. */
export function textKey(text: string): string {
  return folded(text).slice(0, TEXT_LIMIT)
}

/** The text with its language; `??` as language in a pattern stands for any. */
export function translatedKey(text: string, language: string): string {
  return `${text}${SEPARATOR}${language}`
}

/** The words of a text, without accents. */
export function wordsOf(text: string): readonly string[] {
  return bare(text)
    .split(NO_WORD)
    .filter((word) => word !== '')
}

const NO_WORD = /[^\p{L}\p{N}]+/u
const ACCENTS = /\p{M}/gu

/** Folded, without accents. */
export function bare(text: string): string {
  return folded(text).normalize('NFKD').replace(ACCENTS, '')
}

/** Host of a URL, or of what is left of one: without scheme, `www.` in any case, port, path. */
export function domainOf(url: string): string {
  return urlKey(url.toLowerCase()).replace(/[/?#:].*$/s, '')
}
