import type { Dossier } from '../../../core/dossier.ts'
import type { ViewContext } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import { mainName } from '../../../core/organization.ts'
import { clip } from '../../../core/text.ts'
import type { ContactEntity } from '../wire/contact-entity.ts'
import { dateOfSeconds, dateOfTime, EMPTY_DATE, localDate, utcDate } from '../wire/dates.ts'
import { layoutOf } from '../wire/layouts.ts'
import type { ListName } from '../wire/lists.ts'
import { GROUP_ID, LIMITS } from '../wire.ts'
import { shownAddress } from './address-view.ts'
import { associateWithId, associateWithNumber } from './associates.ts'
import { shownCountry } from './country.ts'
import { shownFields } from './custom-fields.ts'
import { emails, faxes, phones, urls } from './elements.ts'
import { facetOf } from './facet.ts'
import { shownInterests } from './interests.ts'
import { listsOf } from './lists.ts'
import { shownIdentifier } from './orgnr.ts'
import { type Company, shownPerson, supporterOf } from './people.ts'
import { shownCategory, shownCountryCard, shownItem } from './references.ts'
import { translatedCountry, translatedInterests, translatedItem } from './translations.ts'

/** The whole entity, in the order of the vendor's table. */
export function shownContact({ organization, people }: Dossier, context: ViewContext): ContactEntity {
  const { catalogue, language, timeZone } = context
  const facet = facetOf(organization)
  const isSaved = organization.version > 0
  const lists = listsOf(catalogue)
  const country = shownCountry(organization, catalogue)
  const creator = associateWithId(catalogue, organization.created.by)
  const fields = shownFields(facet.fields, context)
  const Phones = phones.show(organization.phones)
  const Faxes = faxes.show(organization.phones)
  const Category = translatedItem(shownCategory(lists, facet.category), language)
  const company = {
    ContactId: organization.number,
    Name: shownName(organization),
    Department: shownDepartment(organization),
    OrgNr: shownIdentifier(organization.identifiers, facet.hides)?.value ?? '',
    countryId: country?.id ?? 0,
    phone: Phones[0]?.Value ?? '',
    fax: Faxes[0]?.Value ?? '',
    category: Category?.Value ?? '',
  } satisfies Company
  const Persons = people.map((person, at) => shownPerson(person, at, company))
  const supporter = supporterOf(organization, people)
  const item = (list: ListName, id: number | undefined) =>
    translatedItem(shownItem(lists, list, id), language)
  return {
    ContactId: company.ContactId,
    Name: company.Name,
    Department: company.Department,
    OrgNr: company.OrgNr,
    Number1: facet.number1 ?? '',
    Number2: facet.number2 ?? '',
    UpdatedDate: utcDate(isSaved ? dateOfSeconds(organization.shownAt) : EMPTY_DATE, timeZone),
    CreatedDate: utcDate(isSaved ? dateOfTime(Date.parse(organization.created.at)) : EMPTY_DATE, timeZone),
    Emails: emails.show(organization.emails),
    Interests: translatedInterests(shownInterests(lists, facet.interests), language, timeZone),
    Urls: urls.show(organization.links),
    Phones,
    Faxes,
    Description: shownDescription(organization),
    UpdatedBy: isSaved ? associateWithId(catalogue, lastWriter(organization)) : null,
    CreatedBy: creator,
    Associate:
      facet.associate === undefined ? creator : associateWithNumber(catalogue, facet.associate, creator),
    Business: item('business', facet.business),
    Category,
    Country: translatedCountry(shownCountryCard(lists, country), language),
    Persons,
    NoMailing: facet.noMailing ?? false,
    Kananame: facet.kananame ?? '',
    Xstop: facet.xstop ?? false,
    ActiveInterests: facet.interests?.length ?? 0,
    GroupId: GROUP_ID,
    ActiveStatusMonitorId: 0,
    SupportAssociate: associateWithNumber(catalogue, facet.supportAssociate, creator),
    TicketPriority: item('ticketpriority', facet.ticketPriority),
    CustomerLanguage: item('customerlanguage', facet.customerLanguage),
    Deleted: organization.state === 'deleted' ? 1 : 0,
    DbiAgentId: facet.dbiAgentId ?? 0,
    DbiLastSyncronized: localDate(facet.dbiLastSyncronized ?? EMPTY_DATE, timeZone),
    DbiKey: facet.dbiKey ?? '',
    DbiLastModified: localDate(facet.dbiLastModified ?? EMPTY_DATE, timeZone),
    SupportPerson: supporter === undefined ? null : (Persons[people.indexOf(supporter)] ?? null),
    Address: shownAddress(organization, layoutOf(country?.code)),
    Source: facet.source ?? 0,
    ActiveErpLinks: 0,
    BounceEmails: [],
    Domains: facet.domains ?? [],
    InitialUtmParameters: null,
    UserDefinedFields: fields.UserDefinedFields,
    ExtraFields: fields.ExtraFields,
    CustomFields: fields.CustomFields,
  }
}

export function shownName(organization: Organization): string {
  return clip(mainName(organization), LIMITS.Name)
}

export function shownDepartment({ department = '' }: Organization): string {
  return clip(department, LIMITS.Department)
}

export function shownDescription({ note = '' }: Organization): string {
  return clip(note, LIMITS.Description)
}

/** Whoever made the latest version, whichever parts it changed: as UpdatedDate. */
function lastWriter({ changed, created }: Organization): string {
  let version = 0
  let by = created.by
  for (const part in changed) {
    const stamp = changed[part]
    if (stamp === undefined || stamp.version <= version) continue
    version = stamp.version
    by = stamp.by
  }
  return by
}
