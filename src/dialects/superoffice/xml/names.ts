/** Name of a list → name of its items. @see specs/superoffice.md 1.2, 1.6, 1.8 */
const ITEM_NAMES: Readonly<Record<string, string>> = {
  Emails: 'EntityElement',
  Urls: 'EntityElement',
  Phones: 'EntityElement',
  Faxes: 'EntityElement',
  Interests: 'SelectableMDOListItem',
  ChildItems: 'SelectableMDOListItem',
  Persons: 'Person',
  BounceEmails: 'string',
  Domains: 'string',
  LocalizedAddress: 'ArrayOfLocalizedField',
  ArrayOfLocalizedField: 'LocalizedField',
  Tickets: 'TicketSummaryItem',
  Followups: 'AppointmentSummaryItem',
  Documents: 'AppointmentSummaryItem',
  Sales: 'SaleSummaryItem',
  Chats: 'ChatSummaryItem',
}

/** Members whose keys are data, which no element can be named by. */
export const DICTIONARIES: ReadonlySet<string> = new Set([
  'UserDefinedFields',
  'ExtraFields',
  'CustomFields',
  'FieldProperties',
  '_Links',
  'Dictionary',
])

const ARRAY = 'ArrayOf'

export function itemNameOf(list: string): string {
  if (Object.hasOwn(ITEM_NAMES, list)) return ITEM_NAMES[list] ?? ''
  return list.startsWith(ARRAY) ? list.slice(ARRAY.length) : 'Item'
}

/** Carriers within an entity: an empty element says nothing of one. */
const CARRIERS_BY_LOWER = lowered([
  'UpdatedBy',
  'CreatedBy',
  'Associate',
  'Business',
  'Category',
  'Country',
  'SupportAssociate',
  'TicketPriority',
  'CustomerLanguage',
  'SupportPerson',
  'Address',
  'Street',
  'Postal',
  'TableRight',
  'InitialUtmParameters',
])

export function isCarrier(name: string): boolean {
  return CARRIERS_BY_LOWER.has(name.toLowerCase())
}

const LISTS_BY_LOWER = lowered(Object.keys(ITEM_NAMES).filter((name) => !name.startsWith(ARRAY)))
const DICTIONARIES_BY_LOWER = lowered([...DICTIONARIES].filter((name) => name !== 'Dictionary'))

/** Whether an element holds a list, whatever its case: such a member of an entity, or an array of its own. */
export function isList(name: string): boolean {
  const lower = name.toLowerCase()
  return LISTS_BY_LOWER.has(lower) || lower.startsWith(ARRAY.toLowerCase())
}

export function isDictionary(name: string): boolean {
  return DICTIONARIES_BY_LOWER.has(name.toLowerCase())
}

function lowered(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => name.toLowerCase()))
}
