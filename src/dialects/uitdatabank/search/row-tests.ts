import type { Range, RowTest } from '../../../core/query.ts'
import type { Pattern, TermTest } from '../lucene.ts'
import { textKey, translatedKey } from './keys.ts'

/** How a row passes a term's test; undefined when any row does. */
export function rowTestOf(test: TermTest, keyOf = textKey): RowTest | undefined {
  if ('is' in test) return { is: keyOf(test.is) }
  if ('range' in test) return { range: boundsOf(test.range, keyOf) }
  const { like } = test
  if (isAnything(like)) return undefined
  const [first, second, third] = like
  // What an index can find by its beginning, and what needs no pattern.
  if (typeof first === 'string' && isAny(second) && like.length === 2) return { startsWith: keyOf(first) }
  if (isAny(first) && typeof second === 'string') {
    if (like.length === 2) return { endsWith: keyOf(second) }
    if (isAny(third) && like.length === 3) return { contains: keyOf(second) }
  }
  return { like: patternOf(like, keyOf) }
}

/** The same for rows whose key ends in a language; undefined as language is any of two letters. */
export function translatedTestOf(test: TermTest, language: string | undefined): RowTest | undefined {
  if ('is' in test) {
    const key = textKey(test.is)
    return language === undefined
      ? { like: translatedKey(escaped(key), ANY_LANGUAGE) }
      : { is: translatedKey(key, language) }
  }
  if ('like' in test) {
    if (isAnything(test.like) && language === undefined) return undefined
    return { like: translatedKey(patternOf(test.like, textKey), language ?? ANY_LANGUAGE) }
  }
  const range: RowTest = { range: translatedBoundsOf(test.range) }
  return language === undefined ? range : { all: [range, { endsWith: translatedKey('', language) }] }
}

export function isAnything(pattern: Pattern): boolean {
  return pattern.every(isAny)
}

const ANY_LANGUAGE = '??'

/** Greater than all that a text can go on with. */
const LAST = '\u{10ffff}'

function isAny(piece: Pattern[number] | undefined): boolean {
  return typeof piece === 'object' && piece.wildcard === '*'
}

function patternOf(pattern: Pattern, keyOf: (text: string) => string): string {
  return pattern.map((piece) => (typeof piece === 'string' ? escaped(keyOf(piece)) : piece.wildcard)).join('')
}

function escaped(text: string): string {
  return text.replace(/[\\*?]/g, '\\$&')
}

function boundsOf({ from, to, excludes }: Range, keyOf: (text: string) => string): Range {
  return {
    ...(from !== undefined && { from: keyOf(from) }),
    ...(to !== undefined && { to: keyOf(to) }),
    ...(excludes !== undefined && { excludes }),
  }
}

/** Keys go on with a language, so a bound that is in it lies behind all of them, and one that is not before. */
function translatedBoundsOf({ from, to, excludes }: Range): Range {
  const excludesFrom = excludes === 'from' || excludes === 'both'
  const excludesTo = excludes === 'to' || excludes === 'both'
  return {
    ...(from !== undefined && { from: translatedKey(textKey(from), excludesFrom ? LAST : '') }),
    ...(to !== undefined && { to: translatedKey(textKey(to), excludesTo ? '' : LAST) }),
  }
}
