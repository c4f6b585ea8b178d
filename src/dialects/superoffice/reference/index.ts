// This file is longer than 300 lines because it is a table.
import type { ApiReference, Operation, Parameter, Schema } from '../../dialect.ts'
import {
  anything,
  bytes,
  dictionary,
  flag,
  integer,
  list,
  object,
  oneOf,
  orNull,
  text,
} from '../../kit/shapes.ts'
import { LIMITS } from '../archive/options.ts'
import { LIST_NAMES } from '../wire/lists.ts'
import { ARGUMENTS, ContactInput, ImageInput, PatchInput, RulesInput } from './bodies.ts'
import * as carriers from './carriers.ts'

// What clients of the original find here. @see specs/superoffice.md

const { ContactEntityWithLinks, SelectedContactEntity, Contact, ContactSummary } = carriers
const { Address, DuplicateEntry, DuplicateRule, FieldInfo, UserDefinedFieldInfo, BlobEntity } = carriers
const { ListEntry, Page, Person, Problem, SelectableItem } = carriers

/** In JSON and in XML, whichever is accepted. */
function both(schema: Schema): Readonly<Record<string, Schema>> {
  return {
    'application/json': schema,
    'text/json': schema,
    'application/xml': text,
    'text/xml': text,
  }
}

/** What a body is sent as: every type of JSON means the same. */
function sent(schema: Schema): { readonly content: Readonly<Record<string, Schema>> } {
  return {
    content: {
      'application/json': schema,
      'text/json': schema,
      'application/merge-patch+json': schema,
      'application/json-patch+json': schema,
      'application/xml': anything,
      'text/xml': anything,
      'application/x-www-form-urlencoded': { type: 'object' },
    },
  }
}

const given = (schema: Schema) => ({
  replies: { 200: { description: 'What was asked for', content: both(schema) } },
})
const DONE = { replies: { 204: { description: 'It is done' } } }
const UNCHANGED = { description: 'It is as the client has it' }

type Rest = Omit<Operation, 'id' | 'tag' | 'summary'>
type Row = readonly [route: string, id: string, summary: string, rest: Rest]

function tagged(tag: string, rows: readonly Row[]): readonly (readonly [string, Operation])[] {
  return rows.map(([route, id, summary, rest]) => [route, { id, tag, summary, ...rest }] as const)
}

const word = (description: string): Parameter => ({ schema: text, description })
const SELECT = { $select: word('Members to answer, with commas in between.') }

const LIST: Readonly<Record<string, Parameter>> = {
  $select: word('Columns, with commas in between.'),
  $filter: word('Which rows.'),
  $orderby: word('Columns with `asc` or `desc`.'),
  $top: { schema: { type: 'integer', minimum: 0, maximum: LIMITS.largestPage } },
  $skip: { schema: { type: 'integer', minimum: 0 } },
  $entities: word('Entities of the archive.'),
  $mode: { schema: oneOf('slim', 'wide', 'full') },
  $output: { schema: oneOf('logical', 'display') },
  $jsonsafe: { schema: flag },
  $options: word('`GrandTotal=true` counts all rows.'),
}

const CONDITIONS: Readonly<Record<string, Parameter>> = {
  'If-Match': word('An ETag.'),
  'If-None-Match': word('An ETag.'),
  'If-Unmodified-Since': word('A time; equality passes.'),
  'If-Modified-Since': word('A time.'),
}

const STATE = {
  ETag: word('Of what is answered.'),
  'Last-Modified': word('Of the contact.'),
}

const entity = (description: string) => ({
  200: {
    description,
    content: both({ anyOf: [ContactEntityWithLinks, SelectedContactEntity] }),
    headers: STATE,
  },
})

const CONTACTS = '/api/v1/contact'
const CONTACT = `${CONTACTS}/:id`
const FIELDS = `${CONTACTS}/customfield`
const LAYOUT = `${CONTACTS}/udeflayout`

const contacts = tagged('Contacts', [
  [
    `GET ${CONTACTS}`,
    'listContacts',
    'List companies',
    {
      query: LIST,
      replies: {
        200: {
          description: 'A page',
          content: {
            'application/json': Page,
            'application/atom+xml': text,
            'application/xml': text,
            'text/xml': text,
          },
        },
      },
      problems: [400],
    },
  ],
  [
    `GET ${CONTACTS}/default`,
    'getDefaultContact',
    'Read a new company, not saved',
    given(ContactEntityWithLinks),
  ],
  [
    `POST ${CONTACTS}`,
    'createContact',
    'Create a company',
    { query: SELECT, body: sent(ContactInput), replies: entity('It was made') },
  ],
  [
    `GET ${CONTACT}`,
    'getContact',
    'Read a company',
    {
      query: SELECT,
      headers: CONDITIONS,
      replies: { ...entity('The company'), 304: UNCHANGED },
      problems: [400, 404, 412],
    },
  ],
  [
    `PUT ${CONTACT}`,
    'replaceContact',
    'Replace a company',
    {
      query: SELECT,
      headers: CONDITIONS,
      body: sent({ anyOf: [ContactInput, PatchInput] }),
      replies: entity('It was replaced'),
      problems: [404, 412],
    },
  ],
  [
    `PATCH ${CONTACT}`,
    'patchContact',
    'Change a company',
    {
      query: SELECT,
      headers: CONDITIONS,
      body: sent(PatchInput),
      replies: entity('It was changed'),
      problems: [404, 409, 412],
    },
  ],
  [
    `DELETE ${CONTACT}`,
    'deleteContact',
    'Delete a company',
    { headers: CONDITIONS, ...DONE, problems: [404, 412] },
  ],
  [
    `POST ${CONTACTS}/validate`,
    'validateContact',
    'Tell what a save would refuse',
    { body: sent(ContactInput), ...given(dictionary(text)), problems: [404] },
  ],
  [
    `GET ${CONTACT}/simple`,
    'getSimpleContact',
    'Read the summary of a company',
    { ...given(Contact), problems: [404] },
  ],
  [
    `GET ${CONTACT}/summary`,
    'getContactSummary',
    'Read a company and what goes on with it',
    {
      query: { limit: { schema: integer, isRequired: true } },
      ...given(ContactSummary),
      problems: [400, 404],
    },
  ],
  [
    `GET ${CONTACT}/foreignkey`,
    'getForeignKeys',
    'Read the keys that other systems gave a company',
    { ...given(object({})), problems: [404] },
  ],
  [
    `POST ${CONTACT}/mergeto/:destination`,
    'mergeContact',
    'Merge a company into another',
    {
      query: { mergeIdenticalPersons: { schema: flag }, replaceEmptyFieldsOnDestination: { schema: flag } },
      ...DONE,
      problems: [400, 404],
    },
  ],
])

const subLists = tagged(
  'Lists of a contact',
  ['persons', 'activities', 'appointments', 'documents', 'projects', 'sales', 'relations', 'tickets'].map(
    (name): Row => [
      `GET ${CONTACT}/${name}`,
      `list${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      `List the ${name} of a company`,
      {
        query: LIST,
        replies: {
          200: {
            description: 'A page',
            content: {
              'application/json': Page,
              'application/atom+xml': text,
              'application/xml': text,
              'text/xml': text,
            },
          },
        },
        problems: [400, 404],
      },
    ],
  ),
)

const duplicates = tagged('Duplicates', [
  [
    `GET ${CONTACTS}/duplicates/:name`,
    'findDuplicates',
    'Find companies with a name like this',
    { query: { department: word('And such a department.') }, ...given(list(DuplicateEntry)) },
  ],
  [
    `GET ${CONTACTS}/duplicatedomains/:domain`,
    'findDomainDuplicates',
    'Find companies with this domain',
    given(list(DuplicateEntry)),
  ],
  [`GET ${CONTACTS}/duplicaterules`, 'getDuplicateRules', 'List the rules', given(list(DuplicateRule))],
  [
    `PUT ${CONTACTS}/duplicaterules`,
    'setDuplicateRules',
    'Switch rules on and off',
    { body: sent(RulesInput), ...DONE },
  ],
])

const lists = tagged('Lists', [
  [
    'GET /api/v1/mdolist/:list',
    'getMdoList',
    'Read a list as a client offers it',
    { query: { searchString: word('Part of a name.') }, ...given(list(SelectableItem)), problems: [404] },
  ],
  [
    'GET /api/v1/list/:list/items',
    'getListItems',
    'Read the entries of a list',
    { ...given(list(ListEntry)), problems: [404] },
  ],
])

const closed = (route: string, id: string, summary: string, hasBody = true): Row => [
  route,
  id,
  summary,
  {
    description: 'The access file defines the fields: this is refused.',
    ...(hasBody && { body: { ...sent(anything), isOptional: true } }),
    replies: {},
  },
]

const fields = tagged('Custom fields', [
  [`GET ${FIELDS}`, 'listCustomFields', 'List the custom fields', given(list(FieldInfo))],
  [`GET ${FIELDS}/:name`, 'getCustomField', 'Read a custom field', { ...given(FieldInfo), problems: [404] }],
  [`GET ${LAYOUT}`, 'getLayout', 'Read the layout of the fields', given(list(UserDefinedFieldInfo))],
  closed(`PUT ${LAYOUT}`, 'replaceLayout', 'Replace the layout'),
  closed(`POST ${LAYOUT}`, 'addToLayout', 'Add a field to the layout'),
  [
    `GET ${LAYOUT}/published`,
    'getPublishedLayout',
    'Read the published layout',
    given(list(UserDefinedFieldInfo)),
  ],
  [
    `GET ${LAYOUT}/published/:name`,
    'getPublishedField',
    'Read a field of the published layout',
    { ...given(UserDefinedFieldInfo), problems: [404] },
  ],
  [`GET ${LAYOUT}/changed`, 'isLayoutChanged', 'Tell whether the layout was changed', given(flag)],
  [`GET ${LAYOUT}/publish`, 'isLayoutPublishing', 'Tell whether the layout is being published', given(flag)],
  closed(`POST ${LAYOUT}/publish`, 'publishLayout', 'Publish the layout'),
  closed(`POST ${LAYOUT}/revert`, 'revertLayout', 'Take changes of the layout back'),
  [
    `GET ${LAYOUT}/:name`,
    'getLayoutField',
    'Read a field of the layout',
    { ...given(UserDefinedFieldInfo), problems: [404] },
  ],
  closed(`DELETE ${LAYOUT}/:name`, 'removeFromLayout', 'Remove a field from the layout', false),
  closed(`POST ${LAYOUT}/:name/changeto/:type`, 'changeFieldType', 'Change the type of a field'),
])

const picture = {
  content: { 'image/*': bytes, 'application/octet-stream': bytes, 'multipart/form-data': { type: 'object' } },
}
const uploaded = { replies: { 200: { description: 'The size of the picture', content: both(integer) } } }

const images = tagged('Images', [
  [
    `GET ${CONTACT}/image`,
    'getImage',
    'Read the picture of a company',
    {
      query: { encoding: word('`base64`.'), size: word('Is not looked at.'), blank: { schema: flag } },
      headers: CONDITIONS,
      replies: {
        200: { description: 'The picture', content: { 'image/*': bytes, 'text/plain': text } },
        304: UNCHANGED,
      },
      problems: [400, 404],
    },
  ],
  [
    `PUT ${CONTACT}/image`,
    'replaceImage',
    'Replace the picture',
    { body: picture, ...uploaded, problems: [404] },
  ],
  [
    `POST ${CONTACT}/image`,
    'uploadImage',
    'Replace the picture',
    { body: picture, ...uploaded, problems: [404] },
  ],
  [`DELETE ${CONTACT}/image`, 'deleteImage', 'Delete the picture', { ...DONE, problems: [404] }],
  [
    `GET ${CONTACT}/imageinfo`,
    'getImageInfo',
    'Read what is known of the picture',
    { ...given(BlobEntity), problems: [404] },
  ],
  [
    `PUT ${CONTACT}/imageinfo`,
    'replaceImageInfo',
    'Replace the description of the picture',
    { body: sent(ImageInput), ...given(BlobEntity), problems: [404] },
  ],
])

const sessions = tagged('Sessions and discovery', [
  [
    'POST /api/v1/session',
    'beginSession',
    'Get cookies for a name and a password',
    { description: 'An extension, for browsers.', ...DONE, problems: [401] },
  ],
  ['DELETE /api/v1/session', 'endSession', 'Give the cookies back', DONE],
  [
    'GET /api',
    'getVersions',
    'Read which versions there are',
    {
      replies: {
        200: {
          description: 'The versions',
          content: { ...both({ type: 'object', additionalProperties: {} }), 'text/html': text },
        },
      },
    },
  ],
  [
    'GET /api/v1',
    'getResources',
    'Read which resources there are',
    {
      replies: {
        200: {
          description: 'URL → its methods',
          content: { ...both(dictionary(dictionary(text))), 'text/html': text },
        },
      },
    },
  ],
])

/** Agents answer null of a company that is not there, in place of a problem. */
function agent(name: keyof typeof ANSWERS): readonly [string, Operation] {
  const [summary, input, answer] = ANSWERS[name]
  const nobody = {
    200: { description: 'Null where there is no such company', content: both({ type: 'null' }) },
  }
  return [
    `POST /api/v1/agents/contact/${name.toLowerCase()}`,
    {
      id: `agent${name}`,
      tag: 'Contact agent',
      summary,
      body: { ...sent(input), isOptional: true },
      replies:
        answer === undefined
          ? { ...nobody, ...DONE.replies }
          : { 200: { description: 'What was asked for', content: both(orNull(answer)) } },
      problems: [409],
    },
  ]
}

const ANSWERS = {
  CreateDefaultContactEntity: ['Read a new company, not saved', ARGUMENTS.none, ContactEntityWithLinks],
  GetContactEntity: ['Read a company', ARGUMENTS.contactEntityId, ContactEntityWithLinks],
  GetContactWithPersons: ['Read a company and its people', ARGUMENTS.contactId, ContactEntityWithLinks],
  GetContact: ['Read the summary of a company', ARGUMENTS.contactId, Contact],
  GetContactList: ['Read the summaries of companies', ARGUMENTS.contactIds, list(Contact)],
  GetPersons: ['List the people of a company', ARGUMENTS.contactId, list(Person)],
  GetAddress: ['Read the address of a company', ARGUMENTS.contactId, Address],
  GetContactSummary: ['Read a company and what goes on with it', ARGUMENTS.summary, ContactSummary],
  ValidateContactEntity: ['Tell what a save would refuse', ARGUMENTS.entity, dictionary(text)],
  ChangeCountry: ['Show a company in another country, not saved', ARGUMENTS.country, ContactEntityWithLinks],
  SaveContactEntity: ['Save a company', ARGUMENTS.entity, ContactEntityWithLinks],
  DeleteContactEntity: ['Delete a company', ARGUMENTS.contactEntityId, undefined],
  Undelete: ['Bring a company back', ARGUMENTS.id, undefined],
  Merge: ['Merge a company into another', ARGUMENTS.merge, undefined],
  UpdateInterests: ['Select and deselect interests', ARGUMENTS.interests, undefined],
  GetDuplicates: ['Find companies with a name like this', ARGUMENTS.name, list(DuplicateEntry)],
  GetNameDepartmentDuplicates: [
    'Find companies with a name and a department like these',
    ARGUMENTS.nameDepartment,
    list(DuplicateEntry),
  ],
  GetDomainDuplicates: ['Find companies with this domain', ARGUMENTS.domain, list(DuplicateEntry)],
  GetDuplicateRules: ['List the rules', ARGUMENTS.none, list(DuplicateRule)],
  SetDuplicateRulesStatus: ['Switch rules on and off', ARGUMENTS.rules, undefined],
} as const satisfies Readonly<Record<string, readonly [string, Schema, Schema | undefined]>>

const agents = (Object.keys(ANSWERS) as (keyof typeof ANSWERS)[]).map(agent)

const named = (description: string): Parameter => ({ schema: text, description })

export const reference: ApiReference = {
  title: 'SuperOffice WebAPI, Contact',
  description:
    'Companies, as a CRM knows them. Paths, names of members and names of options count in any case.',
  tags: {
    Contacts: 'Companies: organizations of this directory.',
    'Lists of a contact': 'People, and what is not kept here.',
    Duplicates: 'Companies that may be the same.',
    Lists: 'What a company chooses from.',
    'Custom fields': 'Fields that the access file defines.',
    Images: 'The picture of a company.',
    'Contact agent': 'The same as remote procedures.',
    'Sessions and discovery': 'Cookies for browsers, and what there is.',
  },
  security: {
    basic: { type: 'http', scheme: 'basic' },
    bearer: { type: 'http', scheme: 'bearer' },
    ticket: { type: 'apiKey', in: 'header', name: 'Authorization', description: '`SOTicket` and a token.' },
  },
  required: [['basic'], ['bearer'], ['ticket']],
  schemas: {
    ContactEntityWithLinks,
    SelectedContactEntity,
    ContactInput,
    PatchInput,
    Contact,
    ContactSummary,
    Address,
    Person,
    SelectableItem,
    Associate: carriers.Associate,
    Category: carriers.Category,
    Country: carriers.Country,
    ListItem: carriers.ListItem,
    EntityElement: carriers.EntityElement,
    TableRight: carriers.TableRight,
    FieldProperty: carriers.FieldProperty,
    DuplicateEntry,
    DuplicateRule,
    FieldInfo,
    UserDefinedFieldInfo,
    BlobEntity,
    ListEntry,
    Page,
    Problem,
  },
  pathParameters: {
    id: { schema: { type: 'integer', minimum: 1 }, description: 'Number of a company.' },
    destination: {
      schema: { type: 'integer', minimum: 1 },
      description: 'Number of the company that stays.',
    },
    name: named('A name.'),
    domain: named('A domain.'),
    type: named('A type of fields.'),
    list: { schema: text, description: `Name of a list: ${LIST_NAMES.join(', ')}.` },
  },
  problems: {
    content: both(Problem),
    ofAll: [500, 503],
    ofCredentials: [401, 403, 429],
    ofBodies: [400, 413, 415],
  },
  operations: Object.fromEntries([
    ...contacts,
    ...subLists,
    ...duplicates,
    ...lists,
    ...fields,
    ...images,
    ...agents,
    ...sessions,
  ]),
}
