import { DICTIONARIES, itemNameOf } from './names.ts'

const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'

/**
 * A value as an XML document: members are elements, an item is one named by its carrier, a dictionary is a list of keys
 * and values, null is left out.
 * @param root name of the carrier
 * @see specs/superoffice.md 2.2; choice 41
 */
export function xmlOf(root: string, value: unknown): string {
  const pieces = [DECLARATION]
  writeElement(root, value, pieces)
  return pieces.join('')
}

function writeElement(name: string, value: unknown, pieces: string[]): void {
  if (value === null || value === undefined) return
  if (typeof value !== 'object') {
    pieces.push(value === '' ? `<${name} />` : `<${name}>${escaped(String(value))}</${name}>`)
    return
  }
  pieces.push(`<${name}>`)
  if (Array.isArray(value)) {
    const item = itemNameOf(name)
    for (const member of value) writeElement(item, member, pieces)
  } else if (DICTIONARIES.has(name)) {
    for (const [key, member] of Object.entries(value)) {
      writeElement('Item', { Key: key, Value: member }, pieces)
    }
  } else {
    for (const [key, member] of Object.entries(value)) writeElement(key, member, pieces)
  }
  pieces.push(`</${name}>`)
}

/** What XML 1.0 has no way to write. */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

const MARKUP = /[&<>\r]/g
const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }

/** Text between tags. */
export function escaped(text: string): string {
  return text.replace(UNWRITABLE, '\ufffd').replace(MARKUP, (character) => REFERENCES[character] ?? character)
}
