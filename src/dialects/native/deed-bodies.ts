import { ORGANIZATION_PARTS } from '../../core/organization.ts'
import { PERSON_PARTS } from '../../core/person.ts'
import type { Violation } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'
import type { RecordKind } from '../../core/record.ts'
import { NEVER_RESTORED } from '../../core/restoring.ts'
import type { Request } from '../dialect.ts'
import { readJson } from '../kit/json.ts'
import type { Validator } from '../kit/schema.ts'
import { compileSchema } from '../kit/schema.ts'
import { Merging, Restoring, Unmerging } from './deed-schema.ts'
import { idIn } from './lens/sent.ts'
import { requireMediaType } from './media.ts'
import { JSON_TYPE } from './wire.ts'

const violationsOfRestoring = compileSchema(Restoring)
const violationsOfMerging = compileSchema(Merging)
const violationsOfUnmerging = compileSchema(Unmerging)

export interface RestoreBody {
  readonly version: number
  readonly parts?: readonly string[]
}

export interface MergeBody {
  readonly into: string
  readonly fillsEmpty: boolean
  readonly mergesIdenticalPeople: boolean
}

/** @throws Problem media-type-unsupported, body-missing, body-syntax, body-invalid */
export function restoreBody(request: Request): RestoreBody {
  return bodyOf(request, violationsOfRestoring) as RestoreBody
}

/**
 * @param facets those that the record has or had
 * @throws Problem body-invalid, naming every part that there is not
 */
export function requireParts({ parts = [] }: RestoreBody, kind: RecordKind, facets: readonly string[]): void {
  const all = new Set<string>([
    ...(kind === 'organization' ? ORGANIZATION_PARTS : PERSON_PARTS),
    ...facets.map((name) => `facets.${name}`),
  ])
  const known = [...all].filter((part) => !NEVER_RESTORED.includes(part))
  const violations = parts.flatMap((part, at): Violation[] =>
    known.includes(part) ? [] : [{ path: ['parts', at], keyword: 'no-part', params: { part, known } }],
  )
  if (violations.length > 0) throw problem('body-invalid', { violations })
}

/** @throws Problem media-type-unsupported, body-missing, body-syntax, body-invalid */
export function mergeBody(request: Request): MergeBody {
  const body = bodyOf(request, violationsOfMerging) as Partial<MergeBody>
  const { into, fillsEmpty = true, mergesIdenticalPeople = true } = body
  return { into: idIn(String(into)) ?? String(into), fillsEmpty, mergesIdenticalPeople }
}

/** There is nothing to say: no body, or an empty object. @throws Problem media-type-unsupported, body-syntax, body-invalid */
export function requireNoBody(request: Request): void {
  if (request.body !== '') bodyOf(request, violationsOfUnmerging)
}

function bodyOf(request: Request, violationsOf: Validator): unknown {
  requireMediaType(request, [JSON_TYPE])
  const body = readJson(request.body)
  const violations = violationsOf(body)
  if (violations.length > 0) throw problem('body-invalid', { violations })
  return body
}
