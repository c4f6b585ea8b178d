import { type TSchema, Type } from 'typebox'
import type { Violation } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'
import type { Json } from '../kit/json.ts'
import { isJsonObject, readJson } from '../kit/json.ts'
import { compileSchema, type Validator } from '../kit/schema.ts'
import type { ContactPatch, NewContact } from './wire.ts'
import { CHOICES, EMAIL_PATTERN, LIMITS } from './wire.ts'

/** @throws Problem body-missing, body-syntax, body-invalid */
export function readPatch(text: string): ContactPatch {
  return read<ContactPatch>(text, violationsOfPatch, CONTACT_MEMBERS)
}

/** @throws Problem body-missing, body-syntax, body-invalid */
export function readNewContacts(text: string): readonly NewContact[] {
  const contacts = read<readonly NewContact[]>(text, violationsOfNewContacts)
  return contacts.map((sent) => membersOf(sent, CONTACT_MEMBERS))
}

/** @throws Problem body-missing, body-syntax, body-invalid */
export function readCredentials(text: string): Credentials {
  return read<Credentials>(text, violationsOfCredentials)
}

export interface Credentials {
  readonly email: string
  readonly password: string
}

const CONTACT_MEMBERS = ['notify', 'name', 'email', 'phones', 'comment'] as const

const Email = { maxLength: LIMITS.email, pattern: EMAIL_PATTERN }

// What is required is told apart from what is wrong, so that a client sees both at once.
const Contact = {
  notify: Type.Boolean(),
  name: Type.String({ maxLength: LIMITS.name }),
  email: Type.Unsafe<string | null>({ type: ['string', 'null'], ...Email }),
  phones: Type.Array(Type.String({ maxLength: LIMITS.phone }), { maxItems: LIMITS.phones }),
  comment: Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: LIMITS.comment }),
}

const violationsOfPatch = validatorOf(Contact, ['notify'])
const violationsOfNewContact = validatorOf(Contact, ['notify', 'name'])
const violationsOfCredentials = validatorOf(
  { email: Type.String(Email), password: Type.String({ minLength: 6, maxLength: 100 }) },
  ['email', 'password'],
)

const violationsOfList = compileSchema(
  Type.Array(Type.Any(), { minItems: CHOICES.fewestNew, maxItems: CHOICES.mostNew }),
)

function violationsOfNewContacts(body: unknown): readonly Violation[] {
  const violations = violationsOfList(body)
  if (violations.length > 0 || !Array.isArray(body)) return violations
  return body.flatMap((item, index) =>
    violationsOfNewContact(item).map((violation) => ({ ...violation, path: [index, ...violation.path] })),
  )
}

/** Judges every member of an object that is there, and names each required one that is not. */
function validatorOf(members: Readonly<Record<string, TSchema>>, required: readonly string[]): Validator {
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

function read<Body>(text: string, violationsOf: Validator, members?: readonly (keyof Body & string)[]): Body {
  const body = readJson(text)
  const violations = violationsOf(body)
  if (violations.length > 0) throw problem('body-invalid', { violations })
  const valid = body as unknown as Body
  return members === undefined ? valid : membersOf(valid, members)
}

/** The members that are known; others are ignored. */
function membersOf<Body>(body: Body, names: readonly (keyof Body)[]): Body {
  const kept = names.filter((name) => Object.hasOwn(body as object, name)).map((name) => [name, body[name]])
  return Object.fromEntries(kept) as Body
}
