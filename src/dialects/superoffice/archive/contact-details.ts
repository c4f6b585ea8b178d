import { firstAndLast, NO_FIRST_NAME } from '../../../core/person.ts'
import { textKey } from '../filter/keys.ts'
import { shownAddress } from '../lens/address-view.ts'
import { contact } from '../lens/contact.ts'
import { shownCountry } from '../lens/country.ts'
import { emails, faxes, phones, urls } from '../lens/elements.ts'
import { supporterOf } from '../lens/people.ts'
import type { Associate, EntityElement } from '../wire/carriers.ts'
import { layoutOf } from '../wire/layouts.ts'
import { holderColumn, numberColumn, OWNER, SUPPORTER } from './associate-columns.ts'
import { constant, noDate, text } from './contact-builders.ts'
import type { ContactColumn, ContactRow } from './contact-row.ts'
import { fieldCell } from './field-cells.ts'
import { ADDRESS_COLUMNS, KIND } from './kinds.ts'
import { orderByText } from './orders.ts'
import { byPhone, byText } from './searches.ts'

type ElementsOf = (row: ContactRow) => readonly EntityElement[]

const phonesOf: ElementsOf = ({ organization }) => phones.show(organization.phones)
const faxesOf: ElementsOf = ({ organization }) => faxes.show(organization.phones)
const emailsOf: ElementsOf = ({ organization }) => emails.show(organization.emails)
const urlsOf: ElementsOf = ({ organization }) => urls.show(organization.links)

/** Columns with a prefix. Of several numbers, addresses or links the first is shown, and each one is found. */
export const DETAIL_COLUMNS: readonly ContactColumn[] = [
  ...numberColumns('phone', [KIND.phone], phonesOf),
  ...numberColumns('contactPhone', [KIND.phone], phonesOf),
  ...numberColumns('contactFax', [KIND.fax], faxesOf),
  ...numberColumns('searchPhone', [KIND.phone, KIND.fax], (row) => [...phonesOf(row), ...faxesOf(row)]),
  { name: 'email/emailProtocol', cell: (row) => ({ shown: emailsOf(row).length === 0 ? '' : 'SMTP' }) },
  {
    name: 'email/emailAddress',
    cell: (row) => ({ shown: emailsOf(row)[0]?.Value ?? '' }),
    search: byText([KIND.email], (row) => emailsOf(row).map(({ Value }) => Value)),
    order: orderByText(KIND.email, (row) => emailsOf(row).map(({ Value }) => Value)),
  },
  { name: 'email/emailDescription', cell: (row) => ({ shown: emailsOf(row)[0]?.Description ?? '' }) },
  constant('email/emailId', 0),
  noDate('email/emailLastSent'),
  constant('email/emailBounceCount', 0),
  noDate('email/emailLastBounce'),
  constant('email/emailHasBounced', false),
  ...addressColumns('postAddress', 'postal'),
  ...addressColumns('streetAddress', 'street'),
  ...addressColumns('restrictionAddress', 'street'),
  ...addressColumns('restrictionPostalAddress', 'postal'),
  {
    name: 'url/URLAddress',
    cell: (row) => ({ shown: urlsOf(row)[0]?.Value ?? '' }),
    search: byText([KIND.url], (row) => urlsOf(row).map(({ Value }) => Value)),
    order: orderByText(KIND.url, (row) => urlsOf(row).map(({ Value }) => Value)),
  },
  { name: 'url/URLDescription', cell: (row) => ({ shown: urlsOf(row)[0]?.Description ?? '' }) },
  ...associateColumns('contactAssociate', OWNER),
  ...associateColumns('contactSupportAssociate', SUPPORTER),
  ...supportPersonColumns(),
]

function numberColumns(prefix: string, kinds: readonly string[], of: ElementsOf): readonly ContactColumn[] {
  return [
    {
      name: `${prefix}/formattedNumber`,
      cell: (row) => ({ shown: of(row)[0]?.Value ?? '' }),
      search: byPhone(kinds, (row) => of(row).map(({ Value }) => Value)),
    },
    { name: `${prefix}/description`, cell: (row) => ({ shown: of(row)[0]?.Description ?? '' }) },
  ]
}

function addressColumns(prefix: string, use: 'street' | 'postal'): readonly ContactColumn[] {
  const lines = Object.entries(ADDRESS_COLUMNS).map(([column, field]) =>
    text(
      `${prefix}/${column}`,
      `${KIND[use]}.${column}`,
      ({ organization: { addresses, language } }) => addresses[use]?.[language]?.[field],
    ),
  )
  const coordinate = (of: 'latitude' | 'longitude') => (row: ContactRow) => ({
    shown: use === 'street' ? (row.organization.addresses.coordinates?.[of] ?? 0) : 0,
  })
  const formatted = ({ organization, context: { catalogue } }: ContactRow) => {
    const { Street, Postal } = shownAddress(
      organization,
      layoutOf(shownCountry(organization, catalogue)?.code),
    )
    return (use === 'street' ? Street : Postal).Formatted.trimEnd()
  }
  return [
    constant(`${prefix}/addressId`, 0),
    ...lines,
    { name: `${prefix}/wgs84latitude`, cell: coordinate('latitude') },
    { name: `${prefix}/wgs84longitude`, cell: coordinate('longitude') },
    { name: `${prefix}/formattedAddress`, cell: (row) => ({ shown: formatted(row).replaceAll('\n', ', ') }) },
    { name: `${prefix}/formattedMultiLineAddress`, cell: (row) => ({ shown: formatted(row) }) },
  ]
}

function associateColumns(prefix: string, position: typeof OWNER): readonly ContactColumn[] {
  const wordsOf = (associate: Associate | null) => firstAndLast({ full: associate?.FullName ?? '' })
  const nameless = (word: string) => (word === NO_FIRST_NAME ? '' : word)
  return [
    holderColumn(`${prefix}/firstName`, position, (one) => nameless(wordsOf(one).first)),
    holderColumn(`${prefix}/lastName`, position, (one) => nameless(wordsOf(one).last)),
    holderColumn(`${prefix}/fullName`, position, (one) => one?.FullName ?? ''),
    // Associates are no people of the directory.
    constant(`${prefix}/contactId`, 0),
    constant(`${prefix}/personId`, 0),
    numberColumn(`${prefix}/associateDbId`, position),
    { name: `${prefix}/usergroup`, cell: () => ({ shown: '' }) },
    { name: `${prefix}/role`, cell: () => ({ shown: '' }) },
    holderColumn(`${prefix}/assocName`, position, (one) => one?.Name ?? ''),
    holderColumn(`${prefix}/userName`, position, (one) => one?.UserName ?? ''),
    holderColumn(`${prefix}/personEmail`, position, (one) => one?.UserName ?? ''),
    holderColumn(
      `${prefix}/isActive`,
      position,
      (one) => one !== null && one.Type !== 'Unknown' && !one.Deleted,
    ),
  ]
}

/** People are read for the rows that are shown, so that nobody is found by them. */
function supportPersonColumns(): readonly ContactColumn[] {
  const summaryOf = ({ organization, people, context }: ContactRow) => {
    const supporter = supporterOf(organization, people)
    if (supporter === undefined) return null
    return contact.get({ organization, people: [supporter] }, context).SupportPerson
  }
  const columns = {
    personId: 'PersonId',
    firstName: 'Firstname',
    middleName: 'MiddleName',
    lastName: 'Lastname',
    fullName: 'FullName',
    mrMrs: 'Mrmrs',
    title: 'Title',
    personEmail: 'Email',
  } as const
  return Object.entries(columns).map(([column, member]) => ({
    name: `contactSupportPerson/${column}`,
    cell: (row) => ({ shown: summaryOf(row)?.[member] ?? (member === 'PersonId' ? 0 : '') }),
    showsPeople: true,
  }))
}

/** A custom field by its key; any key is somebody's. */
export function fieldColumn(name: string): ContactColumn | undefined {
  const [, prefix = '', key = ''] = /^(contactUdef|contactExtra)\/(.+)$/is.exec(name) ?? []
  if (key === '') return undefined
  const isExtra = textKey(prefix) === 'contactextra'
  return { name, cell: (row) => fieldCell(row, key, isExtra) }
}
