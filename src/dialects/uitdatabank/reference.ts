// This file is longer than 300 lines because it is a table.
import type { TSchema } from 'typebox'
import type { ApiReference, Operation, Parameter, Schema } from '../dialect.ts'
import { bytes, dictionary, flag, integer, list, number, object, oneOf, text, told } from '../kit/shapes.ts'
import * as bodies from './bodies.ts'
import { LIMITS } from './search/parameters.ts'
import { LANGUAGES } from './wire.ts'

// What clients of the original find here; bodies are the very schemas that judge them. @see specs/uitdatabank.md

const asSchema = (schema: TSchema): Schema => schema as unknown as Schema

const language = oneOf(...LANGUAGES)
const languages = list(language)

/** Languages that the published model does not have, too: routes were given them. */
const translated = (content: Schema) => told(dictionary(content), 'Language → what it says.')

const Address = object({ addressCountry: text, addressLocality: text, postalCode: text, streetAddress: text })
const ContactPoint = object({ phone: list(text), email: list(text), url: list(text) })

const Image = object({
  '@id': text,
  '@type': text,
  id: text,
  contentUrl: text,
  thumbnailUrl: text,
  description: text,
  copyrightHolder: text,
  'inLanguage?': language,
})

const Organizer = object({
  '@id': text,
  '@context': text,
  mainLanguage: language,
  'url?': text,
  name: translated(text),
  created: text,
  creator: text,
  workflowStatus: oneOf('ACTIVE', 'DELETED'),
  languages,
  completedLanguages: languages,
  modified: text,
  completeness: integer,
  'address?': translated(Address),
  'geo?': object({ latitude: number, longitude: number }),
  'contactPoint?': ContactPoint,
  'description?': translated(text),
  'educationalDescription?': translated(text),
  'labels?': list(text),
  'hiddenLabels?': list(text),
  'images?': list(Image),
  'mainImage?': text,
  'contributors?': list(text),
})

const Written = object({ id: text, organizerId: text, url: text, commandId: text })

const Summary = {
  ...Organizer,
  properties: { ...(Organizer['properties'] as object), '@type': text },
  required: ['@id', '@type'],
}

const Label = object({
  uuid: text,
  name: text,
  visibility: oneOf('visible', 'invisible'),
  privacy: oneOf('public', 'private'),
})

const act = (name: string) => ({ [`${name}ById?`]: text, [`${name}ByEmail?`]: text, [`${name}Date?`]: text })

const Ownership = object({
  id: text,
  itemId: text,
  itemType: oneOf('organizer'),
  ownerId: text,
  'ownerEmail?': text,
  requesterId: text,
  'requesterEmail?': text,
  state: oneOf('requested', 'approved', 'rejected', 'deleted'),
  created: text,
  modified: text,
  ...act('approved'),
  ...act('rejected'),
  ...act('deleted'),
})

const Problem = object({
  type: text,
  title: text,
  'status?': integer,
  'detail?': text,
  'schemaErrors?': list(object({ jsonPointer: text, error: text })),
  'label?': text,
  'validation_messages?': dictionary(text),
})

const JSON_TYPE = 'application/json'
const LD_TYPE = 'application/ld+json'

const json = (schema: Schema) => ({ [JSON_TYPE]: schema })
const body = (schema: TSchema) => ({ body: { content: json(asSchema(schema)) } })
const page = (member: Schema) =>
  object({
    '@context': text,
    '@type': text,
    itemsPerPage: integer,
    totalItems: integer,
    member: list(member),
  })

const DONE = { replies: { 204: { description: 'It is done' } }, problems: [400, 404] }
const saved = (status: number) => ({
  replies: { [status]: { description: 'It is saved', content: json(Written) } },
  problems: [400, 404],
})
const shown = (type: string, schema: Schema) => ({
  replies: { 200: { description: 'What was asked for', content: { [type]: schema } } },
  problems: [400, 404],
})

type Row = readonly [
  route: string,
  id: string,
  summary: string,
  rest: Omit<Operation, 'id' | 'tag' | 'summary'>,
]

function tagged(tag: string, rows: readonly Row[]): readonly (readonly [string, Operation])[] {
  return rows.map(([route, id, summary, rest]) => [route, { id, tag, summary, ...rest }] as const)
}

const word = (description: string): Parameter => ({ schema: text, description })
const whole = (maximum?: number): Parameter => ({
  schema: { type: 'integer', minimum: 0, ...(maximum !== undefined && { maximum }) },
})

const PAGE = { start: whole(), limit: whole(LIMITS.largestPage) }

const SEARCH: Readonly<Record<string, Parameter>> = {
  q: word('A Lucene-style query.'),
  id: word('UUID.'),
  name: word('Beginnings of words of the name.'),
  website: word('The website, however it is spelled.'),
  domain: word('The domain of the website.'),
  postalCode: word('Of the address, in any language.'),
  addressCountry: word('Of the address; `*` for any.'),
  creator: word('Id of the principal who made it.'),
  hasImages: { schema: flag },
  'labels[]': { schema: list(text) },
  'contributors[]': { schema: list(text) },
  workflowStatus: word('`ACTIVE` unless told; with commas in between; `*` for all.'),
  disableDefaultFilters: { schema: flag },
  embed: { schema: flag, description: 'Whether members are whole documents.' },
  'sort[created]': { schema: oneOf('asc', 'desc') },
  'sort[modified]': { schema: oneOf('asc', 'desc') },
  'sort[completeness]': { schema: oneOf('asc', 'desc') },
  'sort[score]': { schema: oneOf('asc', 'desc') },
  ...PAGE,
}

const ORGANIZER = '/organizers/:organizerId'

const { ImageEditsBody, LabelCommandBody, LabelsBody, LinkBody, MainImageBody, NameBody, NewLabelBody } =
  bodies
const { ContactPointBody, Contributors, DescriptionBody, EducationalDescriptionBody, OrganizerBody } = bodies
const { OwnershipBody, UploadForm, UrlBody } = bodies

const UploadBody = {
  ...asSchema(UploadForm),
  properties: { ...(asSchema(UploadForm)['properties'] as object), file: bytes },
}

const organizers = tagged('Organizers', [
  [
    'GET /organizers',
    'searchOrganizers',
    'Search organizers',
    { query: SEARCH, ...shown(LD_TYPE, page(Summary)) },
  ],
  ['POST /organizers', 'createOrganizer', 'Create an organizer', { ...body(OrganizerBody), ...saved(201) }],
  [
    'POST /imports/organizers',
    'importOrganizer',
    'Import an organizer',
    { ...body(OrganizerBody), ...saved(200) },
  ],
  [
    `GET ${ORGANIZER}`,
    'getOrganizer',
    'Read an organizer',
    {
      query: { embedContributors: { schema: flag, description: 'A token is needed for it.' } },
      replies: {
        200: { description: 'The organizer', content: { [LD_TYPE]: Organizer, 'text/turtle': text } },
      },
      problems: [401, 404],
    },
  ],
  [`PUT ${ORGANIZER}`, 'replaceOrganizer', 'Replace an organizer', { ...body(OrganizerBody), ...saved(200) }],
  [
    'PUT /imports/organizers/:organizerId',
    'reimportOrganizer',
    'Import an organizer again',
    { ...body(OrganizerBody), ...saved(200) },
  ],
  [`DELETE ${ORGANIZER}`, 'deleteOrganizer', 'Delete an organizer', DONE],
  [
    `PUT ${ORGANIZER}/contact-point`,
    'replaceContactPoint',
    'Replace the contact point',
    { ...body(ContactPointBody), ...DONE },
  ],
  [
    `PUT ${ORGANIZER}/name`,
    'replaceName',
    'Replace the name in the main language',
    { ...body(NameBody), ...DONE },
  ],
  [
    `PUT ${ORGANIZER}/name/:language`,
    'translateName',
    'Replace the name in a language',
    { ...body(NameBody), ...DONE },
  ],
  [
    `PUT ${ORGANIZER}/description/:language`,
    'replaceDescription',
    'Replace the description in a language',
    { ...body(DescriptionBody), ...DONE },
  ],
  [
    `DELETE ${ORGANIZER}/description/:language`,
    'deleteDescription',
    'Delete the description in a language',
    DONE,
  ],
  [
    `PUT ${ORGANIZER}/educational-description/:language`,
    'replaceEducationalDescription',
    'Replace the educational description in a language',
    { ...body(EducationalDescriptionBody), ...DONE },
  ],
  [
    `DELETE ${ORGANIZER}/educational-description/:language`,
    'deleteEducationalDescription',
    'Delete the educational description in a language',
    DONE,
  ],
  [
    `PUT ${ORGANIZER}/address`,
    'replaceAddress',
    'Replace the address in the main language',
    { ...body(bodies.Address), ...DONE },
  ],
  [
    `PUT ${ORGANIZER}/address/:language`,
    'translateAddress',
    'Replace the address in a language',
    { ...body(bodies.Address), ...DONE },
  ],
  [`DELETE ${ORGANIZER}/address`, 'deleteAddress', 'Delete the address in all languages', DONE],
  [`PUT ${ORGANIZER}/url`, 'replaceUrl', 'Replace the website', { ...body(UrlBody), ...DONE }],
])

const images = tagged('Images', [
  [
    'POST /images',
    'uploadImage',
    'Upload an image',
    {
      body: { content: { 'multipart/form-data': UploadBody } },
      replies: {
        201: { description: 'It is there', content: json(object({ '@id': text, id: text, imageId: text })) },
      },
    },
  ],
  [
    'GET /images/:imageId',
    'getImage',
    'Read an image, or its file',
    {
      replies: {
        200: {
          description: 'What is known of it, or the file where images are accepted',
          content: { [LD_TYPE]: Image, 'image/*': bytes },
        },
        304: { description: 'It is as the client has it' },
      },
      problems: [404],
    },
  ],
  [
    `POST ${ORGANIZER}/images`,
    'linkImage',
    'Show an image with an organizer',
    { ...body(LinkBody), ...DONE },
  ],
  [
    `PATCH ${ORGANIZER}/images`,
    'editImages',
    'Change the texts of images',
    { ...body(ImageEditsBody), ...DONE },
  ],
  [`DELETE ${ORGANIZER}/images/:imageId`, 'unlinkImage', 'Show an image no more', DONE],
  [
    `PUT ${ORGANIZER}/images/main`,
    'replaceMainImage',
    'Choose the main image',
    { ...body(MainImageBody), ...DONE },
  ],
  [
    `DELETE ${ORGANIZER}/images/main`,
    'deleteMainImage',
    'Show the image called main no more',
    { description: 'There is none: `main` is no id.', ...DONE },
  ],
])

const labels = tagged('Labels', [
  [
    'GET /labels',
    'listLabels',
    'List labels',
    {
      query: {
        name: word('The whole name.'),
        query: word('Part of the name.'),
        start: whole(),
        limit: whole(),
      },
      ...shown(JSON_TYPE, page(Label)),
    },
  ],
  [
    'POST /labels',
    'createLabel',
    'Create a label',
    {
      ...body(NewLabelBody),
      replies: { 201: { description: 'It was made', content: json(object({ uuid: text })) } },
      problems: [409],
    },
  ],
  ['GET /labels/:labelId', 'getLabel', 'Read a label', shown(JSON_TYPE, Label)],
  [
    'PATCH /labels/:labelId',
    'editLabel',
    'Show, hide, open or reserve a label',
    { ...body(LabelCommandBody), ...DONE },
  ],
  [`PUT ${ORGANIZER}/labels`, 'replaceLabels', 'Replace the labels', { ...body(LabelsBody), ...DONE }],
  [`PUT ${ORGANIZER}/labels/:labelName`, 'addLabel', 'Add a label', DONE],
  [`DELETE ${ORGANIZER}/labels/:labelName`, 'removeLabel', 'Remove a label', DONE],
])

const permissions = { ...shown(JSON_TYPE, object({ permissions: list(text) })) }

const people = tagged('Contributors and owners', [
  [`GET ${ORGANIZER}/contributors`, 'getContributors', 'List contributors', shown(JSON_TYPE, list(text))],
  [
    `PUT ${ORGANIZER}/contributors`,
    'replaceContributors',
    'Replace contributors',
    { ...body(Contributors), ...DONE },
  ],
  [`GET ${ORGANIZER}/permissions`, 'getOwnPermissions', 'Read what the asker may do', permissions],
  [`GET ${ORGANIZER}/permissions/:userId`, 'getPermissions', 'Read what somebody may do', permissions],
  [
    `GET ${ORGANIZER}/creator`,
    'getCreator',
    'Read who made it',
    shown(LD_TYPE, object({ userId: text, 'email?': text })),
  ],
  [
    'GET /ownerships',
    'listOwnerships',
    'List requests to own an organizer',
    {
      query: {
        itemId: word('UUID of an organizer.'),
        state: word('Of the request.'),
        ownerId: word('Id of a principal.'),
        itemType: word('`organizer`.'),
        sort: word('A member, a minus for the other way.'),
        start: whole(),
        limit: whole(),
      },
      ...shown(LD_TYPE, page(Ownership)),
    },
  ],
  [
    'POST /ownerships',
    'requestOwnership',
    'Ask to own an organizer',
    {
      ...body(OwnershipBody),
      replies: { 201: { description: 'It was asked', content: json(object({ id: text })) } },
      problems: [404, 409],
    },
  ],
  ['GET /ownerships/:ownershipId', 'getOwnership', 'Read a request', shown(LD_TYPE, Ownership)],
  ['DELETE /ownerships/:ownershipId', 'deleteOwnership', 'End an ownership', DONE],
  ['POST /ownerships/:ownershipId/approve', 'approveOwnership', 'Approve a request', DONE],
  ['POST /ownerships/:ownershipId/reject', 'rejectOwnership', 'Reject a request', DONE],
  [
    'GET /ownerships/suggestions',
    'suggestOwnerships',
    'List organizers that the asker may want to own',
    {
      query: { itemType: { schema: oneOf('organizer'), isRequired: true }, ...PAGE },
      ...shown(LD_TYPE, page(Summary)),
    },
  ],
])

const context = tagged('Context', [
  [
    'GET /contexts/organizer',
    'getContext',
    'Read the JSON-LD context of an organizer',
    {
      replies: {
        200: {
          description: 'The context',
          content: { [LD_TYPE]: object({ '@context': { type: 'object' } }) },
        },
      },
    },
  ],
])

const id = (description: string): Parameter => ({ schema: text, description })

export const reference: ApiReference = {
  title: 'UiTdatabank Entry API, organizers',
  description:
    'Organizers, as an events platform knows them. Bodies in the older forms that the original still takes are taken too.',
  tags: {
    Organizers: 'Organizers: organizations of this directory.',
    Images: 'Pictures, and which organizers show them.',
    Labels: 'Labels, their register, and which organizers have them.',
    'Contributors and owners': 'Who may edit an organizer.',
    Context: 'What the members of a document mean.',
  },
  security: { bearer: { type: 'http', scheme: 'bearer', description: 'A token, or an API key.' } },
  required: [['bearer']],
  schemas: {
    Organizer,
    OrganizerBody: asSchema(OrganizerBody),
    Written,
    Address,
    AddressBody: asSchema(bodies.Address),
    ContactPoint,
    ContactPointBody: asSchema(ContactPointBody),
    Image,
    Label,
    Ownership,
    Problem,
  },
  pathParameters: {
    organizerId: id('UUID of an organizer.'),
    imageId: id('UUID of an image.'),
    labelId: id('UUID or name of a label.'),
    labelName: id('Name of a label.'),
    ownershipId: id('UUID of a request.'),
    userId: id('Id of a principal.'),
    language: id('Two letters.'),
  },
  problems: {
    content: { 'application/problem+json': Problem, 'text/plain': text },
    ofAll: [500, 503],
    ofCredentials: [401, 403, 429],
    ofBodies: [400, 413],
  },
  operations: Object.fromEntries([...organizers, ...images, ...labels, ...people, ...context]),
}
