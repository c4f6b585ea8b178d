import { type Static, type TSchema, Type } from 'typebox'
import { compileSchema } from '../kit/schema.ts'
import { formats } from './formats.ts'
import { CONTRIBUTOR_LIMIT } from './wire.ts'

// The order of properties is the order of errors, and what only the server writes is judged all the same
// (specs/uitdatabank.md 2.1, 3.1). Properties that are not named here are allowed.

const WEB_URL = String.raw`^http[s]?:\/\/\w`
const LABEL = String.raw`^(?=.{2,255}$)(?=.*\S.*\S.*)[^;]*$`

/** At least one character that is no blank. */
function text(limits: { readonly minLength: number; readonly maxLength?: number } = { minLength: 1 }) {
  return Type.String({ ...limits, pattern: String.raw`\S` })
}

const Url = Type.String({ format: 'uri', pattern: WEB_URL })
const Uri = Type.String({ format: 'uri' })
const Language = Type.Enum(['nl', 'fr', 'de', 'en'], { type: 'string' })
const Moment = Type.String({ format: 'date-time' })
const Languages = Type.Array(Language, { minItems: 1 })
const Label = Type.String({ minLength: 2, maxLength: 255, pattern: LABEL })
const Labels = Type.Array(Label, { minItems: 1, uniqueItems: true })
export const Contributors = Type.Array(Type.String({ format: 'email', maxLength: CONTRIBUTOR_LIMIT }), {
  uniqueItems: true,
})

/** Keys other than these four languages pass unseen. */
function translated<Content extends TSchema>(content: Content) {
  const optional = Type.Optional(content)
  return Type.Object({ nl: optional, fr: optional, de: optional, en: optional }, { minProperties: 1 })
}

export const Address = Type.Object({
  addressCountry: Type.String({ minLength: 1, maxLength: 2, pattern: '^[A-Z][A-Z]$' }),
  addressLocality: text(),
  postalCode: text(),
  streetAddress: text(),
})

const Coordinates = Type.Object({
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
})

export const Image = Type.Object({
  '@id': Url,
  id: Type.Optional(Type.String({ format: 'uuid' })),
  contentUrl: Type.Optional(Uri),
  thumbnailUrl: Type.Optional(Uri),
  description: Type.Optional(text()),
  copyrightHolder: Type.Optional(text({ minLength: 2, maxLength: 250 })),
  inLanguage: Type.Optional(Language),
})

/** Body of PUT contact-point, once `convertContactPoint` has seen it. */
export const ContactPointBody = Type.Object({
  phone: Type.Optional(Type.Array(text())),
  email: Type.Optional(Type.Array(Type.String({ format: 'email' }))),
  url: Type.Optional(Type.Array(Url)),
})
export type ContactPointBody = Static<typeof ContactPointBody>

/** Body of POST and PUT of a whole organizer, once `convertOrganizer` has seen it. */
export const OrganizerBody = Type.Object({
  mainLanguage: Language,
  url: Url,
  name: translated(text({ minLength: 1, maxLength: 90 })),
  description: Type.Optional(translated(text())),
  educationalDescription: Type.Optional(translated(text())),
  address: Type.Optional(translated(Address)),
  geo: Type.Optional(Coordinates),
  contactPoint: Type.Optional(ContactPointBody),
  images: Type.Optional(Type.Array(Image, { minItems: 1 })),
  mainImage: Type.Optional(Url),
  labels: Type.Optional(Labels),
  hiddenLabels: Type.Optional(Labels),
  created: Type.Optional(Moment),
  workflowStatus: Type.Optional(Type.Enum(['ACTIVE', 'DELETED'], { type: 'string' })),
  languages: Type.Optional(Languages),
  completedLanguages: Type.Optional(Languages),
  modified: Type.Optional(Moment),
  creator: Type.Optional(text()),
  contributors: Type.Optional(Contributors),
  completeness: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
})
export type OrganizerBody = Static<typeof OrganizerBody>

export const violationsOfOrganizer = compileSchema(OrganizerBody, { formats })
export const violationsOfContactPoint = compileSchema(ContactPointBody, { formats })

// Bodies of one member. @see specs/uitdatabank.md 2.3

export const NameBody = Type.Object({ name: text({ minLength: 1, maxLength: 90 }) })
export const DescriptionBody = Type.Object({ description: text() })
export const EducationalDescriptionBody = Type.Object({ educationalDescription: text() })
export const UrlBody = Type.Object({ url: Url })

export const violationsOfName = compileSchema(NameBody, { formats })
export const violationsOfDescription = compileSchema(DescriptionBody, { formats })
export const violationsOfEducationalDescription = compileSchema(EducationalDescriptionBody, { formats })
export const violationsOfAddress = compileSchema(Address, { formats })
export const violationsOfUrl = compileSchema(UrlBody, { formats })
export const violationsOfContributors = compileSchema(Contributors, { formats })

// Images. @see specs/uitdatabank.md 2.3

const Id = Type.String({ format: 'uuid' })
const holder = (minLength: number) => text({ minLength, maxLength: 250 })

export const LinkBody = Type.Object({
  id: Id,
  language: Type.Optional(Language),
  copyrightHolder: Type.Optional(holder(2)),
  description: Type.Optional(text()),
})
export type LinkBody = Static<typeof LinkBody>

/** Here alone a holder has at least three characters. */
export const ImageEditsBody = Type.Array(
  Type.Object(
    {
      id: Id,
      language: Type.Optional(Language),
      copyrightHolder: Type.Optional(holder(3)),
      description: Type.Optional(text()),
    },
    { minProperties: 2 },
  ),
  { minItems: 1 },
)
export type ImageEditsBody = Static<typeof ImageEditsBody>

export const MainImageBody = Type.Object({ imageId: Id }, { additionalProperties: false })
export type MainImageBody = Static<typeof MainImageBody>

/** The form of POST /images, its parts as texts; of `file` only that it is there. */
export const UploadForm = Type.Object({
  file: Type.Unknown(),
  description: text(),
  copyrightHolder: holder(2),
  language: Language,
})
export type UploadForm = Static<typeof UploadForm>

export const violationsOfLink = compileSchema(LinkBody, { formats })
export const violationsOfImageEdits = compileSchema(ImageEditsBody, { formats })
export const violationsOfMainImage = compileSchema(MainImageBody, { formats })
export const violationsOfUpload = compileSchema(UploadForm, { formats })

// Labels. @see specs/uitdatabank.md 2.3

export const LabelsBody = Type.Object({ labels: Type.Array(Label, { uniqueItems: true }) })
export type LabelsBody = Static<typeof LabelsBody>

export const NewLabelBody = Type.Object({
  name: Label,
  visibility: Type.Optional(Type.Enum(['visible', 'invisible'], { type: 'string' })),
  privacy: Type.Optional(Type.Enum(['public', 'private'], { type: 'string' })),
})
export type NewLabelBody = Static<typeof NewLabelBody>

export const LabelCommandBody = Type.Object({
  command: Type.Enum(['MakeVisible', 'MakeInvisible', 'MakePublic', 'MakePrivate'], { type: 'string' }),
})
export type LabelCommandBody = Static<typeof LabelCommandBody>

export const violationsOfLabels = compileSchema(LabelsBody, { formats })
export const violationsOfNewLabel = compileSchema(NewLabelBody, { formats })
export const violationsOfLabelCommand = compileSchema(LabelCommandBody, { formats })

export const OwnershipBody = Type.Object({
  itemId: text(),
  itemType: Type.Enum(['organizer'], { type: 'string' }),
  ownerId: Type.Optional(text()),
  ownerEmail: Type.Optional(Type.String({ format: 'email', maxLength: 255 })),
})

/** Of POST ownerships. @see specs/uitdatabank.md 2.5 */
export const violationsOfOwnership = compileSchema(OwnershipBody, { formats })
