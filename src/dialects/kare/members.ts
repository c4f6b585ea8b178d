import { type TSchema, Type } from 'typebox'
import { problem } from '../../core/problem.ts'
import type { Json } from '../kit/json.ts'
import { isJsonObject, readJson } from '../kit/json.ts'
import { compileSchema, type Validator } from '../kit/schema.ts'
import { EMAIL_PATTERN, LIMITS } from './wire.ts'

export const NAME = Type.String({ maxLength: LIMITS.name })
export const EMAIL = Type.String({ maxLength: LIMITS.email, pattern: EMAIL_PATTERN })
export const PHONES = Type.Array(Type.String({ maxLength: LIMITS.phone }), { maxItems: LIMITS.phones })
export const COMMENT = orNull(Type.String({ maxLength: LIMITS.comment }))

/** What a schema admits, or null. */
export function orNull(schema: TSchema): TSchema {
  return Type.Unsafe<unknown>({ ...schema, type: [schema['type' as keyof TSchema], 'null'] })
}

/** Judges every member of an object that is there, and names each required one that is not. */
export function validatorOf(
  members: Readonly<Record<string, TSchema>>,
  required: readonly string[],
): Validator {
  // What is required is told apart from what is wrong, so that a client sees both at once.
  const optional = Object.entries(members).map(([name, schema]) => [name, Type.Optional(schema)])
  const judge = compileSchema(Type.Object(Object.fromEntries(optional)), { lengths: 'utf16' })
  const missing = required.map((name) => ({
    path: [name],
    keyword: 'required',
    params: { expected: members[name]?.['type' as keyof TSchema] },
  }))
  return (value) => {
    const bag = value as Json
    const absent = isJsonObject(bag)
      ? missing.filter(({ path: [name = ''] }) => !Object.hasOwn(bag, name))
      : []
    return [...absent, ...judge(value)]
  }
}

/** An object with these members, as a reference tells it. */
export function bodyOf(
  members: Readonly<Record<string, TSchema>>,
  required: readonly string[],
): Readonly<Record<string, unknown>> {
  return { type: 'object', properties: members, ...(required.length > 0 && { required }) }
}

/** @throws Problem body-missing, body-syntax, body-invalid */
export function readBody<Body>(text: string, violationsOf: Validator): Body {
  const body = readJson(text)
  const violations = violationsOf(body)
  if (violations.length > 0) throw problem('body-invalid', { violations })
  return body as unknown as Body
}

/** The members that are known; others are ignored. */
export function membersOf<Body>(body: Body, names: readonly string[]): Body {
  const kept = names.filter((name) => Object.hasOwn(body as object, name))
  return Object.fromEntries(kept.map((name) => [name, body[name as keyof Body]])) as Body
}
