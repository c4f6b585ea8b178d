import type { Organization } from '../../../core/organization.ts'
import type { Person } from '../../../core/person.ts'
import { firstAndLast, NO_FIRST_NAME } from '../../../core/person.ts'
import type * as wire from '../wire/carriers.ts'
import type { ContactEntity } from '../wire/contact-entity.ts'

/** What the summary of a person repeats of their company. */
export type Company = Pick<ContactEntity, 'ContactId' | 'Name' | 'Department' | 'OrgNr'> & {
  readonly countryId: number
  readonly phone: string
  readonly fax: string
  readonly category: string
}

/** @param at position among the people of the company, from 0 */
export function shownPerson(person: Person, at: number, company: Company): wire.Person {
  const { name, emails, phones } = person
  const [email] = emails
  const { first, last } = firstAndLast(name)
  const phoneOf = (kind: 'voice' | 'mobile' | 'fax') =>
    phones.find((phone) => phone.kind === kind)?.number ?? ''
  return {
    Position: '',
    PersonId: person.number,
    Mrmrs: name.prefix ?? '',
    Firstname: first === NO_FIRST_NAME ? '' : first,
    Lastname: last === NO_FIRST_NAME ? '' : last,
    MiddleName: name.middle ?? '',
    Title: person.title ?? '',
    Description: person.note ?? '',
    Email: email?.address ?? '',
    FullName: name.full,
    DirectPhone: phoneOf('voice'),
    FormalName: name.prefix === undefined ? name.full : `${name.prefix} ${name.full}`,
    CountryId: company.countryId,
    ContactId: company.ContactId,
    ContactName: company.Name,
    Retired: 0,
    Rank: at + 1,
    ActiveInterests: 0,
    ContactDepartment: company.Department,
    ContactCountryId: company.countryId,
    ContactOrgNr: company.OrgNr,
    FaxPhone: phoneOf('fax'),
    MobilePhone: phoneOf('mobile'),
    ContactPhone: company.phone,
    AssociateName: '',
    AssociateId: 0,
    UsePersonAddress: false,
    ContactFax: company.fax,
    Kanafname: '',
    Kanalname: '',
    Post1: '',
    Post2: '',
    Post3: '',
    EmailName: email?.label ?? '',
    ContactFullName: fullName(company),
    ActiveErpLinks: 0,
    TicketPriorityId: 0,
    SupportLanguageId: 0,
    SupportAssociateId: 0,
    CategoryName: company.category,
    PersonNumber: '',
    TableRight: null,
    FieldProperties: {},
  }
}

/** The person in the support role, of those that may be seen. */
export function supporterOf({ roles }: Organization, people: readonly Person[]): Person | undefined {
  const id = roles.support
  return id === undefined ? undefined : people.find((person) => person.id === id)
}

/** @see specs/superoffice.md 1.7 */
export function fullName({ Name, Department }: Pick<Company, 'Name' | 'Department'>): string {
  return Department === '' ? Name : `${Name}, ${Department}`
}
