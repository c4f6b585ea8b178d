import type {
  Address,
  Associate,
  Category,
  Country,
  Dictionary,
  EntityElement,
  ListItem,
  Person,
  SelectableItem,
} from './carriers.ts'

/** A company, without the rights and links that an answer adds to it. @see specs/superoffice.md 1.2 */
export interface ContactEntity {
  readonly ContactId: number
  readonly Name: string
  readonly Department: string
  readonly OrgNr: string
  readonly Number1: string
  readonly Number2: string
  readonly UpdatedDate: string
  readonly CreatedDate: string
  readonly Emails: readonly EntityElement[]
  readonly Interests: readonly SelectableItem[]
  readonly Urls: readonly EntityElement[]
  readonly Phones: readonly EntityElement[]
  readonly Faxes: readonly EntityElement[]
  readonly Description: string
  readonly UpdatedBy: Associate | null
  readonly CreatedBy: Associate | null
  readonly Associate: Associate | null
  readonly Business: ListItem | null
  readonly Category: Category | null
  readonly Country: Country | null
  readonly Persons: readonly Person[]
  readonly NoMailing: boolean
  readonly Kananame: string
  readonly Xstop: boolean
  readonly ActiveInterests: number
  readonly GroupId: number
  readonly ActiveStatusMonitorId: number
  readonly SupportAssociate: Associate | null
  readonly TicketPriority: ListItem | null
  readonly CustomerLanguage: ListItem | null
  readonly Deleted: number
  readonly DbiAgentId: number
  readonly DbiLastSyncronized: string
  readonly DbiKey: string
  readonly DbiLastModified: string
  readonly SupportPerson: Person | null
  readonly Address: Address
  readonly Source: number
  readonly ActiveErpLinks: number
  readonly BounceEmails: readonly string[]
  readonly Domains: readonly string[]
  readonly InitialUtmParameters: null
  readonly UserDefinedFields: Dictionary
  readonly ExtraFields: Dictionary
  readonly CustomFields: Dictionary
}
