import type { Event } from '../../core/event.ts'
import type { IndexChange } from '../../core/index-rows.ts'
import { CORE_INDEXERS, indexChange, rowsOf } from '../../core/index-rows.ts'
import type { Organization } from '../../core/organization.ts'
import type { Person } from '../../core/person.ts'
import type { Change } from '../../core/store.ts'
import { NOW, organization, person, uuid } from '../../core/testing/records.ts'

/** The change that saves `records`, each over the version before its own, with one event for each; new ones with index rows. */
export function saving(records: readonly (Organization | Person)[], index?: IndexChange): Change {
  const organization = records.find((record) => record.kind === 'organization')
  const people = records.filter((record) => record.kind === 'person')
  const rows = organization?.version === 1 ? rowsOf(CORE_INDEXERS, organization) : []
  return {
    ...(organization !== undefined && {
      organization: {
        after: organization,
        before: organization.version - 1,
        index: index ?? { removed: [], added: rows },
      },
    }),
    people: people.map((after) => ({ after, before: after.version - 1 })),
    ...(organization !== undefined && people.length > 0 && { peopleOf: organization }),
    events: records.map((record) => eventOf(record)),
  }
}

/** The change that saves `after` over `before`, with its index rows. */
export function replacing(before: Organization, after: Organization): Change {
  return saving(
    [after],
    indexChange(CORE_INDEXERS, before, after, () => true),
  )
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
