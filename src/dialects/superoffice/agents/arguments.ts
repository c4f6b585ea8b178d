import { refused } from '../../../core/problem.ts'
import type { OrganizationKey } from '../../../core/store.ts'
import type { Request } from '../../dialect.ts'
import type { Json } from '../../kit/json.ts'
import { isJsonObject } from '../../kit/json.ts'
import { readDocument } from '../media-types.ts'
import { keyOf } from '../paths.ts'
import { optionIn } from '../query.ts'
import { anyText, flag, int32, list, memberOf } from '../values.ts'

/** What a method is called with. */
export interface Arguments {
  /** Null where there is none. */
  readonly body: Json
  readonly query: string
}

/** @throws Problem media-type-unsupported, body-syntax */
export function argumentsOf({ headers, query, body }: Request): Arguments {
  return { query, body: body.trim() === '' ? null : readDocument(headers, body) }
}

/** A member of the body or, where it has none, an option of the query. Undefined when it is absent or null. */
export function argument({ body, query }: Arguments, name: string): Json | undefined {
  const member = isJsonObject(body) ? memberOf(body, name) : undefined
  return member ?? optionIn(query, name.toLowerCase())
}

/** @throws Problem refused (parameter-malformed), body-invalid, and not-found when no contact can have it */
export function keyArgument(given: Arguments, name: string, tenant: string): OrganizationKey {
  return keyOf(tenant, String(integerArgument(given, name)))
}

/** @throws Problem refused (parameter-malformed) where it is absent, body-invalid */
export function integerArgument(given: Arguments, name: string): number {
  return int32(required(given, name, 'System.Int32'), [name])
}

/** @throws Problem refused (parameter-malformed) where it is absent, body-invalid */
export function textArgument(given: Arguments, name: string): string {
  return anyText(required(given, name, 'System.String'), [name])
}

/** False where it is absent. @throws Problem body-invalid */
export function flagArgument(given: Arguments, name: string): boolean {
  return flag(argument(given, name) ?? false, [name])
}

/** Whole numbers; none where it is absent. @throws Problem body-invalid, refused (too-many) */
export function idsArgument(given: Arguments, name: string, limit: number): readonly number[] {
  return idsIn(argument(given, name) ?? [], name, limit)
}

/** @throws Problem body-invalid, refused (too-many) */
export function idsIn(value: Json, name: string, limit: number): readonly number[] {
  const ids = list(int32)(value, [name])
  if (ids.length > limit) throw refused('too-many', { property: name, limit })
  return ids
}

/** @throws Problem refused (parameter-malformed) where it is absent */
export function required(given: Arguments, name: string, expected: string): Json {
  const value = argument(given, name)
  if (value === undefined) throw refused('parameter-malformed', { name, expected })
  return value
}
