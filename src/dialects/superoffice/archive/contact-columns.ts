import { mainName } from '../../../core/organization.ts'
import { shownDepartment, shownName } from '../lens/contact-view.ts'
import { facetOf } from '../lens/facet.ts'
import { listsOf } from '../lens/lists.ts'
import { shownIdentifier } from '../lens/orgnr.ts'
import { dateOfSeconds, dateOfTime, utcDate } from '../wire/dates.ts'
import { CREATOR, holderColumn, initialsColumn, OWNER } from './associate-columns.ts'
import { constant, entry, flag, noDate, text } from './contact-builders.ts'
import type { ContactColumn, ContactRow } from './contact-row.ts'
import { entryCell } from './contact-row.ts'
import { COUNTRY_COLUMNS } from './country-columns.ts'
import { KIND } from './kinds.ts'
import { orderByColumn, orderByEach, orderByText, UNORDERED } from './orders.ts'
import { byId, byNumber, byText, byTime } from './searches.ts'
import { lastWriterOf } from './writers.ts'

/** The columns without a prefix, in the order of the vendor's table. @see specs/superoffice.md 4.3 */
export const OWN_COLUMNS: readonly ContactColumn[] = [
  constant('getAllRows', true),
  constant('getNoRows', false),
  {
    name: 'contactId',
    cell: ({ organization }) => ({ shown: organization.number }),
    search: byNumber(({ organization }) => organization.number),
    order: orderByColumn('number', ({ organization }) => organization.number),
  },
  {
    name: 'name',
    cell: ({ organization }) => ({ shown: shownName(organization) }),
    search: byText([KIND.name], nameOf),
    order: orderByText(KIND.name, nameOf),
  },
  text('department', KIND.department, departmentOf, ({ organization }) => shownDepartment(organization)),
  {
    name: 'nameDepartment',
    cell: ({ organization }) => ({ shown: nameAndDepartment(organization) }),
    order: orderByEach(orderByText(KIND.name, nameOf), orderByText(KIND.department, departmentOf)),
  },
  flag('hasInfoText', KIND.note, ({ organization }) => (organization.note ?? '') !== ''),
  flag('hasInterests', KIND.interest, (row) => interestsOf(row).length > 0),
  initialsColumn('associateId', OWNER),
  entry('category'),
  entry('business'),
  ...COUNTRY_COLUMNS,
  text('number', KIND.number2, (row) => facetOf(row.organization).number2),
  text('code', KIND.number1, (row) => facetOf(row.organization).number1),
  text(
    'orgnr',
    KIND.orgnr,
    ({ organization }) => shownIdentifier(organization.identifiers, facetOf(organization).hides)?.value,
  ),
  flag('stop', KIND.stop, (row) => facetOf(row.organization).xstop === true),
  flag('contactNoMail', KIND.noMailing, (row) => facetOf(row.organization).noMailing === true),
  // No row tells who wrote last: every write would have to write it.
  {
    name: 'updatedBy',
    cell: (row) => ({ shown: lastWriterOf(row)?.Name ?? '', raw: lastWriterOf(row)?.AssociateId ?? 0 }),
  },
  { name: 'updatedByFullName', cell: (row) => ({ shown: lastWriterOf(row)?.FullName ?? '' }) },
  {
    name: 'updatedDate',
    cell: ({ organization, context }) => ({
      shown: utcDate(dateOfSeconds(organization.shownAt), context.timeZone),
    }),
    search: byTime('shownAt', ({ organization }) => organization.shownAt * 1000),
    order: orderByColumn('shownAt', ({ organization }) => organization.shownAt),
  },
  initialsColumn('registeredBy', CREATOR),
  holderColumn('registeredByFullName', CREATOR, (associate) => associate?.FullName ?? ''),
  {
    name: 'registeredDate',
    cell: (row) => ({ shown: utcDate(dateOfTime(createdAt(row)), row.context.timeZone) }),
    search: byTime('createdAt', createdAt),
    order: orderByColumn('createdAt', createdAt),
  },
  {
    name: 'contactSource',
    cell: ({ organization }) => ({ shown: '', raw: facetOf(organization).source ?? 0 }),
    search: byId(KIND.source, 'list', ({ organization }) => [facetOf(organization).source ?? 0]),
    order: UNORDERED,
  },
  { ...constant('contactDeleted', false), order: UNORDERED },
  noDate('deletedDate'),
  { ...constant('activeErpLinks', false), order: UNORDERED },
  {
    name: 'mainContact',
    cell: ({ organization, people }) => ({
      shown: people.find(({ id }) => id === organization.roles['primary-contact'])?.name.full ?? '',
    }),
    showsPeople: true,
  },
  {
    name: 'contactInterestIds',
    cell: (row) => {
      const lists = listsOf(row.context.catalogue)
      const names = interestsOf(row).map((id) => entryCell(row, lists.entry('contint', id)?.Value, id).shown)
      return { shown: names.filter((name) => name !== '').join(', ') }
    },
    search: byId(KIND.interest, 'list', (row) => (interestsOf(row).length === 0 ? [0] : interestsOf(row))),
  },
  ...['Activities', 'Sales', 'Tickets'].flatMap((what) => [
    constant(`NumberOf${what}`, 0),
    noDate(`Last${what === 'Activities' ? 'Activity' : what.slice(0, -1)}`),
  ]),
  // There are no selections to ask for.
  { name: 'selectionIdRequest', cell: () => ({ shown: 0 }) },
]

function nameOf({ organization }: ContactRow): readonly string[] {
  return [mainName(organization)]
}

function departmentOf({ organization }: ContactRow): readonly string[] {
  return organization.department === undefined ? [] : [organization.department]
}

function nameAndDepartment(organization: ContactRow['organization']): string {
  const department = shownDepartment(organization)
  return department === '' ? shownName(organization) : `${shownName(organization)}, ${department}`
}

function interestsOf({ organization }: ContactRow): readonly number[] {
  return facetOf(organization).interests ?? []
}

function createdAt({ organization }: ContactRow): number {
  return Date.parse(organization.created.at)
}
