import type { Lens } from '../../../core/lens.ts'
import type { ContactEntity } from '../wire/contact-entity.ts'
import { readDate } from '../wire/dates.ts'
import type { ContactInput } from '../wire.ts'
import { putContact } from './contact-put.ts'
import { shownContact } from './contact-view.ts'
import { marksIn } from './interests.ts'

const WRITTEN = [
  'name',
  'department',
  'identifiers',
  'emails',
  'phones',
  'links',
  'addresses',
  'note',
  'roles',
  'facets.superoffice',
] as const

/** A company as SuperOffice's ContactEntity. @see specs/superoffice.md 1.2, 3.1 */
export const contact: Lens<ContactEntity, ContactInput> = {
  name: 'contact',
  get: shownContact,
  put: putContact,
  echo: echoOf,
  reads: {
    organization: ['state', 'language', ...WRITTEN],
    person: ['state', 'name', 'emails', 'phones', 'title', 'note'],
  },
  writes: { organization: WRITTEN, person: [] },
  people: 'all',
}

/** What a client that read `view` sends back. */
export function echoOf(view: ContactEntity): ContactInput {
  const { Address, ...rest } = view
  // What its reader makes of a date that is shown.
  const dateIn = (shown: string) => readDate(shown) ?? shown
  return {
    ...rest,
    DbiLastSyncronized: dateIn(view.DbiLastSyncronized),
    DbiLastModified: dateIn(view.DbiLastModified),
    Interests: marksIn(view.Interests),
    Associate: view.Associate?.AssociateId ?? 0,
    Business: view.Business?.Id ?? 0,
    Category: view.Category?.Id ?? 0,
    Country: view.Country?.CountryId,
    SupportAssociate: view.SupportAssociate?.AssociateId ?? 0,
    TicketPriority: view.TicketPriority?.Id ?? 0,
    CustomerLanguage: view.CustomerLanguage?.Id ?? 0,
    SupportPerson: view.SupportPerson?.PersonId ?? 0,
    Address: {
      Wgs84Latitude: Address.Wgs84Latitude,
      Wgs84Longitude: Address.Wgs84Longitude,
      LocalizedAddress: Object.fromEntries(
        Address.LocalizedAddress.flat().map(({ Name, Value, ValueLength }) => [Name, { Value, ValueLength }]),
      ),
      Street: { ...Address.Street },
      Postal: { ...Address.Postal },
    },
  }
}
