import type { ApiReference, Operation, Parameter, Schema } from '../dialect.ts'
import { both, flag, instant, integer, list, nothing, object, oneOf, orNull, text } from '../kit/shapes.ts'
import { BODIES } from './bodies.ts'
import { COMPANY_EXTENSIONS, COMPANY_FIELDS, COMPANY_LIST_EXTENSIONS, COMPANY_TYPES } from './wire/company.ts'
import { CONTACT_EXTENSIONS, CONTACT_FIELDS } from './wire/contact.ts'
import { CHOICES } from './wire.ts'

// What clients of the original find here. @see specs/kare.md

const JSON_TYPE = 'application/json'
const maybe = orNull(text)
const moment = orNull(instant)

const contactFields = object({ name: text, email: maybe, phones: list(text), comment: maybe })

const Contact = both(
  object({ id: integer }),
  both(
    contactFields,
    object({ companyId: integer, notifyAt: moment, updatedAt: instant, createdAt: instant }),
  ),
)

const Actions = object({ canBeUpdated: flag, canBeDeleted: flag })
const type = oneOf(...COMPANY_TYPES)

const CompanySummary = object({
  id: integer,
  name: text,
  type,
  location: maybe,
  archivedAt: moment,
  createdAt: instant,
})

const ListedContact = both(Contact, object({ 'company?': CompanySummary, 'actions?': Actions }))

const SavedCompany = object({
  id: integer,
  name: text,
  type,
  location: maybe,
  comment: maybe,
  organizationId: integer,
  archivedAt: moment,
  createdAt: instant,
  updatedAt: instant,
})

const TechnicalInstallation = object({
  id: integer,
  name: text,
  image: object({ id: integer, presignedUrl: text }),
  tradKey: text,
  isDefault: flag,
})

const UPDATABLE = [
  'name',
  'type',
  'location',
  'comment',
  'email',
  'phones',
  'establishmentIds',
  'labelIds',
  'technicalInstallationIds',
]

const Company = object({
  id: integer,
  name: text,
  type,
  location: maybe,
  comment: maybe,
  archivedAt: moment,
  email: maybe,
  phones: list(text),
  primaryContactId: orNull(integer),
  'technicalInstallations?': list(TechnicalInstallation),
  'labels?': list(object({ id: integer, name: text, color: text })),
  'contacts?': list(both(contactFields, object({ id: integer, notifyAt: moment }))),
  establishmentIds: list(integer),
  'actions?': Actions,
  'updatableFields?': object(Object.fromEntries(UPDATABLE.map((name) => [name, flag]))),
})

const Problem = object({
  statusCode: integer,
  error: text,
  message: text,
  'details?': list(object({ path: list({ type: ['string', 'integer'] }), code: text, message: text })),
})

const Tokens = object({ accessToken: text, refreshToken: text, sessionToken: text })

function page(of: Schema): Readonly<Record<string, Schema>> {
  const pagination = object({ page: integer, pageSize: integer })
  return json(object({ data: list(of), pagination, 'totalCount?': integer }))
}

function json(schema: Schema): Readonly<Record<string, Schema>> {
  return { [JSON_TYPE]: schema }
}

const names = (of: readonly string[]): Parameter => ({
  schema: list({ type: 'string', enum: of }),
  description: 'Repeated, or with commas in between.',
})

function listQuery(extensions: readonly string[], fields: readonly string[]) {
  return {
    page: { schema: { type: 'integer', minimum: 1, default: CHOICES.defaultPage } },
    pageSize: {
      schema: {
        type: 'integer',
        minimum: 1,
        maximum: CHOICES.largestPageSize,
        default: CHOICES.defaultPageSize,
      },
    },
    findId: { schema: integer, description: 'Gives the page on which this one is.' },
    includeCount: { schema: flag },
    extend: names(extensions),
    orderBy: { schema: text, description: `Fields with \`ASC\` or \`DESC\`: ${fields.join(', ')}.` },
    whereName: { schema: text, description: 'Part of the name, whatever its case.' },
    whereEmail: { schema: text, description: 'Part of the e-mail address, whatever its case.' },
    whereCreatedAt: { schema: text, description: 'A day or an instant.' },
  } satisfies Readonly<Record<string, Parameter>>
}

const contacts = (
  summary: string,
  id: string,
  rest: Omit<Operation, 'id' | 'tag' | 'summary'>,
): Operation => ({
  id,
  tag: 'Contacts',
  summary,
  ...rest,
})

const companies = (
  summary: string,
  id: string,
  rest: Omit<Operation, 'id' | 'tag' | 'summary'>,
): Operation => ({
  id,
  tag: 'Companies',
  summary,
  ...rest,
})

const sessions = (summary: string, id: string, body: Schema, status: number, reply: Schema): Operation => ({
  id,
  tag: 'Sessions',
  summary,
  body: { content: json(body) },
  replies: { [status]: { description: 'Who is logged in', content: json(reply) } },
  problems: [401],
})

const COMPANIES = '/companies/v2/rs'
const COMPANY = `${COMPANIES}/:companyId`
const CONTACTS = `${COMPANY}/contacts`

export const reference: ApiReference = {
  title: 'Kare Company API',
  description:
    'Companies and their contacts, as a register of buildings knows them. Everything is below `/main`, too.',
  tags: {
    Companies: 'Companies: organizations of this directory.',
    Contacts: 'Their contacts: people of this directory.',
    Sessions: 'Logging in.',
  },
  security: {
    access: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
    session: { type: 'apiKey', in: 'header', name: 'X-Session-Token' },
  },
  required: [['access', 'session']],
  schemas: {
    Company,
    SavedCompany,
    CompanySummary,
    TechnicalInstallation,
    Contact,
    ListedContact,
    Actions,
    Tokens,
    ...BODIES,
    Problem,
  },
  pathParameters: {
    companyId: { schema: { type: 'integer', minimum: 1 }, description: 'Number of a company.' },
    contactId: { schema: { type: 'integer', minimum: 1 }, description: 'Number of a contact.' },
  },
  problems: {
    content: json(Problem),
    ofAll: [500, 503],
    ofCredentials: [401, 403],
    ofBodies: [400, 413, 415],
  },
  operations: {
    [`GET ${COMPANIES}`]: companies('List companies', 'listCompanies', {
      query: {
        ...listQuery(COMPANY_LIST_EXTENSIONS, COMPANY_FIELDS),
        whereType: { schema: type },
      },
      replies: { 200: { description: 'A page', content: page(Company) } },
      problems: [400],
    }),
    [`POST ${COMPANIES}`]: companies('Create a company', 'createCompany', {
      body: { content: json(BODIES.NewCompany) },
      replies: {
        [CHOICES.statuses.companyCreated]: { description: 'It was made', content: json(SavedCompany) },
      },
      problems: [409],
    }),
    [`GET ${COMPANY}`]: companies('Read a company', 'getCompany', {
      query: { extend: names(COMPANY_EXTENSIONS) },
      replies: { 200: { description: 'The company', content: json(Company) } },
      problems: [400, 404],
    }),
    [`PATCH ${COMPANY}`]: companies('Change a company', 'updateCompany', {
      body: { content: json(BODIES.CompanyPatch) },
      replies: {
        [CHOICES.statuses.companyUpdated]: { description: 'It was changed', content: json(SavedCompany) },
      },
      problems: [404, 409],
    }),
    [`DELETE ${COMPANY}`]: companies('Archive a company', 'archiveCompany', {
      replies: { [CHOICES.statuses.companyArchived]: { description: 'It is archived' } },
      problems: [400, 404, 409],
    }),
    [`GET ${CONTACTS}`]: contacts('List the contacts of a company', 'listContacts', {
      query: listQuery(CONTACT_EXTENSIONS, CONTACT_FIELDS),
      replies: { 200: { description: 'A page', content: page(ListedContact) } },
      problems: [400, 404],
    }),
    [`POST ${CONTACTS}`]: contacts('Add contacts to a company', 'createContacts', {
      body: {
        content: json(list(BODIES.NewContact, { minItems: CHOICES.fewestNew, maxItems: CHOICES.mostNew })),
      },
      replies: { 201: { description: 'They were added', content: json(object({ nbInsertion: integer })) } },
      problems: [404, 409],
    }),
    [`PATCH ${CONTACTS}/:contactId`]: contacts('Change a contact', 'updateContact', {
      body: { content: json(BODIES.ContactPatch) },
      replies: { 200: { description: 'It was changed', content: json(Contact) } },
      problems: [404, 409],
    }),
    [`DELETE ${CONTACTS}/:contactId`]: contacts('Delete a contact', 'deleteContact', {
      replies: { [CHOICES.statuses.contactDeleted]: { description: 'It is deleted' } },
      problems: [400, 404, 409],
    }),
    'POST /auth/v1/rs/login/credentials': sessions(
      'Log in',
      'logIn',
      BODIES.Credentials,
      201,
      object({ data: Tokens }),
    ),
    'POST /auth/v1/rs/token/verify': sessions(
      'Trade a refresh token for a session, and where its user works',
      'verifyToken',
      BODIES.Token,
      201,
      object({
        accessToken: text,
        sessionToken: text,
        organizationName: text,
        establishmentId: nothing,
        pinCodeEnabled: flag,
        reportId: nothing,
      }),
    ),
    [`POST ${CHOICES.refreshPath}`]: sessions(
      'Trade a refresh token for fresh ones',
      'refreshTokens',
      BODIES.RefreshToken,
      201,
      object({ data: Tokens }),
    ),
    'POST /auth-rs/v2/bo/login': sessions(
      'Log in to the back office',
      'logInToBackOffice',
      BODIES.Credentials,
      200,
      object({ data: both(Tokens, object({ expiresIn: text })) }),
    ),
  },
}
