import { problem } from '../../core/problem.ts'

/** A JSON value, as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

export interface JsonObject {
  readonly [name: string]: Json
}

const BYTE_ORDER_MARK = 0xfeff
const QUOTE = 0x22
const COLON = 0x3a
const BACKSLASH = 0x5c
const OPENING = [0x5b, 0x7b] as const // [ {
const CLOSING = [0x5d, 0x7d] as const // ] }

/** Levels of arrays and objects: no body of any dialect needs ten, and it keeps every recursion over a body short. */
export const DEEPEST = 64

/**
 * The value that a JSON text stands for, without anything that two readers could read differently.
 *
 * A byte order mark at the start is skipped; at most 64 levels deep; no numbers beyond a double.
 * @throws Problem body-missing if the text is blank
 * @throws Problem body-syntax if it is no JSON, or repeats a name in an object, names a member `__proto__`, or
 *   holds U+0000 or a lone surrogate in a string or name
 * @see RFC 8259 §4, §8.2 and RFC 7493 §2: what they leave to the reader is refused here
 */
export function readJson(text: string): Json {
  const json = text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text
  const colons = colonsOf(json)
  const value = parse(json)
  // Raw U+0000 is no JSON, so only an escape can bring it. The same holds for surrogates in a well-formed text.
  const suspect = json.includes('\\u') || !json.isWellFormed()
  if (membersOf(value, suspect) !== colons) throw unreadable('a name is repeated in an object')
  return value
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The number of members that a JSON text writes: its colons outside strings. `JSON.parse` keeps the last of two
 * members with one name, so a text with a repeated name, and only such a text, has more colons than its value has
 * members. Runs before the parser, which takes half a second for a megabyte of brackets.
 */
function colonsOf(json: string): number {
  let colons = 0
  let depth = 0
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (code === QUOTE) at = endOfString(json, at)
    else if (code === COLON) colons++
    else if (code === OPENING[0] || code === OPENING[1]) depth++
    else if (code === CLOSING[0] || code === CLOSING[1]) depth--
    if (depth > DEEPEST) throw unreadable(`nested deeper than ${DEEPEST} levels`)
  }
  return colons
}

/** The index of the quote that closes the string opened at `start`; the end of the text if there is none. */
function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1)
  while (end > 0 && isEscaped(json, end)) end = json.indexOf('"', end + 1)
  return end < 0 ? json.length : end
}

function isEscaped(json: string, at: number): boolean {
  let first = at
  while (json.charCodeAt(first - 1) === BACKSLASH) first--
  return (at - first) % 2 === 1
}

function parse(json: string): Json {
  try {
    return JSON.parse(json)
  } catch (error) {
    if (json.trim() === '') throw problem('body-missing', {})
    throw unreadable(`not JSON${placeOf(error)}`)
  }
}

/** Where parsing stopped. The rest of the engine's message quotes the body, which may hold what logs must not. */
function placeOf(error: unknown): string {
  const place = error instanceof Error ? / at position \d+/.exec(error.message) : null
  return place?.[0] ?? ''
}

/** The number of members in all objects of `value`, once each of them has been found acceptable. */
function membersOf(value: Json, suspect: boolean): number {
  if (typeof value === 'string') {
    if (suspect) requireText(value)
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw unreadable('a number is too large')
  } else if (Array.isArray(value)) return membersOfArray(value, suspect)
  else if (isJsonObject(value)) return membersOfObject(value, suspect)
  return 0
}

function membersOfArray(array: readonly Json[], suspect: boolean): number {
  let members = 0
  for (const item of array) members += membersOf(item, suspect)
  return members
}

/** What is parsed has no members but its own: to go through them so takes half the time that a list of their names does. */
function membersOfObject(object: JsonObject, suspect: boolean): number {
  let members = 0
  for (const name in object) {
    if (name === '__proto__') throw unreadable('a member is named __proto__')
    if (suspect) requireText(name)
    members += 1 + membersOf(object[name] as Json, suspect)
  }
  return members
}

function requireText(text: string): void {
  if (text.includes('\0')) throw unreadable('U+0000 in a string')
  if (!text.isWellFormed()) throw unreadable('a lone surrogate in a string')
}

function unreadable(fault: string) {
  return problem('body-syntax', { fault })
}
