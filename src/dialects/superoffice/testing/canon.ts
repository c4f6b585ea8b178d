import type { PutContext } from '../../../core/lens.ts'
import type { Associate, EntityElement, ListItem } from '../wire/carriers.ts'
import type { ContactEntity } from '../wire/contact-entity.ts'
import { countryWithId } from '../wire/countries.ts'
import { layoutOf } from '../wire/layouts.ts'
import { BUILT_IN_LISTS, type ListName } from '../wire/lists.ts'
import type { ContactInput, ElementInput } from '../wire.ts'
import { expectedAddress, type ShownAddress, shownAddressOf } from './canon-address.ts'

/** What is compared of a view: all but times, keys and the texts that only repeat it. */
export type Shown = ReturnType<typeof shownOf>

const values = (elements: readonly EntityElement[]) =>
  elements.map(({ Value, Description }) => [Value, Description])
const sent = (elements: readonly ElementInput[]) =>
  elements.map(({ Value, Description }) => [Value, Description])
const idOf = (item: ListItem | null) => (item === null ? 0 : item.Id)
const cardOf = (associate: Associate | null) => (associate === null ? 0 : associate.AssociateId)

export function shownOf(view: ContactEntity) {
  return {
    ...scalarsOf(view),
    Emails: values(view.Emails),
    Urls: values(view.Urls),
    Phones: values(view.Phones),
    Faxes: values(view.Faxes),
    interests: view.Interests.flatMap(({ Id, Selected }) => (Selected ? [Id] : [])),
    ActiveInterests: view.ActiveInterests,
    Associate: cardOf(view.Associate),
    SupportAssociate: cardOf(view.SupportAssociate),
    Business: [idOf(view.Business), view.Business?.Value ?? ''],
    Category: [idOf(view.Category), view.Category?.Value ?? ''],
    TicketPriority: [idOf(view.TicketPriority), view.TicketPriority?.Value ?? ''],
    CustomerLanguage: [idOf(view.CustomerLanguage), view.CustomerLanguage?.Value ?? ''],
    Country: view.Country?.CountryId ?? 0,
    SupportPerson: view.SupportPerson?.PersonId ?? 0,
    Persons: view.Persons.map(({ PersonId, FullName, ContactFullName }) => [
      PersonId,
      FullName,
      ContactFullName,
    ]),
    Address: shownAddressOf(view.Address),
    CustomFields: Object.fromEntries(
      Object.entries(view.CustomFields).filter(([key]) => !key.endsWith(':org')),
    ),
  }
}

/** What the vendor promises to show after a write. @see specs/superoffice.md 1.2, 3.1 */
export function expectedOf(view: ContactEntity, input: ContactInput, { timeZone }: PutContext): Shown {
  const before = shownOf(view)
  const Name = input.Name.trim() === '' ? view.Name : input.Name
  const Department = input.Department ?? view.Department
  const Country = input.Country ?? before.Country
  const interests: number[] = [...expectedInterests(before.interests, input.Interests)]
  const item = (name: 'Business' | 'Category' | 'TicketPriority' | 'CustomerLanguage') => {
    const id = input[name]
    return id === undefined ? before[name] : [id, valueOfEntry(name.toLowerCase() as ListName, id)]
  }
  return {
    ...scalarsOf({
      ...view,
      ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)),
      DbiLastSyncronized: clockIn(timeZone, input.DbiLastSyncronized ?? view.DbiLastSyncronized),
      DbiLastModified: clockIn(timeZone, input.DbiLastModified ?? view.DbiLastModified),
    }),
    Name,
    Department,
    OrgNr: input.OrgNr === undefined ? view.OrgNr : input.OrgNr.trim() === '' ? '' : input.OrgNr,
    Emails: input.Emails === undefined ? before.Emails : sent(input.Emails),
    Urls: input.Urls === undefined ? before.Urls : sent(input.Urls),
    Phones: input.Phones === undefined ? before.Phones : sent(input.Phones),
    Faxes: input.Faxes === undefined ? before.Faxes : sent(input.Faxes),
    interests,
    ActiveInterests: interests.length,
    Associate: input.Associate ?? before.Associate,
    SupportAssociate: input.SupportAssociate ?? before.SupportAssociate,
    Business: item('Business'),
    Category: item('Category'),
    TicketPriority: item('TicketPriority'),
    CustomerLanguage: item('CustomerLanguage'),
    Country,
    SupportPerson: input.SupportPerson ?? before.SupportPerson,
    Persons: view.Persons.map(({ PersonId, FullName }) => [
      PersonId,
      FullName,
      Department === '' ? Name : `${Name}, ${Department}`,
    ]),
    Address: expectedAddress(
      view.Address,
      input.Address,
      layoutOf(countryWithId(Country)?.code),
    ) as ShownAddress,
    CustomFields: expectedFields(view, input),
  }
}

type ScalarSource = Pick<
  ContactInput,
  | 'Name'
  | 'Department'
  | 'OrgNr'
  | 'Number1'
  | 'Number2'
  | 'Description'
  | 'NoMailing'
  | 'Kananame'
  | 'Xstop'
  | 'DbiAgentId'
  | 'DbiLastSyncronized'
  | 'DbiKey'
  | 'DbiLastModified'
  | 'Source'
  | 'Domains'
>

function scalarsOf(source: ScalarSource) {
  const { Name, Department, OrgNr, Number1, Number2, Description, NoMailing, Kananame, Xstop, ...others } =
    source
  const { DbiAgentId, DbiLastSyncronized, DbiKey, DbiLastModified, Source, Domains } = others
  const shown = { DbiLastSyncronized: clockOf(DbiLastSyncronized), DbiLastModified: clockOf(DbiLastModified) }
  const texts = { Name, Department, OrgNr, Number1, Number2, Description, Kananame, DbiKey, Domains }
  return { ...texts, NoMailing, Xstop, DbiAgentId, ...shown, Source }
}

/** What the clock shows, without its offset; dates of the first years are none, or nearly. */
function clockOf(date: string | undefined): string {
  return date === undefined || date < '0003' ? '' : date.slice(0, 'yyyy-MM-ddTHH:mm:ss'.length)
}

const ZONES: Readonly<Record<string, string>> = {
  NO: 'Europe/Oslo',
  'US-NY': 'America/New_York',
  UTC: 'UTC',
  IN: 'Asia/Kolkata',
}

/** What the clock of the reader's zone shows at an instant; what a clock showed is shown again. */
function clockIn(timeZone: string | undefined, date: string): string {
  if (!date.endsWith('Z') || date < '0003') return date
  const zone = ZONES[timeZone?.split(',', 1)[0] ?? 'UTC'] ?? 'UTC'
  return new Date(date).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T')
}

function valueOfEntry(list: ListName, id: number): string {
  return BUILT_IN_LISTS[list].find(({ Id }) => Id === id)?.Value ?? ''
}

/** In the order in which forms show them: those of the list by name, then the others. */
function expectedInterests(
  before: readonly number[],
  input: ReadonlyMap<number, boolean> | undefined,
): readonly number[] {
  if (input === undefined) return before
  if (input.size === 0) return []
  const after = new Set([...before, ...input.keys()].filter((id) => input.get(id) ?? true))
  return [...after].sort((left, right) => left - right)
}

/** @see specs/superoffice.md 3.8 */
function expectedFields(view: ContactEntity, input: ContactInput): Readonly<Record<string, string>> {
  const expected = new Map(Object.entries(shownOf(view).CustomFields))
  const keys = [input.CustomFields, input.UserDefinedFields, input.ExtraFields].flatMap(Object.keys)
  for (const key of new Set(keys)) {
    if (key.endsWith(':org')) continue
    const value = expectedField(view, input, key)
    if (value !== undefined) expected.set(key, value)
  }
  return Object.fromEntries(expected)
}

function expectedField(view: ContactEntity, input: ContactInput, key: string): string | undefined {
  const own = (dictionary: Readonly<Record<string, string>>) =>
    Object.hasOwn(dictionary, key) ? dictionary[key] : undefined
  const custom = own(input.CustomFields)
  const shown = own(view.CustomFields)
  const loaded = own(view.CustomFields) !== undefined ? input.CustomFields[`${key}:org`] : undefined
  if (custom !== undefined && custom !== loaded) return custom
  const isExtra =
    shown === undefined ? own(input.UserDefinedFields) === undefined : own(view.ExtraFields) !== undefined
  const dictionaries = isExtra
    ? [input.ExtraFields, input.UserDefinedFields]
    : [input.UserDefinedFields, input.ExtraFields]
  const plain = dictionaries.map(own).find((value) => value !== undefined)
  const plainLoaded = own(isExtra ? view.ExtraFields : view.UserDefinedFields)
  if (plain === undefined || plain === plainLoaded) return shown
  return isExtra ? plain : encoded(plain)
}

/** A value of UserDefinedFields as CustomFields shows it. */
function encoded(value: string): string {
  if (value === 'True') return '[I:1]'
  if (value === 'False') return '[I:0]'
  return value.startsWith('[D:') ? value.replace('[D:', '[DT:') : value
}
