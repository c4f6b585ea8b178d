import { addAll } from '../../core/adding.ts'
import type { Violation } from '../../core/problem.ts'
import { problem, refused } from '../../core/problem.ts'
import type { Json, JsonObject } from '../kit/json.ts'
import { isJsonObject } from '../kit/json.ts'
import { compileSchema } from '../kit/schema.ts'
import type { Holder, Operation } from './json-patch.ts'
import { isDone, stepsOf, WORK_AT_MOST } from './json-patch.ts'
import { JsonPatch } from './patch-schema.ts'
import type { Refusal } from './problems.ts'
import { MERGE_PATCH_TYPE } from './wire.ts'

/** An edit of a JSON document, and where in the patch something stands that is wrong in the result. */
export interface Patch {
  /** @throws Problem refused (patch-failed) */
  readonly apply: (document: unknown) => unknown
  /** Violations of the result with their places in the body that was sent. */
  readonly located: (violations: readonly Violation[]) => readonly Violation[]
}

/** @throws Problem body-invalid when it is no patch */
export function readPatch(body: Json, mediaType: string): Patch {
  return mediaType === MERGE_PATCH_TYPE ? mergePatch(body) : jsonPatch(body)
}

/** @see RFC 7396 §2 */
function mergePatch(patch: Json): Patch {
  if (!isJsonObject(patch))
    throw invalid([{ path: [], keyword: 'type', params: { actual: 'no object', expected: ['object'] } }])
  return {
    apply: (document) => merged(document as Json, patch),
    located: (violations) =>
      violations.map((violation) => ({ ...violation, path: sentPath(violation.path, patch) })),
  }
}

function merged(target: Json | undefined, patch: Json): Json {
  if (!isJsonObject(patch)) return patch
  const result: Record<string, Json> = isJsonObject(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name]
    else result[name] = merged(result[name], value)
  }
  return result
}

/** As far as the patch goes along a path. */
function sentPath(path: Violation['path'], patch: JsonObject): Violation['path'] {
  let at: Json | undefined = patch
  const sent: Violation['path'][number][] = []
  for (const step of path) {
    at = isJsonObject(at) ? at[step] : Array.isArray(at) ? (at as readonly Json[])[step as number] : undefined
    if (at === undefined) break
    sent.push(step)
  }
  return sent
}

const violationsOf = compileSchema(JsonPatch, {
  formats: { 'json-pointer': (text) => /^(?:\/(?:[^~/]|~[01])*)*$/.test(text) },
})

/** @see RFC 6902 */
function jsonPatch(body: Json): Patch {
  const violations = [...violationsOf(body)]
  const operations = body as unknown as readonly Operation[]
  if (violations.length === 0) addAll(violations, operations.flatMap(mistakesIn))
  if (violations.length > 0) throw invalid(violations)
  return {
    apply(document) {
      const holder: Holder = { document: structuredClone(document), work: 0 }
      let copied = 0
      for (const [at, operation] of operations.entries()) {
        if (!isDone(holder, operation)) throw failed(operation, at)
        if (operation.op === 'copy') copied += JSON.stringify(holder.document).length
        if (copied > COPIED_AT_MOST || holder.work > WORK_AT_MOST) throw failed(operation, at)
      }
      return holder.document
    },
    located(found) {
      // A test writes nothing.
      const last = new Map(operations.flatMap(({ op, path }, at) => (op === 'test' ? [] : [[path, at]])))
      return found.map((violation) => ({ ...violation, path: sourceOf(violation.path, operations, last) }))
    },
  }
}

/** Characters that the copies of one patch may make: each may double the document. */
const COPIED_AT_MOST = 50_000_000

function failed({ op, path }: Operation, at: number) {
  const detail =
    op === 'test'
      ? `${path === '' ? 'The document' : path} is not what the test says.`
      : `${op} ${path}: there is no such place.`
  return refused('patch-failed' satisfies Refusal, { detail, operation: at })
}

/** Steps that lead out of a document, into what all objects share. */
const OUTSIDE = /\/(?:__proto__|constructor|prototype)(?:\/|$)/

function mistakesIn({ op, path, value, from }: Operation, at: number): readonly Violation[] {
  if (OUTSIDE.test(path) || OUTSIDE.test(from ?? ''))
    return [
      {
        path: [at, OUTSIDE.test(path) ? 'path' : 'from'],
        keyword: 'format',
        params: { format: 'json-pointer' },
      },
    ]
  const needs = op === 'move' || op === 'copy' ? 'from' : op === 'remove' ? undefined : 'value'
  if (needs === undefined || (needs === 'value' ? value : from) !== undefined) return []
  return [{ path: [at], keyword: 'required', params: { missing: [needs] } }]
}

/**
 * The operation that last wrote a place of the result, and where in its value it stands.
 * @param last pointer → the last operation that has it
 */
function sourceOf(
  path: Violation['path'],
  operations: readonly Operation[],
  last: ReadonlyMap<string, number>,
): Violation['path'] {
  let pointer = ''
  let at = last.get(pointer) ?? -1
  for (const step of path) {
    // What was added at the end of a list stands at a number.
    const appended = typeof step === 'number' ? last.get(`${pointer}/-`) : undefined
    pointer += `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`
    at = Math.max(at, last.get(pointer) ?? appended ?? -1)
  }
  if (at < 0) return []
  const { value, path: own } = operations[at] as Operation
  return value === undefined ? [at] : [at, 'value', ...path.slice(stepsOf(own).length)]
}

function invalid(violations: readonly Violation[]) {
  return problem('body-invalid', { violations })
}
