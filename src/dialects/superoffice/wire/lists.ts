/** One entry of a list, as the catalogue and this table write it. */
export interface ListEntry {
  readonly Id: number
  readonly Value: string
  readonly Tooltip: string
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
  category: listOf('Customer', 'Potential customer', 'Partner', 'Supplier', 'Member', 'Other'),
  contint: listOf('Events', 'Newsletter', 'Subsidies', 'Training', 'Volunteering'),
  country: [],
  associate: [],
  ticketpriority: listOf('Low', 'Medium', 'High'),
  customerlanguage: listOf('Dutch', 'French', 'German', 'English'),
}

/** The entries that a new contact has until its writer chooses others, where the catalogue names none: the first ones. */
export const BUILT_IN_PREFERENCES = { business: 1, category: 1 } as const

function listOf(...values: string[]): readonly ListEntry[] {
  return values.map((Value, at) => ({ Id: at + 1, Value, Tooltip: '' }))
}
