import { badOption } from '../archive/faults.ts'

/** A piece of a filter. A value may stand in quotes or not; a name never does. */
export interface Token {
  readonly kind: 'word' | 'text' | '(' | ')' | ',' | '=' | 'end'
  readonly value: string
  /** Of its first character, from 1. */
  readonly position: number
}

/** Longest filter, in UTF-16 units. */
const LONGEST = 8_000

const WORD = /[^\s(),='"]+/y
const BLANK = /\s*/y
const PUNCTUATION = '(),='

/**
 * The pieces of a filter, the last of kind `end`. Runs once over the text.
 * @throws Problem refused (option-invalid)
 * @see specs/superoffice.md 4.4
 */
export function tokensOf(text: string): readonly Token[] {
  if (text.length > LONGEST) throw badOption('$filter', `it is longer than ${LONGEST} characters`)
  if (text.includes('\0')) throw badAt(text.indexOf('\0') + 1, 'a character that no text has')
  const tokens: Token[] = []
  for (let at = skip(BLANK, text, 0); at < text.length; at = skip(BLANK, text, at)) {
    const character = text.charAt(at)
    const position = at + 1
    if (PUNCTUATION.includes(character)) {
      tokens.push({ kind: character as '(' | ')' | ',' | '=', value: character, position })
      at += 1
    } else if (character === "'") {
      const { value, end } = quoted(text, at)
      tokens.push({ kind: 'text', value, position })
      at = end
    } else if (character === '"') {
      throw badAt(position, 'a double quote: texts stand in single quotes')
    } else {
      const end = skip(WORD, text, at)
      tokens.push({ kind: 'word', value: text.slice(at, end), position })
      at = end
    }
  }
  return [...tokens, { kind: 'end', value: '', position: text.length + 1 }]
}

/** That something is wrong at a place of the filter. */
export function badAt(position: number, fault: string) {
  return badOption('$filter', `${fault} at position ${position}`)
}

function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : from
}

/** A quote is written twice or after a backslash; a backslash before anything else but a backslash is itself. */
function quoted(text: string, start: number): { readonly value: string; readonly end: number } {
  let value = ''
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at)
    const next = text.charAt(at + 1)
    if (character === '\\' && (next === "'" || next === '\\')) {
      value += next
      at += 1
    } else if (character !== "'") {
      value += character
    } else if (next === "'") {
      value += next
      at += 1
    } else {
      return { value, end: at + 1 }
    }
  }
  throw badAt(start + 1, 'a text that does not end')
}
