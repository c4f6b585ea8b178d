import type { Violation } from '../../core/problem.ts'
import type { Json, JsonObject } from '../kit/json.ts'
import { isJsonObject } from '../kit/json.ts'
import type { Place, TextRule } from './members.ts'
import { accepted, fault, isOmitted, objectOf, readTexts } from './members.ts'
import type { NamedUser, NewVerifiedContact, ValidationsInput, ValidationType } from './wire/validations.ts'
import { VALIDATION_TYPES, VALIDATIONS } from './wire/validations.ts'
import { CHOICES, EMAIL_FORM, LIMITS } from './wire.ts'

/** @throws Problem body-syntax, body-invalid @see specs/digicert.md 4 */
export function readValidations(text: string): ValidationsInput {
  const sent = objectOf(text)['validations']
  const violations: Violation[] = []
  const isNone = isOmitted(sent) || (Array.isArray(sent) && sent.length === 0)
  if (isNone) violations.push(fault(['validations'], 'missing'))
  return accepted(isNone ? [] : validationsIn(sent, violations), violations)
}

/** The elements of `validations`, each of a type of its own. What is wrong with them is added to `violations`. */
export function validationsIn(sent: Json | undefined, violations: Violation[]): ValidationsInput {
  if (isOmitted(sent)) return []
  if (!isShortList(sent)) {
    violations.push(fault(['validations'], 'invalid'))
    return []
  }
  const types = new Set<ValidationType>()
  return sent.flatMap((element, index) => {
    const place: Place = { path: ['validations', index], violations }
    if (!isJsonObject(element)) {
      violations.push(fault(place.path, 'invalid'))
      return []
    }
    const type = typeOf(element, place)
    if (type === undefined) return []
    if (types.has(type)) violations.push(fault([...place.path, 'type'], 'duplicate'))
    types.add(type)
    const verified_users = usersOf(element['verified_users'], VALIDATIONS[type].needsUsers, place)
    return [{ type, ...(verified_users.length > 0 && { verified_users }) }]
  })
}

/** Each element may have several mistakes, and all are told: a megabyte of them would be a hundred. */
function isShortList(sent: Json): sent is readonly Json[] {
  return Array.isArray(sent) && sent.length <= CHOICES.largestList
}

function typeOf(element: JsonObject, { path, violations }: Place): ValidationType | undefined {
  const sent = element['type']
  const type = VALIDATION_TYPES.find((known) => known === sent)
  const isMissing = isOmitted(sent) || sent === ''
  if (type === undefined) violations.push(fault([...path, 'type'], isMissing ? 'missing' : 'invalid'))
  return type
}

function usersOf(
  sent: Json | undefined,
  isRequired: boolean,
  { path, violations }: Place,
): readonly (NamedUser | NewVerifiedContact)[] {
  const place = [...path, 'verified_users']
  if (isOmitted(sent) || (Array.isArray(sent) && sent.length === 0)) {
    if (isRequired) violations.push(fault(place, 'missing'))
    return []
  }
  if (!isShortList(sent)) {
    violations.push(fault(place, 'invalid'))
    return []
  }
  return sent.flatMap((user, index) => userOf(user, { path: [...place, index], violations }))
}

/** By id, whatever else is sent; else by all five members. One client sends the id 0 for none. */
function userOf(user: Json, { path, violations }: Place): readonly (NamedUser | NewVerifiedContact)[] {
  if (!isJsonObject(user)) {
    violations.push(fault(path, 'invalid'))
    return []
  }
  const id = user['id']
  if (isOmitted(id) || id === 0 || id === '' || id === '0') {
    return [readTexts(user, VERIFIED_RULES, { path, violations }) as NewVerifiedContact]
  }
  const number = typeof id === 'number' || (typeof id === 'string' && /^\d+$/.test(id)) ? Number(id) : 0
  if (Number.isSafeInteger(number) && number > 0) return [{ id: number }]
  violations.push(fault([...path, 'id'], 'invalid'))
  return []
}

export const VERIFIED_RULES = {
  first_name: { limit: LIMITS.first_name, isRequired: true },
  last_name: { limit: LIMITS.last_name, isRequired: true },
  job_title: { limit: LIMITS.job_title, isRequired: true },
  telephone: { limit: LIMITS.telephone, isRequired: true, isNumeric: true },
  email: { limit: LIMITS.email, isRequired: true, form: EMAIL_FORM },
} as const satisfies Record<string, TextRule>
