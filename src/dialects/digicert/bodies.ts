import type { Violation } from '../../core/problem.ts'
import { refused } from '../../core/problem.ts'
import { lengthOf } from '../../core/text.ts'
import type { Json, JsonObject } from '../kit/json.ts'
import { isJsonObject } from '../kit/json.ts'
import type { Place, TextRule } from './members.ts'
import { accepted, fault, invalid, isOmitted, objectOf, readLanguageId, readTexts } from './members.ts'
import { validationsIn } from './validation-bodies.ts'
import type { ContactFields, ContactsInput, ContactType, OrganizationInput } from './wire.ts'
import { BOTH_NAMES_LIMIT, CONTACT_TYPES, EMAIL_FORM, LIMITS } from './wire.ts'

/**
 * The contacts of a PUT. Structure is judged first and reports one error; then every field of every contact is.
 * @throws Problem body-syntax, body-invalid, refused (contact_type_duplicate)
 * @see specs/digicert.md 3.2
 */
export function readContacts(text: string): ContactsInput {
  const elements = elementsOf(objectOf(text))
  const types = elements.map((element) => element['contact_type'] as ContactType)
  if (new Set(types).size < types.length) throw refused('contact_type_duplicate')
  const violations: Violation[] = []
  const contacts: Partial<Record<ContactType, ContactFields | 'removed'>> = {}
  for (const [index, element] of elements.entries()) {
    const type = element['contact_type'] as ContactType
    const place: Place = { path: ['contacts', index], violations }
    if (!isBare(element)) contacts[type] = readContact(element, place)
    else if (type === 'technical_contact') contacts[type] = 'removed'
    else violations.push(fault(['contacts', index, type], 'required'))
  }
  return accepted(contacts, violations)
}

/** What a create holds besides the organization itself. */
export interface CreateBody {
  readonly input: OrganizationInput
  readonly skipsDuplicateCheck: boolean
}

/**
 * @param own number of the only container that an organization can be in
 * @throws Problem body-syntax, body-invalid
 * @see specs/digicert.md 4
 */
export function readOrganization(text: string, own: number): CreateBody {
  const body = objectOf(text)
  const violations: Violation[] = []
  const place: Place = { path: [], violations }
  const texts = readTexts(body, ORGANIZATION_RULES, place)
  const { name = '', assumed_name } = texts
  if (assumed_name !== undefined && lengthOf(name) + lengthOf(assumed_name) > BOTH_NAMES_LIMIT) {
    const isReported = violations.some(({ path }) => path[0] === 'name' || path[0] === 'assumed_name')
    if (!isReported) violations.push(fault(['name'], 'too_long', BOTH_NAMES_LIMIT))
  }
  const organization_contact = nestedContact(body, 'organization_contact', place)
  if (isOmitted(body['organization_contact'])) violations.push(fault(['organization_contact'], 'missing'))
  const technical_contact = nestedContact(body, 'technical_contact', place)
  const validations = validationsIn(body['validations'], violations)
  if (!isOwn(body['container'], own)) violations.push(fault(['container'], 'invalid'))
  const skip = body['skip_duplicate_org_check'] ?? false
  if (typeof skip !== 'boolean') violations.push(fault(['skip_duplicate_org_check'], 'invalid'))
  const input = {
    ...texts,
    country: texts.country?.toLowerCase(),
    ...(organization_contact !== undefined && { organization_contact }),
    ...(technical_contact !== undefined && { technical_contact }),
    ...(validations.length > 0 && { validations }),
  } as OrganizationInput
  return accepted({ input, skipsDuplicateCheck: skip === true }, violations)
}

export const CONTACT_RULES = {
  first_name: { limit: LIMITS.first_name, isRequired: true },
  last_name: { limit: LIMITS.last_name, isRequired: true },
  email: { limit: LIMITS.email, isRequired: true, form: EMAIL_FORM },
  job_title: { limit: LIMITS.job_title },
  telephone: { limit: LIMITS.telephone, isNumeric: true },
  telephone_extension: { limit: LIMITS.telephone_extension, isNumeric: true },
} as const satisfies Record<string, TextRule>

export const ORGANIZATION_RULES = {
  name: { limit: LIMITS.name, isRequired: true },
  assumed_name: { limit: LIMITS.assumed_name },
  address: { limit: LIMITS.address, isRequired: true },
  address2: { limit: LIMITS.address2 },
  city: { limit: LIMITS.city, isRequired: true },
  state: { limit: LIMITS.state, isRequired: true },
  zip: { limit: LIMITS.zip, isRequired: true, isNumeric: true },
  country: { isRequired: true, form: /^[a-z]{2}$/i },
  telephone: { limit: LIMITS.telephone, isRequired: true, isNumeric: true },
} as const satisfies Record<string, TextRule>

function readContact(contact: JsonObject, place: Place): ContactFields {
  const texts = readTexts(contact, CONTACT_RULES, place)
  const language_id = readLanguageId(contact['language_id'], place)
  return { ...texts, ...(language_id !== undefined && { language_id }) } as ContactFields
}

function nestedContact(body: JsonObject, name: ContactType, place: Place): ContactFields | undefined {
  const contact = body[name]
  if (isOmitted(contact)) return undefined
  if (isJsonObject(contact)) return readContact(withoutZeros(contact), { ...place, path: [name] })
  place.violations.push(fault([name], 'invalid'))
  return undefined
}

/** What one client sends as numbers, and as 0 for none. */
const ZERO_IS_NONE = ['telephone', 'telephone_extension', 'language_id']

/** So it does when it creates (specs/digicert.md 7, pkix/digicert); none that updates is known to. */
function withoutZeros(contact: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(contact).filter(([name, value]) => value !== 0 || !ZERO_IS_NONE.includes(name)),
  )
}

/** Who names no container means the own one. One client sends the id 0 for none (specs/digicert.md 7, pkix/digicert). */
function isOwn(container: Json | undefined, own: number): boolean {
  if (isOmitted(container)) return true
  const id = isJsonObject(container) ? container['id'] : undefined
  return id === 0 || id === own
}

/** The elements of `contacts`, each an object with a known type. @throws Problem body-invalid */
function elementsOf(body: JsonObject): readonly JsonObject[] {
  const contacts = body['contacts']
  if (!Array.isArray(contacts) || contacts.length === 0) throw invalid([fault(['contacts'], 'missing')])
  contacts.forEach((element: Json, index) => {
    if (!isJsonObject(element)) throw invalid([fault(['contacts', index], 'invalid')])
    const type = element['contact_type']
    const isKnown = CONTACT_TYPES.some((known) => known === type)
    if (!isKnown) throw invalid([fault(['contacts', index, 'contact_type'], 'invalid')])
  })
  return contacts as readonly JsonObject[]
}

/** Whether an element asks to remove its contact: nothing but a type. Any other member, known or not, is a contact to be. */
function isBare(element: JsonObject): boolean {
  return Object.entries(element).every(([name, value]) => name === 'contact_type' || value === null)
}
