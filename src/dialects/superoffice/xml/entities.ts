import { problem } from '../../../core/problem.ts'

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{1,8}));|&/gi

/**
 * A text with XML's own references resolved.
 * @throws Problem body-syntax on any other one, and on characters that no text may hold
 * @see XML 1.0 §4.1, §4.6
 */
export function decodedText(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(REFERENCE, (_, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named(name)
    if (decimal === undefined && hex === undefined) throw unreadable('an ampersand that begins nothing')
    return character(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal))
  })
}

function named(name: string): string {
  const text = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined
  if (text === undefined) throw unreadable(`entity ${name}, which nobody defined`)
  return text
}

const SURROGATES = [0xd800, 0xdfff] as const
const LAST_CHARACTER = 0x10ffff

function character(code: number): string {
  const isSurrogate = code >= SURROGATES[0] && code <= SURROGATES[1]
  if (code === 0 || isSurrogate || code > LAST_CHARACTER) throw unreadable('a reference to no character')
  return String.fromCodePoint(code)
}

function unreadable(fault: string) {
  return problem('body-syntax', { fault })
}
