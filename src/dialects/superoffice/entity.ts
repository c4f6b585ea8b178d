import { problem, refused } from '../../core/problem.ts'
import type { Json, JsonObject } from '../kit/json.ts'
import { isJsonObject } from '../kit/json.ts'
import { readAddress } from './entity-address.ts'
import type { Path, ReadValue } from './values.ts'
import { date, flag, id, int16, int32, list, memberOf, misfit, object, text } from './values.ts'
import { countryWithId } from './wire/countries.ts'
import type { ContactInput, ElementInput } from './wire.ts'
import { LIMITS } from './wire.ts'

type Readers = { readonly [Name in keyof ContactInput]: ReadValue<ContactInput[Name]> }

/** How each member that a client may write is read. Every other member is ignored, whatever it holds. */
const READERS: Readers = {
  Name: text(LIMITS.Name),
  Department: text(LIMITS.Department),
  OrgNr: text(LIMITS.OrgNr),
  Number1: text(LIMITS.Number1),
  Number2: text(LIMITS.Number2),
  Emails: elements(LIMITS.Email, LIMITS.EmailDescription),
  Interests: interests,
  Urls: elements(LIMITS.Url, LIMITS.UrlDescription),
  Phones: elements(LIMITS.Phone, LIMITS.PhoneDescription),
  Faxes: elements(LIMITS.Phone, LIMITS.PhoneDescription),
  Description: text(LIMITS.Description),
  Associate: reference('AssociateId'),
  Business: reference('Id'),
  Category: reference('Id'),
  Country: country,
  NoMailing: flag,
  Kananame: text(LIMITS.Kananame),
  Xstop: flag,
  SupportAssociate: reference('AssociateId'),
  TicketPriority: reference('Id'),
  CustomerLanguage: reference('Id'),
  DbiAgentId: int32,
  DbiLastSyncronized: date,
  DbiKey: text(LIMITS.DbiKey),
  DbiLastModified: date,
  SupportPerson: reference('PersonId'),
  Address: readAddress,
  Source: int16,
  Domains: list((value, path) => text(LIMITS.Domain)(value, path) || undefined),
  UserDefinedFields: dictionary,
  ExtraFields: dictionary,
  CustomFields: dictionary,
}

const NAMES: ReadonlyMap<string, keyof ContactInput> = new Map(
  (Object.keys(READERS) as (keyof ContactInput)[]).flatMap((name) => [
    [name, name],
    [name.toLowerCase(), name],
  ]),
)

/**
 * What an entity body asks for; `whenAbsent` gives what it does not say.
 * @param overlook told of what is wrong with a member, which then counts as absent (default: throws it)
 * @throws Problem body-missing, body-invalid, refused (too-long, out-of-range, country-unknown)
 * @see specs/superoffice.md 1.1
 */
export function readEntity(body: Json, whenAbsent: ContactInput, overlook = throwIt): ContactInput {
  if (body === null) throw problem('body-missing', {})
  if (!isJsonObject(body)) throw misfit([], 'ContactEntity')
  const input: Record<string, unknown> = { ...whenAbsent }
  for (const key in body) {
    const name = NAMES.get(key) ?? NAMES.get(key.toLowerCase())
    if (name === undefined) continue
    const value = body[key]
    try {
      input[name] = value === null || value === undefined ? whenAbsent[name] : READERS[name](value, [name])
    } catch (fault) {
      overlook(fault, name)
    }
  }
  return input as unknown as ContactInput
}

/** The contact that an entity names; 0 is a new one. @throws Problem body-invalid */
export function idIn(body: Json): number {
  const named = isJsonObject(body) ? memberOf(body, 'ContactId') : undefined
  return named === undefined ? 0 : int32(named, ['ContactId'])
}

function throwIt(fault: unknown, _name: keyof ContactInput): void {
  throw fault
}

/** Elements without a value are no elements. */
function elements(limit: number, descriptionLimit: number): ReadValue<readonly ElementInput[]> {
  const readValue = text(limit)
  const readDescription = text(descriptionLimit)
  return list((member, path) => {
    const element = object(member, path)
    const value = memberOf(element, 'Value')
    const Value = value === undefined ? '' : readValue(value, [...path, 'Value'])
    const description = memberOf(element, 'Description')
    const Description =
      description === undefined ? '' : readDescription(description, [...path, 'Description'])
    return Value.trim() === '' ? undefined : { Value, Description }
  })
}

/** A reference counts by its id; the rest of it may be stale. */
function reference(key: string): ReadValue<number> {
  return (value, path) => {
    const member = memberOf(object(value, path), key)
    return member === undefined ? 0 : id(member, [...path, key])
  }
}

function country(value: Json, path: Path): number | undefined {
  const number = reference('CountryId')(value, path)
  if (number === 0) return undefined
  if (countryWithId(number) === undefined) throw refused('country-unknown', { id: number })
  return number
}

function interests(value: Json, path: Path): ReadonlyMap<number, boolean> {
  return new Map(marks(value, path).flat())
}

type Mark = readonly [id: number, isSelected: boolean]

/** Of a heading, those of the items under it: it is not chosen itself. */
const marks: ReadValue<readonly (readonly Mark[])[]> = list((member, at) => {
  const item = object(member, at)
  const children = memberOf(item, 'ChildItems')
  const under = children === undefined ? [] : marks(children, [...at, 'ChildItems']).flat()
  if (under.length > 0) return under
  const number = memberOf(item, 'Id')
  const Id = number === undefined ? 0 : id(number, [...at, 'Id'])
  const selected = memberOf(item, 'Selected')
  return Id === 0 ? undefined : [[Id, selected !== undefined && flag(selected, [...at, 'Selected'])]]
})

/** Keys keep their case; an empty value is a value. */
function dictionary(value: Json, path: Path): Readonly<Record<string, string>> {
  const read: Record<string, string> = {}
  const members: JsonObject = object(value, path)
  for (const key of Object.keys(members)) {
    if (key === '') continue
    const at = [...path, key]
    if (key.length > LIMITS.CustomFieldKey) {
      throw refused('too-long', { property: path.join('.'), limit: LIMITS.CustomFieldKey })
    }
    read[key] = readFieldValue(members[key] ?? '', at)
  }
  return read
}

const readFieldValue: ReadValue<string> = text(LIMITS.CustomFieldValue)
