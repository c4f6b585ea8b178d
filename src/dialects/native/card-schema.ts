import type { TProperties } from 'typebox'
import { Type } from 'typebox'
import {
  Address,
  EmailAddress,
  filled,
  idMap,
  KEPT_MEMBERS,
  LanguagePref,
  languageTag,
  linkOf,
  Media,
  Name,
  Note,
  Organization,
  phoneOf,
  Relation,
  setOf,
  Title,
  text,
  typed,
  utc,
} from './card-types.ts'
import { OWN } from './wire.ts'

/** Members that Cards of organizations and of people have in common. */
const COMMON: TProperties = {
  version: Type.Literal('1.0'),
  uid: filled(),
  created: utc(),
  updated: utc(),
  language: languageTag(),
  name: Name,
  organizations: idMap(Organization),
  titles: idMap(Title),
  emails: idMap(EmailAddress),
  media: idMap(Media),
  notes: idMap(Note),
  preferredLanguages: idMap(LanguagePref),
  addresses: idMap(Address),
  // In this form a long one is judged in the time that it takes to read it.
  keywords: setOf('^\\s*[^\\s;][^;]*$'),
  relatedTo: Type.Unsafe({ type: 'object', additionalProperties: Relation }),
  localizations: Type.Unsafe({
    type: 'object',
    propertyNames: { type: 'string', format: 'language' },
    additionalProperties: { type: 'object' },
  }),
  ...KEPT_MEMBERS,
  [`${OWN}number`]: Type.Integer({ minimum: 1 }),
  [`${OWN}version`]: Type.Integer({ minimum: 1 }),
  [`${OWN}note`]: text(),
}

/** The Card of an organization, as it may be sent. */
export const OrganizationCard = typed(
  'Card',
  {},
  {
    ...COMMON,
    kind: Type.Enum(['org'], { type: 'string' }),
    phones: idMap(phoneOf({})),
    links: idMap(linkOf({ [`${OWN}website`]: Type.Literal(true) })),
    [`${OWN}state`]: Type.Enum(['active', 'inactive'], { type: 'string' }),
    [`${OWN}public`]: Type.Boolean(),
    [`${OWN}identifiers`]: Type.Array(
      Type.Object(
        { scheme: Type.String({ minLength: 1, maxLength: 64, pattern: '^\\S+$' }), value: text() },
        { additionalProperties: false },
      ),
    ),
    [`${OWN}contributors`]: Type.Array(Type.String({ pattern: '^\\S+@\\S+$', maxLength: 255 }), {
      uniqueItems: true,
    }),
  },
)

/** The Card of a person, as it may be sent. */
export const PersonCard = typed(
  'Card',
  {},
  {
    ...COMMON,
    kind: Type.Enum(['individual'], { type: 'string' }),
    phones: idMap(phoneOf({ [`${OWN}extension`]: text() })),
    links: idMap(linkOf({})),
    [`${OWN}organization`]: filled(),
    [`${OWN}notifyAt`]: utc(),
  },
)
