import type { TProperties, TSchema } from 'typebox'
import { Type } from 'typebox'
import { ID, OWN } from './wire.ts'

// The objects of a Card, member by member as RFC 9553 has them. What it does not name is refused by its name, but for
// members of other vendors, which are kept as they are.

/** Of a domain name, as its owner writes it. */
const LABEL = '[A-Za-z0-9\\-\\u0080-\\u{10ffff}]+'

/** A member of another vendor: a domain name, a colon, a name, which may have blanks and colons. @see RFC 9553 §1.8.1 */
const VENDOR_MEMBER = `^(?!${OWN})${LABEL}(\\.${LABEL})+:[^\\u0000-\\u0008\\u000a-\\u001f\\u007f]+$`

/** As long as a body may be: whatever another API has written can be sent back. */
export const text = () => Type.String()
export const filled = () => Type.String({ minLength: 1, pattern: '\\S' })
export const utc = () => Type.String({ format: 'utc' })
export const languageTag = () => Type.String({ format: 'language' })
const flags = (names = {}) =>
  Type.Unsafe<Record<string, true>>({ type: 'object', additionalProperties: { const: true }, ...names })
export const setOf = (pattern: string) => flags({ propertyNames: { type: 'string', pattern } })

/** Members that are optional, in an object of a type. */
export function optional(properties: TProperties): TProperties {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, Type.Optional(schema)]))
}

/** What a vCard said and JSContact has no member for. @see RFC 9555 §2.15 */
const FROM_VCARD: TProperties = {
  vCardName: Type.String({ pattern: '^[a-z0-9-]+$' }),
  vCardParams: Type.Unsafe({
    type: 'object',
    propertyNames: { type: 'string', pattern: '^[a-z0-9-]+$' },
    additionalProperties: {},
  }),
}

/** An object of RFC 9553 with its `@type`, which may be left out. */
export function typed(type: string, required: TProperties, others: TProperties = {}): TSchema {
  const properties = {
    '@type': Type.Optional(Type.Literal(type)),
    ...required,
    ...optional({ ...others, ...FROM_VCARD }),
  }
  return Type.Object(properties, { additionalProperties: false, patternProperties: { [VENDOR_MEMBER]: {} } })
}

/** @see RFC 9553 §1.4.1 */
export function idMap(schema: TSchema): TSchema {
  return Type.Unsafe({
    type: 'object',
    propertyNames: { type: 'string', pattern: ID },
    additionalProperties: schema,
  })
}

const contexts = { contexts: flags() }
const ranked = { ...contexts, pref: Type.Integer({ minimum: 1, maximum: 100 }) }
const labelled = { ...ranked, label: text() }
const phonetic = { phoneticScript: text(), phoneticSystem: text() }

/** @see RFC 9553 §2.2.1 */
export const Name = typed(
  'Name',
  {},
  {
    components: Type.Array(typed('NameComponent', { value: text(), kind: filled() }, { phonetic: text() }), {
      minItems: 1,
    }),
    isOrdered: Type.Boolean(),
    defaultSeparator: text(),
    full: text(),
    sortAs: Type.Unsafe({ type: 'object', additionalProperties: text() }),
    ...phonetic,
  },
)

/** @see RFC 9553 §2.2.2 */
export const Organization = typed(
  'Organization',
  {},
  {
    name: text(),
    units: Type.Array(typed('OrgUnit', { name: text() }, { sortAs: text() }), { minItems: 1 }),
    sortAs: text(),
    ...contexts,
  },
)

/** @see RFC 9553 §2.2.5 */
export const Title = typed(
  'Title',
  { name: text() },
  { kind: filled(), organizationId: Type.String({ pattern: ID }) },
)

/** @see RFC 9553 §2.3.1 */
export const EmailAddress = typed('EmailAddress', { address: filled() }, labelled)

/** @see RFC 9553 §2.3.3; `extension` is of a person's phone */
export const phoneOf = (own: TProperties) =>
  typed('Phone', { number: text() }, { features: flags(), ...labelled, ...own })

/** @see RFC 9553 §2.6.3 */
export const linkOf = (own: TProperties) =>
  typed('Link', { uri: filled() }, { kind: filled(), mediaType: filled(), ...labelled, ...own })

/** @see RFC 9553 §2.6.4 */
export const Media = typed(
  'Media',
  { uri: filled(), kind: filled() },
  { mediaType: filled(), ...labelled, [`${OWN}copyrightHolder`]: text(), [`${OWN}language`]: languageTag() },
)

/** @see RFC 9553 §2.5.1 */
export const Address = typed(
  'Address',
  {},
  {
    components: Type.Array(
      typed(
        'AddressComponent',
        { value: text(), kind: filled() },
        { phonetic: text(), [`${OWN}line`]: Type.Integer({ minimum: 1, maximum: 3 }) },
      ),
      { minItems: 1 },
    ),
    isOrdered: Type.Boolean(),
    countryCode: Type.String({ pattern: '^[A-Z]{2}$' }),
    coordinates: Type.String({ format: 'geo' }),
    timeZone: text(),
    full: text(),
    defaultSeparator: text(),
    ...ranked,
    ...phonetic,
  },
)

/** @see RFC 9553 §2.8.3 */
export const Note = typed(
  'Note',
  { note: text() },
  { created: utc(), author: typed('Author', {}, { name: text(), uri: text() }) },
)

/** @see RFC 9553 §2.3.4 */
export const LanguagePref = typed('LanguagePref', { language: languageTag() }, ranked)

/** @see RFC 9553 §2.1.8 */
export const Relation = typed('Relation', {}, { relation: flags() })

const PartialDate = typed(
  'PartialDate',
  {},
  {
    year: Type.Integer({ minimum: 0, maximum: 9999 }),
    month: Type.Integer({ minimum: 1, maximum: 12 }),
    day: Type.Integer({ minimum: 1, maximum: 31 }),
    calendarScale: filled(),
  },
)

/** Members that the record does not model: kept for whoever speaks JSContact. @see RFC 9553 §2 */
export const KEPT_MEMBERS: TProperties = optional({
  prodId: text(),
  vCardProps: Type.Array(Type.Array(Type.Any(), { minItems: 4 })),
  members: flags(),
  nicknames: idMap(typed('Nickname', { name: text() }, ranked)),
  speakToAs: typed(
    'SpeakToAs',
    {},
    { grammaticalGender: filled(), pronouns: idMap(typed('Pronouns', { pronouns: filled() }, ranked)) },
  ),
  onlineServices: idMap(
    typed('OnlineService', {}, { service: text(), uri: text(), user: text(), ...labelled }),
  ),
  calendars: idMap(
    typed('Calendar', { uri: filled(), kind: filled() }, { mediaType: filled(), ...labelled }),
  ),
  schedulingAddresses: idMap(typed('SchedulingAddress', { uri: filled() }, labelled)),
  cryptoKeys: idMap(
    typed('CryptoKey', { uri: filled() }, { kind: filled(), mediaType: filled(), ...labelled }),
  ),
  directories: idMap(
    typed(
      'Directory',
      { uri: filled(), kind: filled() },
      { mediaType: filled(), listAs: Type.Integer({ minimum: 1 }), ...labelled },
    ),
  ),
  anniversaries: idMap(
    typed(
      'Anniversary',
      {
        kind: filled(),
        date: Type.Union([PartialDate, Type.Unsafe({ ...typed('Timestamp', { utc: utc() }) })]),
      },
      { place: Address },
    ),
  ),
  personalInfo: idMap(
    typed(
      'PersonalInfo',
      { kind: filled(), value: text() },
      {
        level: Type.Enum(['high', 'medium', 'low'], { type: 'string' }),
        listAs: Type.Integer({ minimum: 1 }),
        label: text(),
      },
    ),
  ),
})
