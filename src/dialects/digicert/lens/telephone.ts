import type { Facets } from '../../../core/facet.ts'
import { hidesOf } from '../../../core/hides.ts'
import type { Phone } from '../../../core/items.ts'
import { isSimilarPhone, phoneKey } from '../../../core/keys.ts'
import type { Choice } from '../../../core/shown-items.ts'
import { hidesAfter, replaceShown, shownOf } from '../../../core/shown-items.ts'
import { lengthOf } from '../../../core/text.ts'
import { LIMITS } from '../wire.ts'
import { personFacet, withMembers } from './facet.ts'

/** A record with phones, and what DigiCert hides of them. */
interface WithPhones {
  readonly phones: readonly Phone[]
  readonly facets: Facets
}

const CHOICE: Omit<Choice<Phone>, 'isExpressible'> = {
  list: 'phones',
  limit: 1,
  valueOf: ({ number }) => number,
  keyOf: phoneKey,
  isSimilar: isSimilarPhone,
  edit: (phone, number) => (phone.number === number ? phone : { ...phone, number }),
  create: (id, number) => ({ id, number, kind: 'voice' }),
}

/** The telephone of an organization is its first voice number. */
export const OF_ORGANIZATION: Choice<Phone> = {
  ...CHOICE,
  isExpressible: (phone) => phone.kind === 'voice' && fits(phone),
}

/** The telephone of a contact is the first number on which to speak, at a desk or on the move. */
export const OF_PERSON: Choice<Phone> = {
  ...CHOICE,
  isExpressible: (phone) => phone.kind !== 'fax' && fits(phone),
}

export function telephoneOf({ phones, facets }: WithPhones, choice: Choice<Phone>): Phone | undefined {
  return shownOf(phones, hidesOf(facets['digicert']), choice)[0]
}

/** The record with the phone that is shown replaced, or removed when undefined; the next one does not take its place. */
export function withTelephone<R extends WithPhones>(
  record: R,
  telephone: string | undefined,
  choice: Choice<Phone>,
): R {
  const hides = hidesOf(record.facets['digicert'])
  const replaced = replaceShown(record.phones, telephone === undefined ? [] : [telephone], hides, choice)
  if (replaced.items === record.phones && replaced.revived.length === 0) return record
  const values = replaced.items.map(({ id, number }) => [id, number] as const)
  const facets = withMembers(record.facets, { hides: hidesAfter(hides, [replaced], values) })
  return { ...record, phones: replaced.items, facets }
}

/** The extension of the telephone that is shown; without one, what a client sent alone. */
export function extensionOf(person: WithPhones): string | undefined {
  const phone = telephoneOf(person, OF_PERSON)
  return shownExtension(phone === undefined ? personFacet(person.facets).extension : phone.extension)
}

/** The person with `telephone` and `extension` as the whole of what is shown of both. */
export function withTelephoneAndExtension<R extends WithPhones>(
  person: R,
  telephone: string | undefined,
  extension: string | undefined,
): R {
  const hadTelephone = telephoneOf(person, OF_PERSON) !== undefined
  const called = withTelephone(person, telephone, OF_PERSON)
  const phone = telephoneOf(called, OF_PERSON)
  const alone =
    phone === undefined ? extension : hadTelephone ? personFacet(called.facets).extension : undefined
  const kept =
    alone === personFacet(called.facets).extension
      ? called
      : { ...called, facets: withMembers(called.facets, { extension: alone }) }
  if (phone === undefined || shownExtension(phone.extension) === extension) return kept
  const { extension: _, ...bare } = phone
  const extended: Phone = extension === undefined ? bare : { ...bare, extension }
  return { ...kept, phones: kept.phones.map((item) => (item === phone ? extended : item)) }
}

function shownExtension(extension: string | undefined): string | undefined {
  return extension === '' || lengthOf(extension ?? '') > LIMITS.telephone_extension ? undefined : extension
}

function fits({ number }: Phone): boolean {
  return number !== '' && lengthOf(number) <= LIMITS.telephone
}
