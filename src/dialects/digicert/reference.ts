// This file is longer than 300 lines because it is a table.
import type { ApiReference, Operation, Schema } from '../dialect.ts'
import { anything, both, flag, integer, list, object, oneOf, orNull, text, told } from '../kit/shapes.ts'
import { CONTACT_RULES, ORGANIZATION_RULES } from './bodies.ts'
import type { TextRule } from './members.ts'
import { VERIFIED_RULES } from './validation-bodies.ts'
import { VALIDATION_TYPES, VALIDATIONS } from './wire/validations.ts'
import { BASE_PATH, CHOICES, CONTACT_TYPES, CSV_TYPE, JSON_TYPE } from './wire.ts'

// What clients of the original find here: bodies from the very rules that they are read by. @see specs/digicert.md

/** A text as its rule has it: what is not required may be null or empty, and numbers are text where clients send such. */
function textOf({ limit, isRequired, isNumeric, form }: TextRule): Schema {
  const limits = {
    type: 'string',
    ...(limit !== undefined && { maxLength: limit }),
    ...(isRequired && { pattern: '\\S' }),
  }
  const shaped = form === undefined ? limits : { ...limits, allOf: [{ pattern: patternOf(form) }] }
  const digits = { type: 'integer', minimum: 0, maximum: largestNumber(limit) }
  const branches = [shaped, ...(isNumeric ? [digits] : []), ...(isRequired ? [] : [{ type: 'null' }])]
  return branches.length === 1 ? shaped : { anyOf: branches }
}

/** Schemas have no flags. */
function patternOf({ source, flags }: RegExp): string {
  return flags.includes('i') ? source.replaceAll('a-z', 'A-Za-z') : source
}

/** With as many digits as the text may have. */
function largestNumber(limit = 16): number {
  return Math.min(Number.MAX_SAFE_INTEGER, 10 ** Math.min(limit, 16) - 1)
}

function bodyOf(
  rules: Readonly<Record<string, TextRule>>,
  more: Readonly<Record<string, Schema>> = {},
): Schema {
  const members = Object.entries(rules).map(([name, rule]) => [
    rule.isRequired ? name : `${name}?`,
    textOf(rule),
  ])
  return object({ ...Object.fromEntries(members), ...more })
}

const languageIdFrom = (minimum: number): Schema => ({
  anyOf: [
    { type: 'integer', minimum },
    { type: 'string', pattern: '^(0*[1-9]\\d{0,14})?$' },
    { type: 'null' },
  ],
})

const ContactInput = bodyOf(CONTACT_RULES, {
  'language_id?': told(languageIdFrom(1), 'Cleared when it is left out.'),
})

const FirstContact = bodyOf(CONTACT_RULES, {
  'language_id?': told(languageIdFrom(0), '0 is none, as it is for a telephone and its extension.'),
})

const contactType = { type: 'string', enum: CONTACT_TYPES }

const TypedContact = both(object({ contact_type: contactType }), ContactInput)

const BareContact = told(
  object({ contact_type: { const: 'technical_contact' } }, { additionalProperties: { type: 'null' } }),
  'Nothing but the type: the organization has no such contact any more.',
)

const ContactsInput = object({
  contacts: list({ anyOf: [TypedContact, BareContact] }, { minItems: 1, maxItems: 2 }),
})

const verifiedUser = {
  anyOf: [
    object({
      id: {
        anyOf: [
          { type: 'integer', minimum: 1 },
          { type: 'string', pattern: '^0*[1-9]\\d{0,14}$' },
        ],
      },
    }),
    bodyOf(VERIFIED_RULES),
  ],
}

const verifiedUsers = (least: number) =>
  list(verifiedUser, { minItems: least, maxItems: CHOICES.largestList })

const needing = (needsUsers: boolean) =>
  oneOf(...VALIDATION_TYPES.filter((type) => VALIDATIONS[type].needsUsers === needsUsers))

/** Some need somebody who answers for them. */
const validationInput = {
  anyOf: [
    object({ type: needing(true), verified_users: verifiedUsers(1) }),
    object({ type: needing(false), 'verified_users?': orNull(verifiedUsers(0)) }),
  ],
}

const validationList = (least: number) =>
  list(validationInput, { minItems: least, maxItems: CHOICES.largestList })

const ValidationsInput = object({ validations: validationList(1) })

const OrganizationInput = bodyOf(ORGANIZATION_RULES, {
  organization_contact: FirstContact,
  'technical_contact?': orNull(FirstContact),
  'validations?': orNull(validationList(0)),
  'container?': orNull(object({ id: integer })),
  'skip_duplicate_org_check?': orNull(flag),
})

const Contact = object({
  id: integer,
  first_name: text,
  last_name: text,
  email: text,
  'job_title?': text,
  'telephone?': text,
  'telephone_extension?': text,
  'language_id?': integer,
})

const VerifiedUser = object({ id: integer, first_name: text, last_name: text })

const Validation = object({
  type: oneOf(...VALIDATION_TYPES),
  name: text,
  description: text,
  status: oneOf('pending'),
  'verified_users?': list(VerifiedUser),
})

const OrganizationRow = object({
  id: integer,
  status: oneOf('active', 'inactive'),
  name: text,
  'assumed_name?': text,
  display_name: text,
  is_active: flag,
  address: text,
  'address2?': text,
  city: text,
  state: text,
  zip: text,
  country: text,
  'telephone?': text,
  container: object({ id: integer, parent_id: integer, name: text, is_active: flag }),
  'validations?': list(Validation),
})

const person = { 'user_id?': text, 'job_title?': text, 'telephone?': text, 'email?': text }

const Organization = both(
  OrganizationRow,
  object({
    'organization_contact?': Contact,
    'technical_contact?': Contact,
    'verified_contacts?': list(both(VerifiedUser, object(person))),
  }),
)

const Approver = object({ name: text, first_name: text, last_name: text, ...person })

const Problem = object({ errors: list(object({ code: text, message: text })) })

function json(schema: Schema): Readonly<Record<string, Schema>> {
  return { [JSON_TYPE]: schema }
}

type Rest = Omit<Operation, 'id' | 'tag' | 'summary'>

function operation(route: string, id: string, summary: string, rest: Rest): readonly [string, Operation] {
  const [method = '', path = ''] = route.split(' ')
  const problems = [404, 406, ...(rest.problems ?? [])]
  return [`${method} ${BASE_PATH}${path}`, { id, tag: 'Organizations', summary, ...rest, problems }]
}

const done = (description: string) => ({ 204: { description } })
const shown = (description: string, schema: Schema) => ({
  200: { description, content: json(schema) },
  304: { description: 'It is as the client has it' },
})

const filter = (of: readonly string[]) => ({ schema: { type: 'string', enum: of } })

const LIST = {
  limit: {
    schema: { type: 'integer', minimum: 0 },
    description: `At most ${CHOICES.largestLimit} are given.`,
  },
  offset: { schema: { type: 'integer', minimum: 0, maximum: CHOICES.largestOffset } },
  sort: {
    schema: text,
    description: `Names with commas in between, a minus for the other way: ${Object.keys(CHOICES.sorts).join(', ')}.`,
  },
  include_validation: { schema: flag },
  container_id: { schema: integer },
  'filters[search]': { schema: text },
  'filters[status]': filter(CHOICES.filteredStates),
  'filters[validation]': filter(CHOICES.filteredValidations),
  'filters[container_id_for_organization]': { schema: integer },
}

export const reference: ApiReference = {
  title: 'DigiCert Services API, organizations',
  description:
    'Organizations and the contacts who answer for their certificates, as a certificate desk knows them.',
  tags: { Organizations: 'Organizations, their two contacts and their validations.' },
  security: { key: { type: 'apiKey', in: 'header', name: 'X-DC-DEVKEY' } },
  required: [['key']],
  schemas: {
    Organization,
    OrganizationRow,
    OrganizationInput,
    Contact,
    ContactInput,
    FirstContact,
    ContactsInput,
    Validation,
    ValidationsInput,
    Approver,
    Problem,
  },
  pathParameters: {
    id: { schema: { type: 'integer', minimum: 1 }, description: 'Number of an organization.' },
  },
  problems: {
    content: json(Problem),
    ofAll: [500, 503],
    ofCredentials: [401, 403, 429],
    ofBodies: [400, 413, 415],
  },
  operations: Object.fromEntries([
    operation('PUT /organization/:id/contact', 'updateContacts', 'Replace the contacts of an organization', {
      description: 'Of each type that is named, the whole contact; types that are not named stay.',
      body: { content: json(ContactsInput) },
      replies: done('The contacts are as they were sent'),
    }),
    operation('GET /organization/:id', 'getOrganization', 'Read an organization', {
      replies: shown('The organization', Organization),
    }),
    operation('DELETE /organization/:id', 'deleteOrganization', 'Delete an organization', {
      replies: done('It is deleted'),
      problems: [400],
    }),
    operation('PUT /organization/:id/activate', 'activateOrganization', 'Activate an organization', {
      replies: done('It is active'),
    }),
    operation('PUT /organization/:id/deactivate', 'deactivateOrganization', 'Deactivate an organization', {
      replies: done('It is inactive'),
    }),
    operation(
      'GET /organization/:id/validation',
      'getValidations',
      'Read the validations of an organization',
      {
        replies: shown('The validations', object({ validations: list(Validation) })),
      },
    ),
    operation(
      'POST /organization/:id/validation',
      'submitValidations',
      'Submit an organization for validation',
      {
        body: { content: json(ValidationsInput) },
        replies: done('They are pending'),
      },
    ),
    operation('GET /organization', 'listOrganizations', 'List organizations', {
      query: LIST,
      replies: {
        200: {
          description: 'A page',
          content: {
            ...json(
              object({
                organizations: list(OrganizationRow),
                page: object({ total: integer, limit: integer, offset: integer }),
              }),
            ),
            [CSV_TYPE]: text,
          },
        },
        304: { description: 'It is as the client has it' },
      },
      problems: [400],
    }),
    operation('POST /organization', 'createOrganization', 'Create an organization', {
      body: { content: json(OrganizationInput) },
      replies: { 201: { description: 'It was made', content: json(object({ id: integer })) } },
    }),
    operation(
      'GET /organization/potential-approvers',
      'listPotentialApprovers',
      'List who could answer for an organization',
      {
        replies: shown(
          'Users of the account, and contacts',
          object({ users: list(Approver), contacts: list(Approver) }),
        ),
      },
    ),
    operation(
      'GET /container/:id/order/organization',
      'listOrganizationsForOrders',
      'List active organizations',
      {
        query: LIST,
        replies: shown('Those that can be ordered for', object({ organizations: list(OrganizationRow) })),
        problems: [400],
      },
    ),
    operation(
      'PUT /order/certificate/:id/contact',
      'updateOrderContacts',
      'Replace the contacts of an order',
      {
        description: 'A directory has no orders: whichever is named does not exist.',
        body: { content: json(anything), isOptional: true },
        replies: {},
      },
    ),
    operation(
      'GET /account/subaccount/:id/organization',
      'listSubaccountOrganizations',
      'List the organizations of a sub-account',
      { description: 'A directory has no sub-accounts: whichever is named does not exist.', replies: {} },
    ),
  ]),
}
