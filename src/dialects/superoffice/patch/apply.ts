import { isSame } from '../../../core/dossier.ts'
import { refused } from '../../../core/problem.ts'
import type { Json } from '../../kit/json.ts'
import type { Operation } from './operation.ts'
import { indexIn, isDictionary, isInterests, isReference, keyIn, type Pointer, textOf } from './pointer.ts'

type Holder = Json[] | { [name: string]: Json }

/**
 * The document after `operations`, in turn; the one given stays as it is.
 * @throws Problem refused (patch-path) when one finds no place, (patch-test) when a test fails
 */
export function applied(document: Json, operations: readonly Operation[]): Json {
  const after = structuredClone(document) as Json
  for (const operation of operations) apply(after, operation)
  return after
}

function apply(document: Json, operation: Operation): void {
  const { op, path } = operation
  const last = path.at(-1) ?? ''
  const parent = path.slice(0, -1)
  if (op === 'test') {
    const found = valueAt(document, path)
    if (found === undefined || !isSame(found, operation.value)) {
      throw refused('patch-test', { path: textOf(path) })
    }
    return
  }
  const holder = holderAt(document, parent, op !== 'remove')
  if (holder === undefined) throw nowhere(path)
  // The value may be edited by operations that follow.
  const value = op === 'remove' ? null : structuredClone(operation.value)
  if (Array.isArray(holder)) changeItem(holder, operation, last, value)
  else changeMember(holder, operation, last, value)
}

function changeItem(items: Json[], { op, path }: Operation, segment: string, value: Json): void {
  const index = indexIn(items, segment)
  if (index === undefined || (op !== 'add' && index === items.length)) throw nowhere(path)
  if (op === 'add') items.splice(index, 0, value)
  else if (op === 'replace') items[index] = value
  // Whoever takes an interest away does not want it selected; all others stand by their ids, wherever they are.
  else if (isInterests(path.slice(0, -1))) items[index] = deselected(items[index] ?? null)
  else items.splice(index, 1)
}

function changeMember(
  holder: { [name: string]: Json },
  { op, path }: Operation,
  segment: string,
  value: Json,
): void {
  const parent = path.slice(0, -1)
  const key = keyIn(holder, segment, parent)
  if (key !== undefined) {
    // What is removed is blank: a dictionary keeps the keys that nobody sends.
    holder[key] = value
    return
  }
  const mayAdd = op === 'add' || op === 'replace'
  if (!mayAdd || !(isDictionary(parent) || isReference(parent)) || segment === '__proto__')
    throw nowhere(path)
  holder[segment] = value
}

/** The array or object at `path`. @param mayCreate whether a reference that is null gets one */
function holderAt(document: Json, path: Pointer, mayCreate: boolean): Holder | undefined {
  let value: Json | undefined = document
  for (const [at, segment] of path.entries()) {
    const holder = value
    value = childOf(value, segment, path.slice(0, at))
    if (value !== null || !mayCreate || !isReference(path.slice(0, at + 1))) continue
    value = {}
    const carrier = holder as { [name: string]: Json }
    carrier[keyIn(carrier, segment, []) ?? segment] = value
  }
  return typeof value === 'object' && value !== null ? (value as Holder) : undefined
}

function valueAt(document: Json, path: Pointer): Json | undefined {
  let value: Json | undefined = document
  for (const [at, segment] of path.entries()) value = childOf(value, segment, path.slice(0, at))
  return value
}

function childOf(holder: Json | undefined, segment: string, parent: Pointer): Json | undefined {
  if (typeof holder !== 'object' || holder === null) return undefined
  if (Array.isArray(holder)) {
    const index = indexIn(holder, segment)
    return index === undefined ? undefined : holder[index]
  }
  const members = holder as Readonly<Record<string, Json>>
  const key = keyIn(members, segment, parent)
  return key === undefined ? undefined : members[key]
}

function deselected(item: Json): Json {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item
  const members = item as Readonly<Record<string, Json>>
  return { ...members, [keyIn(members, 'Selected', ['', '']) ?? 'Selected']: false }
}

function nowhere(path: Pointer) {
  return refused('patch-path', { path: textOf(path) })
}
