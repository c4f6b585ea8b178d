import { cutKey, PERSON_MARK } from '../../../core/index-rows.ts'
import { domainKey, phoneKey } from '../../../core/keys.ts'
import { withPlainLetters } from '../../../core/name-key.ts'

/** Longest text that is compared; what is longer is found by its beginning. UTF-16 units. */
const TERM_LIMIT = 200

/** Terms of one text, and items of one list, that a record is found by: those that come later are not. */
const TERMS_LIMIT = 200

/** Before the digits of a phone, from the last to the first, and before a whole e-mail address: no word begins so. */
export const PHONE_SIGN = '#'
export const EMAIL_SIGN = '@'

/** The fewest digits that are looked for among phones: a street's number is none. */
export const PHONE_DIGITS = 4

/** Text as words are compared: NFKC, lower case, without diacritics. */
export function plain(text: string): string {
  if (isAscii(text)) return text.toLowerCase()
  const bare = text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '')
  return withPlainLetters(bare).replaceAll('ς', 'σ').normalize('NFKC')
}

/** Nothing of it has other forms than those of its letters' case. */
function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false
  return true
}

/** A text cut at white space, and each piece into its words: `d'Or` is `d` and `or`, and also `dor`. */
export function wordsOf(piece: string): readonly string[] {
  return plain(piece)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** What a text is found by. A piece without letters and digits stands for itself. */
export function textTerms(text: string): readonly string[] {
  const pieces = text.split(/\s+/).filter((piece) => piece !== '')
  const terms = pieces.flatMap((piece) => {
    const words = wordsOf(piece)
    if (words.length === 0) return [plain(piece)]
    return words.length === 1 ? words : [...words, words.join('')]
  })
  return few(terms)
}

export function emailTerms(addresses: readonly string[]): readonly string[] {
  return few(
    addresses
      .slice(0, TERMS_LIMIT)
      .flatMap((address) => [`${EMAIL_SIGN}${plain(address)}`, plain(domainKey(address))]),
  )
}

/** Hosts, without `www.`. */
export function linkTerms(uris: readonly string[]): readonly string[] {
  return few(uris.slice(0, TERMS_LIMIT).map((uri) => plain(domainKey(uri))))
}

/** The last eight digits of each, so that any of its last ones find it. */
export function phoneTerms(numbers: readonly string[]): readonly string[] {
  const keys = numbers.slice(0, TERMS_LIMIT).map(phoneKey)
  return few(keys.filter((key) => key.length >= PHONE_DIGITS).map(phoneTerm))
}

/** @param digits the last ones of a phone, at most eight */
export function phoneTerm(digits: string): string {
  return `${PHONE_SIGN}${[...digits].reverse().join('')}`
}

/** The value without punctuation, and its digits. */
export function identifierTerms(values: readonly string[]): readonly string[] {
  return few(
    values.slice(0, TERMS_LIMIT).flatMap((value) => {
      const whole = wordsOf(value).join('')
      return [whole, ...textTerms(value), whole.replace(/\D/g, '')]
    }),
  )
}

/** A text with no space in it, as codes are compared. */
export function codeOf(text: string): string {
  return cutKey(plain(text).replace(/[\s-]+/g, ''), TERM_LIMIT)
}

/** As much of a term as is kept and compared. */
export function cut(term: string): string {
  return cutKey(term, TERM_LIMIT)
}

/** The terms of one part, marked as this part's. */
export function marked(terms: readonly string[], mark: string): readonly string[] {
  return terms.map((term) => `${term}${PERSON_MARK}${mark}`)
}

function few(terms: readonly string[]): readonly string[] {
  const distinct = new Set(terms.filter((term) => term !== '').map(cut))
  return [...distinct].slice(0, TERMS_LIMIT)
}
