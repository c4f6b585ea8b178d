// This file is longer than 300 lines because it is a table.
import type { Schema } from '../../dialect.ts'
import {
  both,
  dictionary,
  flag,
  integer,
  list,
  nothing,
  number,
  object,
  oneOf,
  orNull,
  text,
} from '../../kit/shapes.ts'
import { ASSOCIATE_TYPES, CATEGORY_GROUPS } from '../wire/carriers.ts'

// The vendor's carriers as they are answered. @see specs/superoffice.md 1

export const TableRight = object({
  Mask: text,
  Reason: text,
})

export const FieldProperty = object({
  FieldRight: object({ Mask: text, Reason: text }),
  FieldType: orNull(text),
  FieldLength: integer,
})

export const Carrier = object({
  TableRight: orNull(TableRight),
  FieldProperties: dictionary(FieldProperty),
})

export const EntityElement = both(
  object({
    Value: text,
    StrippedValue: text,
    Description: text,
  }),
  Carrier,
)

export const SelectableItem = both(
  object({
    Id: integer,
    Name: text,
    ToolTip: text,
    Deleted: flag,
    Rank: integer,
    Type: text,
    ColorBlock: integer,
    IconHint: text,
    Selected: flag,
    LastChanged: text,
    ChildItems: list({ $ref: '#/components/schemas/SelectableItem' }),
    ExtraInfo: text,
    StyleHint: text,
    Hidden: flag,
    FullName: orNull(text),
  }),
  Carrier,
)

export const Associate = both(
  object({
    AssociateId: integer,
    Name: text,
    PersonId: integer,
    Rank: integer,
    Tooltip: text,
    Type: oneOf(...ASSOCIATE_TYPES),
    GroupIdx: integer,
    FullName: text,
    FormalName: text,
    Deleted: flag,
    EjUserId: integer,
    UserName: orNull(text),
    ExtraFields: dictionary(text),
    CustomFields: dictionary(text),
  }),
  Carrier,
)

export const ListItem = both(
  object({
    Id: integer,
    Value: text,
    Tooltip: text,
  }),
  Carrier,
)

export const Category = both(
  object({
    CategoryGroup: oneOf(...CATEGORY_GROUPS),
    EnableLeadStatus: flag,
    Rank: integer,
    Deleted: flag,
  }),
  ListItem,
)

export const Country = both(
  object({
    CountryId: integer,
    Name: text,
    CurrencyId: integer,
    EnglishName: text,
    TwoLetterISOCountry: text,
    ThreeLetterISOCountry: text,
    ImageDescription: orNull(text),
    OrgNrText: text,
    InterAreaPrefix: text,
    DialInPrefix: text,
    ZipPrefix: text,
    DomainName: text,
    AddressLayoutId: integer,
    DomesticAddressLayoutId: integer,
    ForeignAddressLayoutId: integer,
    Rank: integer,
    Tooltip: text,
    Deleted: flag,
  }),
  Carrier,
)

export const Person = both(
  object({
    Position: text,
    PersonId: integer,
    Mrmrs: text,
    Firstname: text,
    Lastname: text,
    MiddleName: text,
    Title: text,
    Description: text,
    Email: text,
    FullName: text,
    DirectPhone: text,
    FormalName: text,
    CountryId: integer,
    ContactId: integer,
    ContactName: text,
    Retired: integer,
    Rank: integer,
    ActiveInterests: integer,
    ContactDepartment: text,
    ContactCountryId: integer,
    ContactOrgNr: text,
    FaxPhone: text,
    MobilePhone: text,
    ContactPhone: text,
    AssociateName: text,
    AssociateId: integer,
    UsePersonAddress: flag,
    ContactFax: text,
    Kanafname: text,
    Kanalname: text,
    Post1: text,
    Post2: text,
    Post3: text,
    EmailName: text,
    ContactFullName: text,
    ActiveErpLinks: integer,
    TicketPriorityId: integer,
    SupportLanguageId: integer,
    SupportAssociateId: integer,
    CategoryName: text,
    PersonNumber: text,
  }),
  Carrier,
)

export const LocalizedField = both(
  object({
    Name: text,
    Value: text,
    Tooltip: text,
    Label: text,
    ValueLength: integer,
    AddressType: oneOf('ContactStreetAddress', 'ContactPostalAddress'),
  }),
  Carrier,
)

export const AddressLines = object({
  Address1: text,
  Address2: text,
  Address3: text,
  City: text,
  County: text,
  State: text,
  Zipcode: text,
})

export const StructuredAddress = both(
  object({
    AtypeIdx: oneOf('ContactStreetAddress', 'ContactPostalAddress'),
    Formatted: text,
  }),
  AddressLines,
)

export const Address = both(
  object({
    Wgs84Latitude: number,
    Wgs84Longitude: number,
    LocalizedAddress: list(list(LocalizedField)),
    Street: StructuredAddress,
    Postal: StructuredAddress,
    Formatted: text,
  }),
  Carrier,
)

export const DuplicateEntry = both(
  object({
    RuleName: text,
    SoPrimaryKey: integer,
    EntryName: text,
    EntryIdentifier: text,
    RuleDisplayName: text,
  }),
  Carrier,
)

export const DuplicateRule = both(
  object({
    Name: text,
    DisplayName: text,
    DisplayTooltip: text,
    IsActive: flag,
  }),
  Carrier,
)

export const ContactEntity = object({
  ContactId: integer,
  Name: text,
  Department: text,
  OrgNr: text,
  Number1: text,
  Number2: text,
  UpdatedDate: text,
  CreatedDate: text,
  Emails: list(EntityElement),
  Interests: list(SelectableItem),
  Urls: list(EntityElement),
  Phones: list(EntityElement),
  Faxes: list(EntityElement),
  Description: text,
  UpdatedBy: orNull(Associate),
  CreatedBy: orNull(Associate),
  Associate: orNull(Associate),
  Business: orNull(ListItem),
  Category: orNull(Category),
  Country: orNull(Country),
  Persons: list(Person),
  NoMailing: flag,
  Kananame: text,
  Xstop: flag,
  ActiveInterests: integer,
  GroupId: integer,
  ActiveStatusMonitorId: integer,
  SupportAssociate: orNull(Associate),
  TicketPriority: orNull(ListItem),
  CustomerLanguage: orNull(ListItem),
  Deleted: integer,
  DbiAgentId: integer,
  DbiLastSyncronized: text,
  DbiKey: text,
  DbiLastModified: text,
  SupportPerson: orNull(Person),
  Address: Address,
  Source: integer,
  ActiveErpLinks: integer,
  BounceEmails: list(text),
  Domains: list(text),
  InitialUtmParameters: nothing,
  UserDefinedFields: dictionary(text),
  ExtraFields: dictionary(text),
  CustomFields: dictionary(text),
})

export const ContactEntityWithLinks = both(
  ContactEntity,
  object({ TableRight, FieldProperties: dictionary(FieldProperty), '_Links?': dictionary(text) }),
)

/** With `$select`: what was not asked for is null. */
export const SelectedContactEntity = {
  ...ContactEntityWithLinks,
  properties: Object.fromEntries(
    Object.entries(ContactEntityWithLinks['properties'] as Record<string, Schema>).map(([name, schema]) => [
      name,
      orNull(schema),
    ]),
  ),
  required: ['ContactId'],
}

export const Contact = both(
  object({
    ContactId: integer,
    Name: text,
    OrgNr: text,
    Department: text,
    URL: text,
    City: text,
    DirectPhone: text,
    AssociateId: integer,
    CountryId: integer,
    EmailAddress: text,
    Kananame: text,
    EmailAddressName: orNull(text),
    URLName: orNull(text),
    AssociateFullName: text,
    BusinessName: text,
    CategoryName: text,
    CountryName: text,
    Address,
    FormattedAddress: text,
    FullName: text,
    IsOwnerContact: flag,
    ActiveErpLinks: integer,
    Number1: text,
    Number2: text,
  }),
  Carrier,
)

const none = list(nothing, { maxItems: 0 })

export const ContactSummary = object({
  Contact,
  Tickets: none,
  Followups: none,
  Documents: none,
  Sales: none,
  Chats: none,
})

export const FieldInfo = both(
  object({
    FieldType: text,
    FieldName: text,
    DisplayName: text,
    Description: text,
    ShortLabel: text,
    HideLabel: flag,
    HideField: flag,
    IsIndexed: flag,
    IsMandatory: flag,
    IsReadOnly: flag,
    IsExternal: flag,
    IsDisplayField: flag,
    Rank: integer,
    TemplateVariableName: orNull(text),
  }),
  Carrier,
)

export const UserDefinedFieldInfo = both(
  object({
    UDefFieldId: integer,
    ColumnId: integer,
    FieldDefault: text,
    FieldHeight: integer,
    FieldLabel: text,
    FieldLeft: integer,
    FieldTop: integer,
    FieldType: text,
    FieldWidth: integer,
    FormatMask: text,
    HideLabel: flag,
    IsIndexed: flag,
    LabelHeight: integer,
    LabelLeft: integer,
    LabelTop: integer,
    LabelWidth: integer,
    LastVersionId: integer,
    ListTableId: integer,
    IsMandatory: flag,
    Type: text,
    Page1LineNo: integer,
    ProgId: text,
    IsReadOnly: flag,
    ShortLabel: text,
    TabOrder: integer,
    TextLength: integer,
    Tooltip: text,
    UdefIdentity: integer,
    UDListDefinitionId: integer,
    Justification: text,
    Version: integer,
    TemplateVariableName: text,
    HasBeenPublished: flag,
    MdoListName: text,
  }),
  Carrier,
)

export const BlobEntity = both(
  object({
    BlobId: integer,
    BlobSize: integer,
    Description: text,
    ExtraInfo: text,
    IsEncrypted: flag,
    IsZipped: flag,
    MimeType: text,
    OriginalSize: integer,
    CreatedDate: text,
    UpdatedDate: text,
    CreatedBy: orNull(Associate),
    UpdatedBy: orNull(Associate),
    ConceptualType: text,
  }),
  Carrier,
)

/** Every list shows its own members besides. */
export const ListEntry = {
  ...object({
    Id: integer,
    Name: text,
    Tooltip: text,
    Deleted: flag,
    Rank: integer,
    'TableRight?': orNull(TableRight),
    'FieldProperties?': dictionary(FieldProperty),
  }),
  additionalProperties: {},
}

/** A row of an archive: the columns that were asked for, by their names. */
export const Row = {
  type: 'object',
  properties: { PrimaryKey: { type: ['string', 'integer'] }, EntityName: text },
  required: ['PrimaryKey', 'EntityName'],
  additionalProperties: {},
}

export const Page = object({
  'odata.metadata': text,
  'odata.count?': text,
  'odata.nextLink': orNull(text),
  value: list(Row),
})

/** Those that say what is wrong, and those that the framework of the original tells itself. */
export const Problem = object({
  'Error?': flag,
  'ErrorType?': text,
  'ErrorMessage?': text,
  Message: text,
  'MessageDetail?': text,
  'ErrorSource?': text,
  'ErrorInformation?': {},
})
