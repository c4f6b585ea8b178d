import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { problem } from '../../../core/problem.ts'
import type { Json } from '../../kit/json.ts'
import { decodedText } from './entities.ts'
import { isCarrier, isDictionary, isList } from './names.ts'

/** Levels of elements: a contact needs six. */
const DEEPEST = 32

/** As the parser gives it: one member named by the element, and its attributes. */
type Node = Readonly<Record<string, unknown>>

const TEXT = '#text'
const CDATA = '#cdata'
const ATTRIBUTES = ':@'

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  cdataPropName: CDATA,
  // Entities are decoded here, so that a document can bring none of its own.
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: DEEPEST,
})

/**
 * The entity in an XML document, as JSON: texts stay texts. A document type is refused, and with it every entity that is
 * not XML's own.
 * @throws Problem body-missing, body-syntax
 * @see specs/superoffice.md 2.2; choice 41
 */
export function readXml(body: string): Json {
  const text = body.startsWith('\ufeff') ? body.slice(1) : body
  if (text.trim() === '') throw problem('body-missing', {})
  if (/<!DOCTYPE/i.test(text)) throw unreadable('a document type')
  if (text.includes('\0')) throw unreadable('U+0000 in a text')
  const roots = parsed(text).filter((node) => nameOf(node) !== TEXT)
  const [root] = roots
  if (root === undefined || roots.length > 1) throw unreadable('not one element')
  return valueOf(root, 0)
}

function parsed(text: string): readonly Node[] {
  // The validator refuses what the parser guesses at; both tell of it in their own ways.
  let nodes: unknown
  try {
    if (XMLValidator.validate(text) !== true) throw unreadable('not XML')
    nodes = parser.parse(text)
  } catch {
    throw unreadable('not XML')
  }
  return nodes as readonly Node[]
}

function valueOf(node: Node, depth: number): Json {
  if (depth >= DEEPEST) throw unreadable(`nested deeper than ${DEEPEST} levels`)
  const name = nameOf(node)
  if (isNil(node)) return null
  const elements = childrenOf(node).filter((child) => !isText(child))
  if (isList(name)) return elements.map((item) => itemOf(item, depth + 1))
  if (isDictionary(name)) return dictionaryOf(elements, depth + 1)
  if (elements.length > 0) return objectOf(elements, depth + 1)
  const text = textIn(node)
  return text.trim() === '' && isCarrier(name) ? null : text
}

/** A line of localized fields is a list itself. */
function itemOf(item: Node, depth: number): Json {
  if (nameOf(item).toLowerCase() !== 'arrayoflocalizedfield') return valueOf(item, depth)
  return childrenOf(item)
    .filter((child) => !isText(child))
    .map((field) => valueOf(field, depth + 1))
}

function objectOf(elements: readonly Node[], depth: number): Json {
  const members: Record<string, Json> = Object.create(null)
  for (const element of elements) {
    const name = nameOf(element)
    if (Object.hasOwn(members, name)) throw unreadable(`element ${name} twice`)
    members[name] = valueOf(element, depth)
  }
  return { ...members }
}

function dictionaryOf(items: readonly Node[], depth: number): Json {
  const entries: Record<string, Json> = Object.create(null)
  for (const item of items) {
    const pair = new Map(
      childrenOf(item)
        .filter((child) => !isText(child))
        .map((child) => [nameOf(child).toLowerCase(), child]),
    )
    const key = pair.get('key')
    if (key === undefined) throw unreadable('an item without a Key')
    const name = textIn(key)
    if (name === '__proto__' || Object.hasOwn(entries, name)) throw unreadable('a key twice')
    const value = pair.get('value')
    entries[name] = value === undefined ? null : valueOf(value, depth + 1)
  }
  return { ...entries }
}

function nameOf(node: Node): string {
  return Object.keys(node).find((key) => key !== ATTRIBUTES) ?? ''
}

function childrenOf(node: Node): readonly Node[] {
  const children = node[nameOf(node)]
  return Array.isArray(children) ? (children as readonly Node[]) : []
}

function isText(node: Node): boolean {
  const name = nameOf(node)
  return name === TEXT || name === CDATA
}

function isNil(node: Node): boolean {
  const attributes = node[ATTRIBUTES] as Readonly<Record<string, unknown>> | undefined
  const nil = attributes?.['nil']
  return nil === 'true' || nil === '1'
}

function textIn(node: Node): string {
  return childrenOf(node)
    .map((child) => {
      if (nameOf(child) === TEXT) return decodedText(String(child[TEXT]))
      if (nameOf(child) !== CDATA) return ''
      return childrenOf(child)
        .map((part) => String(part[TEXT] ?? ''))
        .join('')
    })
    .join('')
}

function unreadable(fault: string) {
  return problem('body-syntax', { fault })
}
