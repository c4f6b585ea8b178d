import type { Json } from '../../kit/json.ts'
import { isJsonObject } from '../../kit/json.ts'
import { urnOf } from '../lens/sent.ts'
import type { Operation } from './operations.ts'
import { nameIn } from './operations.ts'

/** Name → id of what was made. */
export type Made = ReadonlyMap<string, string>

/** The names that each operation speaks of, in its path or its body: those of earlier ones alone. */
export function spokenBy(operations: readonly Operation[]): readonly (readonly string[])[] {
  const names = new Set<string>()
  return operations.map((operation) => {
    const inPath = nameIn(operation)
    const spoken = namesIn(operation.body, names)
    if (inPath !== undefined) spoken.add(inPath)
    if (operation.as !== undefined) names.add(operation.as)
    return [...spoken]
  })
}

/** The operation with what it speaks of in place of the names. */
export function resolvedOperation(operation: Operation, made: Made): Operation {
  const { path, body } = operation
  const name = nameIn(operation)
  return {
    ...operation,
    ...(name !== undefined && { path: path.replace(`$${name}`, () => made.get(name) ?? '') }),
    ...(body !== undefined && { body: resolved(body, made) }),
  }
}

/** The value with the uid of what was made wherever a text, a member or a step of a JSON Patch is `$NAME`. */
function resolved(value: Json, made: Made): Json {
  if (made.size === 0) return value
  if (typeof value === 'string') return uidFor(value, made) ?? value
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => resolved(stepped(one, made), made))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [uidFor(name, made) ?? name, resolved(member, made)]),
  )
}

/** The names that stand in a value. */
function namesIn(value: Json | undefined, names: ReadonlySet<string>): Set<string> {
  const found = new Set<string>()
  if (value === undefined || names.size === 0) return found
  const look = (text: string): void => {
    for (const step of text.split('/')) {
      if (step.startsWith('$') && names.has(step.slice(1))) found.add(step.slice(1))
    }
  }
  const visit = (one: Json): void => {
    if (typeof one === 'string') look(one)
    else if (Array.isArray(one)) one.forEach(visit)
    else if (isJsonObject(one)) {
      for (const [name, member] of Object.entries(one)) {
        look(name)
        visit(member)
      }
    }
  }
  visit(value)
  return found
}

/** An operation of JSON Patch with its pointers resolved; anything else as it is. */
function stepped(value: Json, made: Made): Json {
  if (!isJsonObject(value) || typeof value['op'] !== 'string') return value
  const pointer = (member: Json | undefined) =>
    typeof member !== 'string'
      ? member
      : member
          .split('/')
          .map((step) => uidFor(step, made) ?? step)
          .join('/')
  const { path, from } = value
  return {
    ...value,
    ...(path !== undefined && { path: pointer(path) as Json }),
    ...(from !== undefined && { from: pointer(from) as Json }),
  }
}

function uidFor(text: string, made: Made): string | undefined {
  const id = text.startsWith('$') ? made.get(text.slice(1)) : undefined
  return id === undefined ? undefined : urnOf(id)
}
