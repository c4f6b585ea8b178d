import { refused } from '../../../core/problem.ts'
import type { Json } from '../../kit/json.ts'
import { misfit, object } from '../values.ts'
import { PATCH_LIMIT } from '../wire.ts'
import { type Pointer, readPointer } from './pointer.ts'

/** One step of a patch. @see RFC 6902 §4 */
export type Operation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: Pointer; readonly value: Json }
  | { readonly op: 'remove'; readonly path: Pointer }

/** @throws Problem body-invalid, refused (patch-operation, patch-path, too-many) */
export function readOperations(body: readonly Json[]): readonly Operation[] {
  if (body.length > PATCH_LIMIT) throw refused('too-many', { property: 'The patch', limit: PATCH_LIMIT })
  return body.map(readOperation)
}

function readOperation(source: Json, at: number): Operation {
  const members = object(source, [at])
  const path = valueNamed(members, 'path')
  if (typeof path !== 'string') throw misfit([at, 'path'], 'String')
  const name = valueNamed(members, 'op')
  if (typeof name !== 'string') throw misfit([at, 'op'], 'String')
  const op = name.trim().toLowerCase()
  const pointer = readPointer(path)
  if (op === 'remove') return { op, path: pointer }
  if (op !== 'add' && op !== 'replace' && op !== 'test') throw refused('patch-operation', { op: name })
  const value = valueNamed(members, 'value')
  if (value === undefined) throw misfit([at, 'value'], 'Object')
  return { op, path: pointer, value }
}

/** The member with this name, whatever its case; null is a value. */
function valueNamed(members: Readonly<Record<string, Json>>, name: string): Json | undefined {
  if (Object.hasOwn(members, name)) return members[name]
  const key = Object.keys(members).find((candidate) => candidate.toLowerCase() === name)
  return key === undefined ? undefined : members[key]
}
