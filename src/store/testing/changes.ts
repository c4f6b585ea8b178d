import type { Event } from '../../core/event.ts'
import type { IndexRow } from '../../core/index-rows.ts'
import { coreIndexer } from '../../core/index-rows.ts'
import type { Organization } from '../../core/organization.ts'
import type { Person } from '../../core/person.ts'
import type { Change } from '../../core/store.ts'
import { NOW, organization, person, uuid } from '../../core/testing/records.ts'

/** The change that saves `records`, each over the version before its own, with one event for each. */
export function saving(records: readonly (Organization | Person)[], index?: readonly IndexRow[]): Change {
  const organization = records.find((record) => record.kind === 'organization')
  const people = records.filter((record) => record.kind === 'person')
  return {
    ...(organization !== undefined && {
      organization: {
        after: organization,
        before: organization.version - 1,
        index: index ?? coreIndexer.rows(organization),
      },
    }),
    people: people.map((after) => ({ after, before: after.version - 1 })),
    ...(organization !== undefined && people.length > 0 && { peopleOf: organization }),
    events: records.map((record) => eventOf(record)),
  }
}

/** The nth organization, named after its number. */
export function numbered(number: number, parts: Partial<Organization> = {}): Organization {
  return organization({ id: uuid(number), number, name: { nl: `Vereniging ${number}` }, ...parts })
}

/** The nth person, of the first organization unless `parts` say otherwise. */
export function personNumbered(number: number, parts: Partial<Person> = {}): Person {
  return person({ id: uuid(100 + number), number, name: { full: `Persoon ${number}` }, ...parts })
}

export function eventOf(
  { tenant, kind, id, version }: Organization | Person,
  parts: Event['parts'] = {},
): Omit<Event, 'seq'> {
  return {
    id: `${id}/${version}`,
    at: NOW,
    tenant,
    kind: version === 1 ? 'created' : 'changed',
    recordKind: kind,
    record: id,
    version,
    by: 'ann',
    via: 'test',
    commandId: 'c-1',
    parts,
  }
}
