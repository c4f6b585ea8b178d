import type { ViewContext } from '../../../core/lens.ts'
import type { Person } from '../../../core/person.ts'
import { lastChange } from '../../../core/record.ts'
import { compareKeys, phoneKey, textKey } from '../filter/keys.ts'
import { associateWithId } from '../lens/associates.ts'
import type * as wire from '../wire/carriers.ts'
import { dateOfSeconds, dateOfTime, utcDate } from '../wire/dates.ts'
import type { Column, Restriction } from './column.ts'
import { columnsOf } from './column.ts'
import { inMemory, orBlank } from './searches.ts'

/** A person of a contact, as its reader may see them. */
export interface PersonRow {
  readonly person: Person
  readonly card: wire.Person
  readonly context: ViewContext
}

type PersonColumn = Column<PersonRow>

/** Columns of the people of a contact: all are found and sorted by what they show. */
const COLUMNS: readonly PersonColumn[] = [
  member('personId', 'int', 'PersonId'),
  member('firstName', 'string', 'Firstname'),
  member('middleName', 'string', 'MiddleName'),
  member('lastName', 'string', 'Lastname'),
  member('fullName', 'string', 'FullName'),
  member('formalName', 'string', 'FormalName'),
  member('mrMrs', 'string', 'Mrmrs'),
  member('title', 'string', 'Title'),
  member('position', 'string', 'Position'),
  member('personNumber', 'string', 'PersonNumber'),
  member('rank', 'int', 'Rank'),
  column('hasInfoText', 'bool', ({ card }) => card.Description !== ''),
  column('personDeleted', 'bool', () => false),
  member('contactId', 'int', 'ContactId'),
  member('countryId', 'int', 'CountryId'),
  column('personUpdatedDate', 'date', ({ person, context }) =>
    utcDate(dateOfSeconds(person.shownAt), context.timeZone),
  ),
  column('personRegisteredDate', 'date', ({ person, context }) =>
    utcDate(dateOfTime(Date.parse(person.created.at)), context.timeZone),
  ),
  column('personUpdatedBy', 'string', ({ person, context }) => {
    const { by } = lastChange(person, Object.keys(person.changed))
    return associateWithId(context.catalogue, by)?.Name ?? ''
  }),
  column('personRegisteredBy', 'string', ({ person, context }) => {
    return associateWithId(context.catalogue, person.created.by)?.Name ?? ''
  }),
  each('email/emailAddress', ({ person }) => person.emails.map(({ address }) => address)),
  each('email/emailDescription', ({ person }) => person.emails.map(({ label = '' }) => label)),
  phones('phone', () => true),
  phones('personDirectPhone', (kind) => kind === 'voice'),
  phones('personMobilePhone', (kind) => kind === 'mobile'),
  phones('personFax', (kind) => kind === 'fax'),
  phones('searchPhone', () => true),
  member('contact/contactId', 'int', 'ContactId'),
  member('contact/name', 'string', 'ContactName'),
  member('contact/department', 'string', 'ContactDepartment'),
  member('contact/nameDepartment', 'string', 'ContactFullName'),
  member('contact/orgnr', 'string', 'ContactOrgNr'),
]

export const PERSON_COLUMNS = columnsOf(COLUMNS)

function member(name: string, restriction: 'string' | 'int', of: keyof wire.Person): PersonColumn {
  return column(name, restriction, ({ card }) => card[of] as string | number)
}

function column(
  name: string,
  restriction: Restriction,
  of: (row: PersonRow) => string | number | boolean,
): PersonColumn {
  const valueOf = (row: PersonRow) => {
    const value = of(row)
    if (typeof value !== 'string') return value
    return restriction === 'date' ? Date.parse(value.endsWith('Z') ? value : `${value}Z`) : textKey(value)
  }
  return {
    name,
    cell: (row) => ({ shown: of(row) }),
    search: inMemory(restriction, (row) => [valueOf(row)]),
    order: {
      keysOf: (row) => [Number.isInteger(valueOf(row)) ? Number(valueOf(row)) : String(valueOf(row))],
      sortOf: () => [],
    },
  }
}

/** Shows the first text, and is found by each. */
function each(
  name: string,
  of: (row: PersonRow) => readonly string[],
  keyOf: (text: string) => string = textKey,
): PersonColumn {
  const keysOf = (row: PersonRow) =>
    orBlank(
      of(row)
        .filter((text) => text !== '')
        .map(keyOf),
      '',
    )
  return {
    name,
    cell: (row) => ({ shown: of(row)[0] ?? '' }),
    search: inMemory('string', keysOf, keyOf),
    order: { keysOf: (row) => keysOf(row).toSorted(compareKeys).slice(0, 1), sortOf: () => [] },
  }
}

function phones(prefix: string, isOf: (kind: Person['phones'][number]['kind']) => boolean): PersonColumn {
  return each(
    `${prefix}/formattedNumber`,
    ({ person }) => person.phones.filter(({ kind }) => isOf(kind)).map(({ number }) => number),
    phoneKey,
  )
}
