import { Problem } from '../../core/problem.ts'
import type { Json } from '../kit/json.ts'
import { readJson } from '../kit/json.ts'

/**
 * The value of a JSON text, or of one that a lenient reader takes for JSON: commas before a closing bracket, strings in
 * single quotes, names without quotes, comments. Everything else that strict reading refuses is refused.
 * @throws Problem body-missing, body-syntax
 * @see specs/superoffice.md 1.1
 */
export function readLenientJson(body: string): Json {
  try {
    return readJson(body)
  } catch (error) {
    if (!(error instanceof Problem) || !error.is('body-syntax')) throw error
    const strict = strictJson(body)
    if (strict === undefined) throw error
    return readJson(strict)
  }
}

const SPACE = new Set([' ', '\t', '\r', '\n', '\u00a0', '\ufeff'])
const NAME_START = /[A-Za-z_$]/
const NAME_PART = /[\w$]/

/** The text with what a lenient reader overlooks made strict; undefined when it ends within a string or comment. */
export function strictJson(body: string): string | undefined {
  const tokens: string[] = []
  let at = 0
  while (at < body.length) {
    const token = body[at] ?? ''
    const end = endOfToken(body, at, token)
    if (end === undefined) return undefined
    if (isClosing(token) && tokens.at(-1) === ',' && !isOpening(tokens.at(-2))) tokens.pop()
    if (token === ':') quoteName(tokens)
    if (!SPACE.has(token) && token !== '/')
      tokens.push(token === "'" ? doubleQuoted(body.slice(at + 1, end - 1)) : body.slice(at, end))
    at = end
  }
  return tokens.join('')
}

/** Where the token that begins at `at` ends. */
function endOfToken(body: string, at: number, first: string): number | undefined {
  if (first === '"' || first === "'") return endOfString(body, at, first)
  if (first === '/') return endOfComment(body, at)
  if (isPunctuation(first)) return at + 1
  let end = at + 1
  if (NAME_START.test(first)) {
    while (end < body.length && NAME_PART.test(body[end] ?? '')) end++
    return end
  }
  while (end < body.length && !isBorder(body[end] ?? '')) end++
  return end
}

function endOfString(body: string, at: number, quote: string): number | undefined {
  for (let end = at + 1; end < body.length; end++) {
    if (body[end] === quote) return end + 1
    if (body[end] === '\\') end++
  }
  return undefined
}

function endOfComment(body: string, at: number): number | undefined {
  if (body[at + 1] === '/') {
    const end = body.indexOf('\n', at)
    return end < 0 ? body.length : end
  }
  const end = body[at + 1] === '*' ? body.indexOf('*/', at + 2) : -1
  return end < 0 ? undefined : end + 2
}

function isPunctuation(character: string): boolean {
  return SPACE.has(character) || ',:{}[]'.includes(character)
}

/** Numbers end here. */
function isBorder(character: string): boolean {
  return isPunctuation(character) || character === '"' || character === "'" || character === '/'
}

function isClosing(character: string): boolean {
  return character === '}' || character === ']'
}

function isOpening(token: string | undefined): boolean {
  return token === '{' || token === '['
}

/** Quotes the bare name that stands last, before a colon. */
function quoteName(tokens: string[]): void {
  const name = tokens.at(-1) ?? ''
  if (NAME_START.test(name[0] ?? '')) tokens[tokens.length - 1] = `"${name}"`
}

const QUOTE_OR_ESCAPE = /\\[\s\S]|"/g

/** The inside of a string in single quotes, in double ones. */
function doubleQuoted(inside: string): string {
  const escaped = inside.replace(QUOTE_OR_ESCAPE, (part) => {
    if (part === '"') return '\\"'
    return part === "\\'" ? "'" : part
  })
  return `"${escaped}"`
}
