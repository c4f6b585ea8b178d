import type { Dossier } from '../../../core/dossier.ts'
import { withRole } from '../../../core/dossier.ts'
import type { PutContext } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import { refused } from '../../../core/problem.ts'
import { isBlank } from '../../../core/text.ts'
import { EMPTY_DATE, storedDate } from '../wire/dates.ts'
import { layoutOf } from '../wire/layouts.ts'
import type { ContactInput } from '../wire.ts'
import { CUSTOM_FIELDS_LIMIT, INTERESTS_LIMIT } from '../wire.ts'
import { putAddress } from './address-put.ts'
import { associateWithId } from './associates.ts'
import { shownDepartment, shownDescription, shownName } from './contact-view.ts'
import { countrySent, shownCountry } from './country.ts'
import { putFields } from './custom-fields.ts'
import { emails, faxes, phones, urls } from './elements.ts'
import { facetOf, type SuperOfficeFacet, withMembers } from './facet.ts'
import { putInterests } from './interests.ts'
import { putOrgNr } from './orgnr.ts'
import { supporterOf } from './people.ts'

/**
 * The dossier after a full write. Each member is judged against what the view shows of it.
 * @throws Problem refused (name-missing, support-person-unknown)
 */
export function putContact(dossier: Dossier, input: ContactInput, context: PutContext): Dossier {
  const { organization } = dossier
  const facet = facetOf(organization)
  const country = shownCountry(organization, context.catalogue)
  const sent = countrySent(country, input.Country)
  const { identifiers, hides } =
    input.OrgNr === undefined
      ? { identifiers: organization.identifiers, hides: facet.hides }
      : putOrgNr(organization.identifiers, facet.hides, input.OrgNr)
  const numbers =
    input.Phones === undefined ? organization.phones : phones.put(organization.phones, input.Phones)
  const parts = {
    name: editedName(organization, input.Name),
    department: editedText(organization.department, shownDepartment(organization), input.Department),
    identifiers,
    emails: input.Emails === undefined ? organization.emails : emails.put(organization.emails, input.Emails),
    phones: input.Faxes === undefined ? numbers : faxes.put(numbers, input.Faxes),
    links: input.Urls === undefined ? organization.links : urls.put(organization.links, input.Urls),
    addresses: putAddress(organization, layoutOf(country?.code), input.Address, sent),
    note: editedText(organization.note, shownDescription(organization), input.Description),
    roles: editedRoles(dossier, input.SupportPerson),
    facets: withMembers(organization.facets, {
      ...requireFew(facet, membersOf(facet, input, organization, context)),
      hides,
    }),
  }
  return withParts(dossier, parts)
}

type WrittenParts = Pick<
  Organization,
  'name' | 'identifiers' | 'emails' | 'phones' | 'links' | 'addresses' | 'roles' | 'facets'
> & { readonly department: string | undefined; readonly note: string | undefined }

/** The same dossier when every part is the one that it has. */
function withParts(dossier: Dossier, parts: WrittenParts): Dossier {
  const { organization } = dossier
  const names = Object.keys(parts) as (keyof WrittenParts)[]
  if (names.every((name) => parts[name] === organization[name])) return dossier
  const { department: _, note: __, ...rest } = organization
  const { department, note, ...others } = parts
  return {
    ...dossier,
    organization: {
      ...rest,
      ...others,
      ...(department !== undefined && { department }),
      ...(note !== undefined && { note }),
    },
  }
}

/** @throws Problem refused (too-many) when a write would keep more than a view should show */
function requireFew(before: SuperOfficeFacet, after: SuperOfficeFacet): SuperOfficeFacet {
  const { interests, fields } = after
  if (interests !== before.interests && (interests?.length ?? 0) > INTERESTS_LIMIT) {
    throw refused('too-many', { property: 'Interests', limit: INTERESTS_LIMIT })
  }
  if (fields !== before.fields && Object.keys(fields ?? {}).length > CUSTOM_FIELDS_LIMIT) {
    throw refused('too-many', { property: 'CustomFields', limit: CUSTOM_FIELDS_LIMIT })
  }
  return after
}

/** A blank name means "not edited", except on an organization that has none yet. @see design §10.3.9 */
function editedName(organization: Organization, sent: string): Organization['name'] {
  const { name, language } = organization
  if (!isBlank(sent)) return sent === shownName(organization) ? name : { ...name, [language]: sent }
  if (Object.keys(name).length === 0) throw refused('name-missing')
  return name
}

function editedText(stored: string | undefined, shown: string, sent: string | undefined): string | undefined {
  if (sent === undefined || sent === shown) return stored
  return sent === '' ? undefined : sent
}

function editedRoles(dossier: Dossier, number: number | undefined): Organization['roles'] {
  const { organization, people } = dossier
  const { roles } = organization
  if (number === undefined || number === (supporterOf(organization, people)?.number ?? 0)) return roles
  if (number === 0) return withRole(roles, 'support', undefined)
  const person = people.find((candidate) => candidate.number === number)
  if (person === undefined) throw refused('support-person-unknown', { id: number })
  return withRole(roles, 'support', person.id)
}

/** The members of the facet after a write; what has its default value is undefined. */
function membersOf(
  facet: SuperOfficeFacet,
  input: ContactInput,
  organization: Organization,
  { catalogue, timeZone }: PutContext,
): SuperOfficeFacet {
  return {
    number1: member(facet.number1, input.Number1, ''),
    number2: member(facet.number2, input.Number2, ''),
    kananame: member(facet.kananame, input.Kananame, ''),
    noMailing: flag(facet.noMailing, input.NoMailing),
    xstop: flag(facet.xstop, input.Xstop),
    source: member(facet.source, input.Source, 0),
    dbiAgentId: member(facet.dbiAgentId, input.DbiAgentId, 0),
    dbiKey: member(facet.dbiKey, input.DbiKey, ''),
    dbiLastSyncronized: editedDate(facet.dbiLastSyncronized, input.DbiLastSyncronized, timeZone),
    dbiLastModified: editedDate(facet.dbiLastModified, input.DbiLastModified, timeZone),
    associate: editedAssociate(
      facet.associate,
      input.Associate,
      associateWithId(catalogue, organization.created.by)?.AssociateId ?? 0,
    ),
    supportAssociate: member(facet.supportAssociate, input.SupportAssociate, 0),
    business: member(facet.business, input.Business, 0),
    category: member(facet.category, input.Category, 0),
    ticketPriority: member(facet.ticketPriority, input.TicketPriority, 0),
    customerLanguage: member(facet.customerLanguage, input.CustomerLanguage, 0),
    interests:
      input.Interests === undefined ? facet.interests : putInterests(facet.interests, input.Interests),
    domains: editedDomains(facet.domains, input.Domains),
    fields: putFields(facet.fields, input, { catalogue }, organization.version === 0),
  }
}

function member<T>(stored: T | undefined, sent: T | undefined, blank: T): T | undefined {
  if (sent === undefined) return stored
  return sent === blank ? undefined : sent
}

function editedDate(
  stored: string | undefined,
  sent: string | undefined,
  timeZone: string | undefined,
): string | undefined {
  if (sent === undefined) return stored
  const date = storedDate(stored ?? EMPTY_DATE, sent, timeZone)
  return date === EMPTY_DATE ? undefined : date
}

function flag(stored: true | undefined, sent: boolean | undefined): true | undefined {
  if (sent === undefined) return stored
  return sent ? true : undefined
}

/** The creator needs no entry; nobody does. */
function editedAssociate(
  stored: number | undefined,
  sent: number | undefined,
  creator: number,
): number | undefined {
  if (sent === undefined || sent === (stored ?? creator)) return stored
  return sent === creator ? undefined : sent
}

function editedDomains(
  stored: readonly string[] | undefined,
  sent: readonly string[] | undefined,
): readonly string[] | undefined {
  if (sent === undefined) return stored
  if (sent.length === stored?.length && sent.every((domain, at) => domain === stored[at])) return stored
  return sent.length === 0 ? undefined : sent
}
