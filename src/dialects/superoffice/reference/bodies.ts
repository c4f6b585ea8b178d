import type { Schema } from '../../dialect.ts'
import { dictionary, object, orNull, partial } from '../../kit/shapes.ts'
import { WIRE_FIELDS } from '../wire/layouts.ts'
import { LIMITS } from '../wire.ts'

// What is read of bodies; names count in any case, and every other member is ignored. @see specs/superoffice.md 1.1

const INT32 = { minimum: -2_147_483_648, maximum: 2_147_483_647 }

/** Numbers and booleans are text too. */
function textOf(limit?: number): Schema {
  const limits = limit === undefined ? {} : { maxLength: limit }
  return { anyOf: [{ type: 'string', ...limits }, { type: 'number' }, { type: 'boolean' }] }
}

function wholeOf(minimum: number, maximum: number): Schema {
  return {
    anyOf: [
      { type: 'integer', minimum, maximum },
      { type: 'string', pattern: '^\\s*[+-]?\\d{1,10}\\s*$' },
    ],
  }
}

const id = wholeOf(0, INT32.maximum)
const int32 = wholeOf(INT32.minimum, INT32.maximum)
const flag: Schema = {
  anyOf: [{ type: 'boolean' }, { type: 'integer', minimum: 0, maximum: 1 }, { type: 'string' }],
}

/** Null is as good as absent. */
function members(all: Readonly<Record<string, Schema>>): Schema {
  return partial(
    object(Object.fromEntries(Object.entries(all).map(([name, schema]) => [name, orNull(schema)]))),
  )
}

const listOf = (items: Schema): Schema => ({ type: 'array', items: orNull(items) })
const element = (value: number, description: number) =>
  listOf(members({ Value: textOf(value), Description: textOf(description) }))
const reference = (key: string) => members({ [key]: id })
const lines = members(Object.fromEntries(WIRE_FIELDS.map((name) => [name, textOf()])))
const texts = dictionary(orNull(textOf(LIMITS.CustomFieldValue)))

export const ContactInput: Schema = {
  ...members({
    ContactId: int32,
    Name: textOf(LIMITS.Name),
    Department: textOf(LIMITS.Department),
    OrgNr: textOf(LIMITS.OrgNr),
    Number1: textOf(LIMITS.Number1),
    Number2: textOf(LIMITS.Number2),
    Emails: element(LIMITS.Email, LIMITS.EmailDescription),
    // One that names no interest is passed over, whatever else it says.
    Interests: listOf({
      anyOf: [
        members({ Id: id, Selected: flag, ChildItems: listOf({ type: 'object' }) }),
        { type: 'object', properties: { Id: { enum: [null, 0] } } },
      ],
    }),
    Urls: element(LIMITS.Url, LIMITS.UrlDescription),
    Phones: element(LIMITS.Phone, LIMITS.PhoneDescription),
    Faxes: element(LIMITS.Phone, LIMITS.PhoneDescription),
    Description: textOf(LIMITS.Description),
    Associate: reference('AssociateId'),
    Business: reference('Id'),
    Category: reference('Id'),
    Country: reference('CountryId'),
    NoMailing: flag,
    Kananame: textOf(LIMITS.Kananame),
    Xstop: flag,
    SupportAssociate: reference('AssociateId'),
    TicketPriority: reference('Id'),
    CustomerLanguage: reference('Id'),
    DbiAgentId: int32,
    DbiLastSyncronized: { type: 'string' },
    DbiKey: textOf(LIMITS.DbiKey),
    DbiLastModified: { type: 'string' },
    SupportPerson: reference('PersonId'),
    Address: members({
      Wgs84Latitude: { type: ['number', 'string'] },
      Wgs84Longitude: { type: ['number', 'string'] },
      LocalizedAddress: listOf(listOf(members({ Name: {}, Value: textOf(), ValueLength: {} }))),
      Street: lines,
      Postal: lines,
    }),
    Source: wholeOf(-32_768, 32_767),
    Domains: listOf(textOf(LIMITS.Domain)),
    UserDefinedFields: texts,
    ExtraFields: texts,
    CustomFields: texts,
  }),
  description:
    'What is absent or null is cleared by PUT where the original clears it, and keeps its default by POST. Names count in any case.',
}

/** A list of ids, or an object that has it. */
const idsOrArguments: Schema = { anyOf: [listOf(int32), members({ contactIds: listOf(int32) })] }

/** Operations, or an object whose members stand for them. */
export const PatchInput: Schema = {
  anyOf: [
    { type: 'array', items: { type: 'object' } },
    { type: 'object', description: 'Members to replace.' },
  ],
}

export const ImageInput: Schema = members({ Description: textOf(LIMITS.ImageDescription) })

export const RulesInput: Schema = listOf(members({ Name: textOf(), IsActive: flag }))

/** What an agent's method is called with; each of them may be an option of the query instead. */
export const ARGUMENTS = {
  none: members({}),
  contactEntityId: members({ contactEntityId: int32 }),
  contactId: members({ contactId: int32 }),
  id: members({ id: int32 }),
  contactIds: idsOrArguments,
  summary: members({ contactId: int32, limit: int32 }),
  entity: members({ contactEntity: ContactInput }),
  country: members({ contactEntity: ContactInput, toCountryId: int32 }),
  merge: members({
    sourceContactId: int32,
    destinationContactId: int32,
    mergeIdenticalPersons: flag,
    replaceEmptyFieldsOnDestination: flag,
  }),
  interests: members({
    contactId: int32,
    enableInterestIds: listOf(int32),
    disableInterestIds: listOf(int32),
  }),
  name: members({ name: textOf() }),
  nameDepartment: members({ name: textOf(), department: textOf() }),
  domain: members({ domain: textOf() }),
  rules: { anyOf: [RulesInput, members({ rules: RulesInput })] },
} as const
