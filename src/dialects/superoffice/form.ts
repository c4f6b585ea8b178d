import { problem } from '../../core/problem.ts'
import type { Json } from '../kit/json.ts'
import { isDictionary } from './xml/names.ts'

/** Names of a path: a contact needs five. */
const DEEPEST = 16

/** A place in the entity that a form describes: a text, or members of one's own. */
type Branch = Map<string, Branch | string>

/**
 * The entity in a form, as JSON: `Category.Id`, `Category[Id]` and `Emails[0].Value` name members; texts stay texts.
 * @throws Problem body-missing, body-syntax
 * @see specs/superoffice.md 2.2
 */
export function readForm(body: string): Json {
  if (body.trim() === '') throw problem('body-missing', {})
  const root: Branch = new Map()
  for (const pair of body.split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const path = pathOf(decoded(at < 0 ? pair : pair.slice(0, at)))
    plant(root, path, at < 0 ? '' : decoded(pair.slice(at + 1)))
  }
  return jsonOf(root, '')
}

/** `Emails[0].Value` → `Emails`, `0`, `Value`. Within brackets a dot is a dot. */
function pathOf(key: string): readonly string[] {
  const path: string[] = []
  const rest = key.replace(NAME, (_, bracketed?: string, plain?: string) => {
    path.push(bracketed ?? plain ?? '')
    return ''
  })
  if (rest !== '' || path.length === 0) throw unreadable('a name that is no path')
  if (path.length > DEEPEST) throw unreadable(`nested deeper than ${DEEPEST} levels`)
  return path
}

const NAME = /\[([^[\]]+)\]|(?:^|\.)([^[\].]+)/g

function plant(root: Branch, path: readonly string[], value: string): void {
  let branch = root
  for (const name of path.slice(0, -1)) {
    const next = branch.get(name) ?? new Map<string, Branch | string>()
    if (typeof next === 'string') throw unreadable(`${name} is a text and has members`)
    branch.set(name, next)
    branch = next
  }
  const last = path.at(-1) ?? ''
  if (branch.has(last)) throw unreadable(`${path.join('.')} twice`)
  branch.set(last, value)
}

function jsonOf(branch: Branch | string, name: string): Json {
  if (typeof branch === 'string') return branch
  const keys = [...branch.keys()]
  const values = keys.map((key) => jsonOf(branch.get(key) ?? '', key))
  if (keys.every((key) => INDEX.test(key))) {
    const order = keys.map((_, at) => at).sort((left, right) => Number(keys[left]) - Number(keys[right]))
    const items = order.map((at) => values[at] as Json)
    return isDictionary(name) ? dictionaryOf(items) : items
  }
  return objectOf(keys.map((key, at) => [key, values[at] as Json]))
}

const INDEX = /^\d{1,9}$/

/** Pairs of a Key and a Value. */
function dictionaryOf(items: readonly Json[]): Json {
  return objectOf(
    items.map((item) => {
      const members = typeof item === 'object' && item !== null && !Array.isArray(item) ? item : {}
      const { Key, Value = '' } = members as Readonly<Record<string, Json>>
      if (typeof Key !== 'string') throw unreadable('an item without a Key')
      return [Key, Value]
    }),
  )
}

function objectOf(entries: readonly (readonly [string, Json])[]): Json {
  if (entries.some(([key]) => key === '__proto__')) throw unreadable('a member is named __proto__')
  return Object.fromEntries(entries)
}

function decoded(text: string): string {
  const plain = text.replaceAll('+', ' ')
  try {
    const read = decodeURIComponent(plain)
    if (read.includes('\0')) throw unreadable('U+0000 in a text')
    return read
  } catch (error) {
    if (error instanceof URIError) throw unreadable('not percent-encoded UTF-8')
    throw error
  }
}

function unreadable(fault: string) {
  return problem('body-syntax', { fault })
}
