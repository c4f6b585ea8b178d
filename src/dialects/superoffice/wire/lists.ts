import type { AssociateType, CategoryGroup } from './carriers.ts'

/** One entry of a list, whole. @see specs/superoffice.md 1.4, 1.5 */
export interface ListEntry {
  /** Positive, unique in its list, headings and what stands under them included. */
  readonly Id: number
  /** Plain or multi-language, as the operator wrote it. */
  readonly Value: string
  readonly Tooltip: string
  /** Its place, from 1: as written where the operator gives none. */
  readonly Rank: number
  /** No longer chosen; what chose it once still shows it. */
  readonly Deleted: boolean
  /** Not offered. */
  readonly Hidden: boolean
  readonly CategoryGroup: CategoryGroup
  readonly EnableLeadStatus: boolean
  /** Of an associate; its `Value` is the initials. */
  readonly FullName: string
  /** Of an associate. */
  readonly Type: AssociateType
  /** A heading has them, and is not chosen itself. */
  readonly ChildItems: readonly ListEntry[]
}

/** Names of the lists that a contact chooses from; those of the vendor's MDO lists. */
export type ListName =
  | 'business'
  | 'category'
  | 'contint'
  | 'country'
  | 'associate'
  | 'ticketpriority'
  | 'customerlanguage'

export const LIST_NAMES = [
  'business',
  'category',
  'contint',
  'country',
  'associate',
  'ticketpriority',
  'customerlanguage',
] as const satisfies readonly ListName[]

/** What each list holds in a tenant whose catalogue does not define it. */
export const BUILT_IN_LISTS: Readonly<Record<ListName, readonly ListEntry[]>> = {
  business: listOf('Culture', 'Education', 'Sports and leisure', 'Care and welfare', 'Government', 'Trade'),
  category: [
    builtIn('Customer', 0, 'Customer'),
    builtIn('Potential customer', 1, 'PotentialCustomer'),
    builtIn('Partner', 2, 'Partner'),
    builtIn('Supplier', 3, 'Other'),
    builtIn('Member', 4, 'Other'),
    builtIn('Other', 5, 'Other'),
  ],
  contint: listOf('Events', 'Newsletter', 'Subsidies', 'Training', 'Volunteering'),
  country: [],
  associate: [],
  ticketpriority: listOf('Low', 'Medium', 'High'),
  customerlanguage: listOf('Dutch', 'French', 'German', 'English'),
}

/** The entries that a new contact has until its writer chooses others, where the catalogue names none: the first ones. */
export const BUILT_IN_PREFERENCES = { business: 1, category: 1 } as const

/** An entry of which no more is known than these. */
export function listEntry(parts: Partial<ListEntry> & Pick<ListEntry, 'Id'>): ListEntry {
  return {
    Value: '',
    Tooltip: '',
    Rank: 0,
    Deleted: false,
    Hidden: false,
    CategoryGroup: 'Unknown',
    EnableLeadStatus: false,
    FullName: '',
    Type: 'InternalAssociate',
    ChildItems: [],
    ...parts,
  }
}

function listOf(...values: string[]): readonly ListEntry[] {
  return values.map((value, at) => builtIn(value, at))
}

function builtIn(Value: string, at: number, group: CategoryGroup = 'Unknown'): ListEntry {
  return listEntry({ Id: at + 1, Value, Rank: at + 1, CategoryGroup: group })
}
