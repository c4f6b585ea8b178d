/** What a client is told of one member of the entity. */
export interface FieldFacts {
  readonly name: string
  /** System type; null where the vendor gives none. */
  readonly type: string | null
  readonly length: number
  /** The part of the record that it is written to; undefined for what the server alone writes. */
  readonly part: string | undefined
  /** Resource of the hint that a form asks for it. */
  readonly mandatory?: string
}

const INTEGER = 'System.Int32'
const SHORT = 'System.Int16'
const TEXT = 'System.String'
const DATE = 'System.DateTime'
const FLAG = 'System.Boolean'
const ELEMENTS = 'SuperOffice.CRM.Services.EntityElement[]'
const FACET = 'facets.superoffice'

const service = (name: string): string => `SuperOffice.CRM.Services.${name}`

/** In the order of the capture. @see specs/superoffice.md 1.10 */
export const FIELDS: readonly FieldFacts[] = [
  { name: 'ContactId', type: INTEGER, length: 4, part: undefined },
  { name: 'Name', type: TEXT, length: 219, part: 'name', mandatory: '[SR_MANDATORY_FIELD_1281]' },
  { name: 'Department', type: TEXT, length: 219, part: 'department' },
  { name: 'OrgNr', type: TEXT, length: 49, part: 'identifiers' },
  { name: 'Number1', type: TEXT, length: 49, part: FACET },
  { name: 'Number2', type: TEXT, length: 49, part: FACET },
  { name: 'UpdatedDate', type: DATE, length: 16, part: undefined },
  { name: 'CreatedDate', type: DATE, length: 16, part: undefined },
  { name: 'Emails', type: ELEMENTS, length: 0, part: 'emails' },
  { name: 'Interests', type: null, length: 0, part: FACET },
  { name: 'Urls', type: ELEMENTS, length: 0, part: 'links' },
  { name: 'Phones', type: ELEMENTS, length: 0, part: 'phones' },
  { name: 'Faxes', type: ELEMENTS, length: 0, part: 'phones' },
  { name: 'Description', type: TEXT, length: 2047, part: 'note' },
  { name: 'UpdatedBy', type: service('Associate'), length: 4, part: undefined },
  { name: 'CreatedBy', type: service('Associate'), length: 4, part: undefined },
  { name: 'Associate', type: service('Associate'), length: 4, part: FACET },
  {
    name: 'Business',
    type: service('Business'),
    length: 4,
    part: FACET,
    mandatory: '[SR_MANDATORY_FIELD_1288]',
  },
  {
    name: 'Category',
    type: service('Category'),
    length: 4,
    part: FACET,
    mandatory: '[SR_MANDATORY_FIELD_1289]',
  },
  { name: 'Country', type: service('Country'), length: 4, part: 'addresses' },
  { name: 'Persons', type: null, length: 0, part: undefined },
  { name: 'NoMailing', type: FLAG, length: 2, part: FACET },
  { name: 'Kananame', type: TEXT, length: 219, part: FACET },
  { name: 'Xstop', type: FLAG, length: 2, part: FACET },
  { name: 'ActiveInterests', type: INTEGER, length: 0, part: undefined },
  { name: 'GroupId', type: INTEGER, length: 4, part: undefined },
  { name: 'ActiveStatusMonitorId', type: INTEGER, length: 0, part: undefined },
  { name: 'SupportAssociate', type: service('Associate'), length: 4, part: FACET },
  { name: 'TicketPriority', type: service('TicketPriority'), length: 4, part: FACET },
  { name: 'CustomerLanguage', type: service('CustomerLanguage'), length: 4, part: FACET },
  { name: 'Deleted', type: SHORT, length: 2, part: undefined },
  { name: 'DbiAgentId', type: INTEGER, length: 4, part: FACET },
  { name: 'DbiLastSyncronized', type: DATE, length: 16, part: FACET },
  { name: 'DbiKey', type: TEXT, length: 255, part: FACET },
  { name: 'DbiLastModified', type: DATE, length: 16, part: FACET },
  { name: 'SupportPerson', type: service('Person'), length: 4, part: 'roles' },
  { name: 'Address', type: null, length: 0, part: 'addresses' },
  { name: 'Source', type: SHORT, length: 2, part: FACET },
  { name: 'ActiveErpLinks', type: INTEGER, length: 4, part: undefined },
]
