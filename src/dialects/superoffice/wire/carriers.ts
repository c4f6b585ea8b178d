/** What every carrier ends with. Null where the vendor sends null. */
export interface Carrier {
  readonly TableRight: TableRight | null
  readonly FieldProperties: Readonly<Record<string, FieldProperty>>
}

/** Names of rights, joined by `, `. @see specs/superoffice.md 1.9 */
export interface TableRight {
  readonly Mask: string
  readonly Reason: string
}

export interface FieldProperty {
  readonly FieldRight: { readonly Mask: string; readonly Reason: string }
  readonly FieldType: string | null
  readonly FieldLength: number
}

/** An e-mail, a phone, a fax, a link. */
export interface EntityElement extends Carrier {
  readonly Value: string
  readonly StrippedValue: string
  readonly Description: string
}

export interface SelectableItem extends Carrier {
  readonly Id: number
  readonly Name: string
  readonly ToolTip: string
  readonly Deleted: boolean
  readonly Rank: number
  readonly Type: string
  readonly ColorBlock: number
  readonly IconHint: string
  readonly Selected: boolean
  readonly LastChanged: string
  readonly ChildItems: readonly SelectableItem[]
  readonly ExtraInfo: string
  readonly StyleHint: string
  readonly Hidden: boolean
  readonly FullName: string | null
}

export interface Associate extends Carrier {
  readonly AssociateId: number
  readonly Name: string
  readonly PersonId: number
  readonly Rank: number
  readonly Tooltip: string
  readonly Type: AssociateType
  readonly GroupIdx: number
  readonly FullName: string
  readonly FormalName: string
  readonly Deleted: boolean
  readonly EjUserId: number
  readonly UserName: string | null
  readonly ExtraFields: Readonly<Record<string, string>>
  readonly CustomFields: Readonly<Record<string, string>>
}

export type AssociateType = (typeof ASSOCIATE_TYPES)[number]

export const ASSOCIATE_TYPES = [
  'Unknown',
  'InternalAssociate',
  'ResourceAssociate',
  'ExternalAssociate',
  'AnonymousAssociate',
  'SystemAssociate',
] as const

export type CategoryGroup = (typeof CATEGORY_GROUPS)[number]

export const CATEGORY_GROUPS = [
  'Unknown',
  'Customer',
  'PotentialCustomer',
  'Partner',
  'Lost',
  'Other',
] as const

/** Business, TicketPriority, CustomerLanguage. */
export interface ListItem extends Carrier {
  readonly Id: number
  readonly Value: string
  readonly Tooltip: string
}

export interface Category extends ListItem {
  readonly CategoryGroup: CategoryGroup
  readonly EnableLeadStatus: boolean
  readonly Rank: number
  readonly Deleted: boolean
}

export interface Country extends Carrier {
  /** UN numeric code. */
  readonly CountryId: number
  readonly Name: string
  readonly CurrencyId: number
  readonly EnglishName: string
  readonly TwoLetterISOCountry: string
  readonly ThreeLetterISOCountry: string
  readonly ImageDescription: string | null
  readonly OrgNrText: string
  readonly InterAreaPrefix: string
  readonly DialInPrefix: string
  readonly ZipPrefix: string
  readonly DomainName: string
  readonly AddressLayoutId: number
  readonly DomesticAddressLayoutId: number
  readonly ForeignAddressLayoutId: number
  readonly Rank: number
  readonly Tooltip: string
  readonly Deleted: boolean
}

/** The flat summary of a person, not the person's own entity. */
export interface Person extends Carrier {
  readonly Position: string
  readonly PersonId: number
  readonly Mrmrs: string
  readonly Firstname: string
  readonly Lastname: string
  readonly MiddleName: string
  readonly Title: string
  readonly Description: string
  readonly Email: string
  readonly FullName: string
  readonly DirectPhone: string
  readonly FormalName: string
  readonly CountryId: number
  readonly ContactId: number
  readonly ContactName: string
  readonly Retired: number
  readonly Rank: number
  readonly ActiveInterests: number
  readonly ContactDepartment: string
  readonly ContactCountryId: number
  readonly ContactOrgNr: string
  readonly FaxPhone: string
  readonly MobilePhone: string
  readonly ContactPhone: string
  readonly AssociateName: string
  readonly AssociateId: number
  readonly UsePersonAddress: boolean
  readonly ContactFax: string
  readonly Kanafname: string
  readonly Kanalname: string
  readonly Post1: string
  readonly Post2: string
  readonly Post3: string
  readonly EmailName: string
  readonly ContactFullName: string
  readonly ActiveErpLinks: number
  readonly TicketPriorityId: number
  readonly SupportLanguageId: number
  readonly SupportAssociateId: number
  readonly CategoryName: string
  readonly PersonNumber: string
}

export type AddressType = 'ContactStreetAddress' | 'ContactPostalAddress'

export interface LocalizedField extends Carrier {
  readonly Name: string
  readonly Value: string
  readonly Tooltip: string
  readonly Label: string
  readonly ValueLength: number
  readonly AddressType: AddressType
}

/** The seven parts of an address that both of its forms can hold. */
export interface AddressLines {
  readonly Address1: string
  readonly Address2: string
  readonly Address3: string
  readonly City: string
  readonly County: string
  readonly State: string
  readonly Zipcode: string
}

export interface StructuredAddress extends AddressLines {
  readonly AtypeIdx: AddressType
  readonly Formatted: string
}

export interface Address extends Carrier {
  readonly Wgs84Latitude: number
  readonly Wgs84Longitude: number
  readonly LocalizedAddress: readonly (readonly LocalizedField[])[]
  readonly Street: StructuredAddress
  readonly Postal: StructuredAddress
  readonly Formatted: string
}

export type Dictionary = Readonly<Record<string, string>>
