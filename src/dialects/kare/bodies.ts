import { Type } from 'typebox'
import type { Violation } from '../../core/problem.ts'
import { isBlank } from '../../core/text.ts'
import { compileSchema } from '../kit/schema.ts'
import { bodyOf, COMMENT, EMAIL, membersOf, NAME, orNull, PHONES, readBody, validatorOf } from './members.ts'
import type { CompanyInput, CompanyPatch } from './wire/company.ts'
import { COMPANY_TYPES } from './wire/company.ts'
import type { ContactPatch, NewContact } from './wire/contact.ts'
import { CHOICES, LIMITS } from './wire.ts'

/** @throws Problem body-missing, body-syntax, body-invalid */
export function readPatch(text: string): ContactPatch {
  return membersOf(readBody<ContactPatch>(text, violationsOfPatch), Object.keys(CONTACT))
}

/** @throws Problem body-missing, body-syntax, body-invalid */
export function readNewContacts(text: string): readonly NewContact[] {
  const contacts = readBody<readonly NewContact[]>(text, violationsOfNewContacts)
  return contacts.map((sent) => membersOf(sent, Object.keys(CONTACT)))
}

/** @throws Problem body-missing, body-syntax, body-invalid */
export function readCompanyPatch(text: string): CompanyPatch {
  return membersOf(readBody<CompanyPatch>(text, violationsOfCompany), Object.keys(COMPANY))
}

/** A new company: what is absent is empty. @throws Problem body-missing, body-syntax, body-invalid */
export function readNewCompany(text: string): CompanyInput {
  const sent = readBody<NewCompany>(text, violationsOfNewCompany)
  return { ...EMPTY_COMPANY, ...membersOf(sent, Object.keys(COMPANY)) }
}

/** @throws Problem body-missing, body-syntax, body-invalid */
export function readCredentials(text: string): Credentials {
  return readBody<Credentials>(text, violationsOfCredentials)
}

/** The one text that a body has as `member`. @throws Problem body-missing, body-syntax, body-invalid */
export function readToken(text: string, member: 'token' | 'refreshToken'): string {
  return readBody<Readonly<Record<typeof member, string>>>(text, VIOLATIONS_OF_TOKENS[member])[member]
}

export interface Credentials {
  readonly email: string
  readonly password: string
}

type NewCompany = Pick<CompanyInput, 'name' | 'type' | 'email'> & CompanyPatch

const EMPTY_COMPANY = {
  location: null,
  comment: null,
  phones: [],
  establishmentIds: [],
  technicalInstallationIds: [],
  labelIds: [],
} as const satisfies CompanyPatch

const CONTACT = { notify: Type.Boolean(), name: NAME, email: orNull(EMAIL), phones: PHONES, comment: COMMENT }

const ID = Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })
const IDS = Type.Array(ID, { maxItems: LIMITS.ids })

const COMPANY = {
  name: NAME,
  type: Type.Unsafe<number>({ type: 'number', enum: COMPANY_TYPES }),
  location: orNull(Type.String({ maxLength: LIMITS.location })),
  comment: COMMENT,
  email: EMAIL,
  phones: PHONES,
  establishmentIds: IDS,
  technicalInstallationIds: IDS,
  labelIds: IDS,
}

const PASSWORD = Type.String({ minLength: LIMITS.password.shortest, maxLength: LIMITS.password.longest })

const violationsOfPatch = validatorOf(CONTACT, ['notify'])
const violationsOfNewContact = validatorOf(CONTACT, ['notify', 'name'])
const violationsOfCompany = validatorOf(COMPANY, [])
const violationsOfAnyCompany = validatorOf(COMPANY, ['name', 'type', 'email'])
const violationsOfCredentials = validatorOf({ email: EMAIL, password: PASSWORD }, ['email', 'password'])

const VIOLATIONS_OF_TOKENS = {
  token: validatorOf({ token: Type.String() }, ['token']),
  refreshToken: validatorOf({ refreshToken: Type.String() }, ['refreshToken']),
} as const

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

/** What bodies must be, as JSON Schema has it; lengths are told in UTF-16 units, which it does not know. */
export const BODIES = {
  NewContact: bodyOf(CONTACT, ['notify', 'name']),
  ContactPatch: bodyOf(CONTACT, ['notify']),
  NewCompany: bodyOf({ ...COMPANY, name: { ...COMPANY.name, minLength: 1, pattern: '\\S' } }, [
    'name',
    'type',
    'email',
  ]),
  CompanyPatch: bodyOf(COMPANY, []),
  Credentials: bodyOf({ email: EMAIL, password: PASSWORD }, ['email', 'password']),
  Token: bodyOf({ token: Type.String() }, ['token']),
  RefreshToken: bodyOf({ refreshToken: Type.String() }, ['refreshToken']),
} as const

/** An organization has a name. @see design §10.3.9 */
function violationsOfNewCompany(body: unknown): readonly Violation[] {
  const violations = violationsOfAnyCompany(body)
  const name = (body as Partial<NewCompany> | null)?.name
  if (typeof name !== 'string' || !isBlank(name)) return violations
  const blank = { path: ['name'], keyword: 'minLength', params: { limit: 1 } }
  return violations.some(({ path: [member] }) => member === 'name') ? violations : [blank, ...violations]
}
