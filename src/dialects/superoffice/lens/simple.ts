import type * as wire from '../wire/carriers.ts'
import type { ContactEntity } from '../wire/contact-entity.ts'
import { fullName } from './people.ts'

/** The vendor's Contact carrier: one line of what the entity tells. @see specs/superoffice.md 1.7 */
export interface SimpleContact extends wire.Carrier {
  readonly ContactId: number
  readonly Name: string
  readonly OrgNr: string
  readonly Department: string
  readonly URL: string
  readonly City: string
  readonly DirectPhone: string
  readonly AssociateId: number
  readonly CountryId: number
  readonly EmailAddress: string
  readonly Kananame: string
  readonly EmailAddressName: string | null
  readonly URLName: string | null
  readonly AssociateFullName: string
  readonly BusinessName: string
  readonly CategoryName: string
  readonly CountryName: string
  readonly Address: wire.Address
  readonly FormattedAddress: string
  readonly FullName: string
  readonly IsOwnerContact: boolean
  readonly ActiveErpLinks: number
  readonly Number1: string
  readonly Number2: string
}

/** The first of each list; the town of the street address, else of the postal one. */
export function simpleOf(entity: ContactEntity, TableRight: wire.TableRight): SimpleContact {
  const { Name, Department, Address } = entity
  const [email] = entity.Emails
  const [url] = entity.Urls
  return {
    ContactId: entity.ContactId,
    Name,
    OrgNr: entity.OrgNr,
    Department,
    URL: url?.Value ?? '',
    City: Address.Street.City || Address.Postal.City,
    DirectPhone: entity.Phones[0]?.Value ?? '',
    AssociateId: entity.Associate?.AssociateId ?? 0,
    CountryId: entity.Country?.CountryId ?? 0,
    EmailAddress: email?.Value ?? '',
    Kananame: entity.Kananame,
    EmailAddressName: email?.Description || null,
    URLName: url?.Description || null,
    AssociateFullName: entity.Associate?.FullName ?? '',
    BusinessName: entity.Business?.Value ?? '',
    CategoryName: entity.Category?.Value ?? '',
    CountryName: entity.Country?.Name ?? '',
    Address,
    FormattedAddress: Address.Formatted,
    FullName: fullName(entity),
    IsOwnerContact: false,
    ActiveErpLinks: entity.ActiveErpLinks,
    Number1: entity.Number1,
    Number2: entity.Number2,
    TableRight,
    FieldProperties: {},
  }
}
