import { refused } from '../../../core/problem.ts'
import type { Json, JsonObject } from '../../kit/json.ts'
import { isJsonObject } from '../../kit/json.ts'
import { PATCH_LIMIT } from '../wire.ts'
import type { Operation } from './operation.ts'
import { isDictionary, isReference, keyIn, type Pointer } from './pointer.ts'

/**
 * The operations that an object to merge stands for. An array replaces an array, an object is appended to one
 * (trap 4: it deviates from RFC 7396); null blanks; members that an entity does not have are ignored, as in a PUT.
 * @throws Problem refused (too-many)
 * @see specs/superoffice.md 3.2
 */
export function mergeOperations(entity: JsonObject, patch: JsonObject): readonly Operation[] {
  const operations: Operation[] = []
  collect(entity, patch, [], operations)
  if (operations.length > PATCH_LIMIT) {
    throw refused('too-many', { property: 'The patch', limit: PATCH_LIMIT })
  }
  return operations
}

function collect(target: JsonObject, patch: JsonObject, path: Pointer, operations: Operation[]): void {
  for (const name of Object.keys(patch)) {
    const value = patch[name] as Json
    const key = keyIn(target, name, path)
    const mayAdd = isDictionary(path) || isReference(path)
    if (key === undefined && !mayAdd) continue
    const at = [...path, key ?? name]
    const current = key === undefined ? undefined : target[key]
    if (Array.isArray(current) && isJsonObject(value)) {
      operations.push({ op: 'add', path: [...at, '-'], value })
    } else if (isJsonObject(current) && isJsonObject(value)) {
      collect(current, value, at, operations)
    } else {
      operations.push({ op: key === undefined ? 'add' : 'replace', path: at, value })
    }
  }
}
