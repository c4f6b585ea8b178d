import { domainKey, phoneKey } from '../../../core/keys.ts'
import type { Condition } from '../../../core/query.ts'
import { idIn } from '../lens/sent.ts'
import { KIND } from './indexers.ts'
import { cut, EMAIL_SIGN, PHONE_DIGITS, phoneTerm, plain, wordsOf } from './terms.ts'

/** Pieces that are looked for: between white space. */
export const PIECES_LIMIT = 10

/** Digits as phones and registers write them. */
const DIGITS = /^[+()./-]*\d[+()\d./-]*$/

/**
 * What is looked for, all of it. A word matches what begins so; digits, however written, also the last ones of a phone or
 * the first ones of an identifier, and alone a number; a UUID its organization.
 */
export function wordsCondition(pieces: readonly string[]): Condition {
  const meaning = pieces.filter((piece) => wordsOf(piece).length > 0)
  const asked = meaning.length > 0 ? meaning : pieces
  return { all: groups(asked).map(conditionOf) }
}

/** The pieces of a text. */
export function piecesOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((piece) => piece !== '')
}

/** Each piece alone, but digits that follow one another together. */
function groups(pieces: readonly string[]): readonly (readonly string[])[] {
  const all: string[][] = []
  for (const piece of pieces) {
    const last = all.at(-1)
    if (last !== undefined && DIGITS.test(piece) && DIGITS.test(last[0] ?? '')) last.push(piece)
    else all.push([piece])
  }
  return all
}

function conditionOf(group: readonly string[]): Condition {
  const [piece = ''] = group
  if (!DIGITS.test(piece)) return pieceCondition(piece)
  const digits = group.join('').replace(/\D/g, '')
  return anyOf([
    { all: group.map(pieceCondition) },
    ...(digits.length < PHONE_DIGITS ? [] : [begins(phoneTerm(phoneKey(digits))), begins(digits)]),
    ...(group.length === 1 && digits === piece ? [{ column: 'number', in: [digits] } as const] : []),
  ])
}

function pieceCondition(piece: string): Condition {
  const id = idIn(piece)
  if (id !== undefined) return { column: 'id', in: [id] }
  const words = wordsOf(piece)
  if (words.length === 0) return begins(plain(piece))
  const domain = piece.includes('@') ? '' : plain(domainKey(piece))
  return anyOf([
    { all: words.map(begins) },
    ...(words.length > 1 ? [begins(words.join(''))] : []),
    ...(piece.includes('@') ? [begins(`${EMAIL_SIGN}${plain(piece)}`)] : []),
    ...(piece.startsWith('@') ? [begins(plain(piece.slice(1)))] : []),
    ...(domain === '' ? [] : [begins(domain)]),
  ])
}

function begins(term: string): Condition {
  const test = { startsWith: cut(term) }
  return {
    any: [
      { kind: KIND.term, test },
      { kind: KIND.person, part: 'people', test },
    ],
  }
}

function anyOf(conditions: readonly Condition[]): Condition {
  const all = conditions.flatMap((one) => ('any' in one ? one.any : [one]))
  return all.length === 1 ? (all[0] as Condition) : { any: all }
}
