import { refused } from '../../../core/problem.ts'
import type { Json, JsonObject } from '../../kit/json.ts'
import { isJsonObject } from '../../kit/json.ts'
import { misfit } from '../values.ts'
import { applied } from './apply.ts'
import { mergeOperations } from './merge.ts'
import type { Operation } from './operation.ts'
import { readOperations } from './operation.ts'

/** What a PATCH asks for: operations, or an object to merge. */
export type Patch =
  | { readonly kind: 'operations'; readonly operations: readonly Operation[] }
  | { readonly kind: 'merge'; readonly object: JsonObject }

/**
 * A patch, whose kind its body's shape decides, whatever its Content-Type (trap 3).
 * @throws Problem body-invalid, refused (patch-…, too-many)
 * @see specs/superoffice.md 3.2
 */
export function readPatch(body: Json): Patch {
  if (Array.isArray(body)) return { kind: 'operations', operations: readOperations(body) }
  if (isJsonObject(body)) return { kind: 'merge', object: body }
  throw misfit([], 'Array')
}

/**
 * The entity as a client wants it, from the one that it would read now.
 * @throws Problem refused (patch-…): nothing of a patch counts unless all of it does
 */
export function patched(entity: JsonObject, patch: Patch): JsonObject {
  const operations = patch.kind === 'merge' ? mergeOperations(entity, patch.object) : patch.operations
  const after = applied(entity, operations)
  if (!isJsonObject(after)) throw refused('patch-path', { path: '/' })
  return after
}
