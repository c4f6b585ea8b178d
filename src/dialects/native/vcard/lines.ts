import { addAll } from '../../../core/adding.ts'
import { problem } from '../../../core/problem.ts'

// Content lines of a vCard: how they are cut, folded and escaped. What they mean is not known here.

/** Upper-case name → values, without quotes. */
export type Params = Readonly<Record<string, readonly string[]>>

/** One property of a vCard. */
export interface Line {
  readonly group?: string
  /** Upper case. */
  readonly name: string
  readonly params: Params
  /** As it stands there, escapes included. */
  readonly value: string
  /** Where it was read, from 1. */
  readonly at?: number
}

/** A line as long as this may end; a longer one is folded. In octets, without its line break. @see RFC 6350 §3.2 */
const LONGEST = 75

const NAME = /^[A-Za-z0-9-]+$/

/** What no value may hold: controls but the tab. @see RFC 6350 §3.3 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const CONTROLS = /[\x00-\x08\x0a-\x1f\x7f]/g

/** The text of a vCard with these properties. */
export function textOf(lines: readonly Line[]): string {
  return ['BEGIN:VCARD', 'VERSION:4.0', ...lines.map(lineText), 'END:VCARD'].map(folded).join('')
}

function lineText({ group, name, params, value }: Line): string {
  const all = Object.entries(params).filter(([, values]) => values.length > 0)
  const told = all.map(([param, values]) => `;${param}=${values.map(paramText).join(',')}`)
  return `${group === undefined ? '' : `${group}.`}${name}${told.join('')}:${value.replace(CONTROLS, '')}`
}

/** @see RFC 6868 §3.1 for what cannot stand in a parameter */
function paramText(value: string): string {
  const safe = value.replaceAll('^', '^^').replaceAll('\n', '^n').replaceAll('"', "^'").replace(CONTROLS, '')
  return safe !== '' && /^[A-Za-z0-9._/-]+$/.test(safe) ? safe : `"${safe}"`
}

/** Cut into pieces of at most 75 octets, no character in two. */
function folded(line: string): string {
  if (line.length * 3 <= LONGEST) return `${line}\r\n`
  let text = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > LONGEST) {
      text += '\r\n '
      octets = 1
    }
    text += character
    octets += size
  }
  return `${text}\r\n`
}

/**
 * The properties of the one vCard that a text is, without its frame.
 * @throws Problem body-missing, body-syntax (with the number of the line)
 */
export function linesOf(text: string): readonly Line[] {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text
  if (plain.trim() === '') throw problem('body-missing', {})
  const lines: Line[] = []
  let number = 0
  for (const { line, at } of unfolded(plain)) {
    if (line.trim() === '') continue
    number = at
    lines.push(readLine(line, at))
  }
  const [begin, version] = lines
  const last = lines.at(-1)
  if (!isFrame(begin, 'BEGIN')) throw unreadable(1, 'it does not begin with BEGIN:VCARD')
  if (version?.name !== 'VERSION') throw unreadable(2, 'VERSION must follow BEGIN:VCARD')
  if (version.value.trim() !== '4.0') throw unreadable(2, 'vCards of version 4.0 are read')
  if (lines.length < 3 || !isFrame(last, 'END')) throw unreadable(number, 'it does not end with END:VCARD')
  const within = lines.slice(2, -1)
  if (within.some(({ name }) => name === 'BEGIN' || name === 'END'))
    throw unreadable(number, 'there is more than one vCard')
  return within
}

function isFrame(line: Line | undefined, name: string): boolean {
  return line?.name === name && line.value.trim().toUpperCase() === 'VCARD'
}

function unfolded(text: string): readonly { readonly line: string; readonly at: number }[] {
  const pieces: { parts: string[]; at: number }[] = []
  for (const [index, piece] of text.split(/\r?\n/).entries()) {
    const before = pieces.at(-1)
    if (before !== undefined && /^[ \t]/.test(piece)) before.parts.push(piece.slice(1))
    else pieces.push({ parts: [piece], at: index + 1 })
  }
  return pieces.map(({ parts, at }) => ({ line: parts.join(''), at }))
}

function readLine(line: string, at: number): Line {
  const end = /[;:]/.exec(line)?.index ?? -1
  if (end < 0) throw unreadable(at, 'there is no colon')
  const head = line.slice(0, end)
  const dot = head.indexOf('.')
  const group = dot < 0 ? undefined : head.slice(0, dot)
  const name = head.slice(dot + 1)
  if (!NAME.test(name) || (group !== undefined && !NAME.test(group)))
    throw unreadable(at, 'that is no name of a property')
  const params: Record<string, string[]> = {}
  let from = end
  while (line[from] === ';') from = readParam(line, from + 1, params, at)
  if (line[from] !== ':') throw unreadable(at, 'the parameters do not end')
  const found = { name: name.toUpperCase(), params, value: line.slice(from + 1), at }
  return group === undefined ? found : { group, ...found }
}

/** One parameter, from its name; gives where it ends. */
function readParam(line: string, from: number, params: Record<string, string[]>, at: number): number {
  const equals = line.indexOf('=', from)
  const name = equals < 0 ? '' : line.slice(from, equals).toUpperCase()
  if (!NAME.test(name)) throw unreadable(at, 'a parameter has no name or no value')
  let next = equals
  const values = Object.hasOwn(params, name) ? (params[name] ?? []) : []
  params[name] = values
  do {
    const start = next + 1
    if (line[start] === '"') {
      next = line.indexOf('"', start + 1)
      if (next < 0) throw unreadable(at, 'a quote is not closed')
      const quoted = line.slice(start + 1, next)
      addAll(values, (name === 'TYPE' ? quoted.split(',') : [quoted]).map(plainParam))
      next += 1
    } else {
      next = start
      while (next < line.length && !',;:"'.includes(line[next] ?? '')) next += 1
      values.push(plainParam(line.slice(start, next)))
    }
  } while (line[next] === ',')
  return next
}

const CARETS: Readonly<Record<string, string>> = { '^n': '\n', '^N': '\n', "^'": '"', '^^': '^' }

function plainParam(value: string): string {
  return value.includes('^') ? value.replace(/\^[nN'^]/g, (pair) => CARETS[pair] ?? pair) : value
}

/** A text as a value. @see RFC 6350 §3.4 */
export function escaped(text: string): string {
  return text.replace(/[\\,]/g, '\\$&').replaceAll('\n', '\\n')
}

/** A text as a component of a value that has several. */
export function escapedComponent(text: string): string {
  return text.replace(/[\\,;]/g, '\\$&').replaceAll('\n', '\\n')
}

export function unescaped(value: string): string {
  return value.includes('\\')
    ? value.replace(/\\(.)/g, (_, character: string) => (/n/i.test(character) ? '\n' : character))
    : value
}

/** A URI has no backslash: where one stands before a comma, its writer took it for a text. @see RFC 3986 §2 */
export function uriIn(value: string): string {
  return value.trim().replace(/\\([,;:])/g, '$1')
}

/** The pieces between separators that are not escaped, still escaped. */
export function split(value: string, separator: ',' | ';'): readonly string[] {
  const pieces: string[] = []
  let start = 0
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1
    else if (value[at] === separator) {
      pieces.push(value.slice(start, at))
      start = at + 1
    }
  }
  return [...pieces, value.slice(start)]
}

/** Whether a text can be a value without being escaped: a URI, mostly. */
export function isRaw(text: string): boolean {
  CONTROLS.lastIndex = 0
  return !CONTROLS.test(text)
}

/** Whether a text can be the name of a property, or of a group of them. @see RFC 6350 §3.3 */
export function isToken(text: string): boolean {
  return NAME.test(text)
}

export function unreadable(line: number, what: string) {
  return problem('body-syntax', { fault: `line ${line}: ${what}` })
}
