import { DatabaseSync } from 'node:sqlite'
import { isSame } from '../src/core/dossier.ts'
import type { Event } from '../src/core/event.ts'
import { CORE_INDEXERS, rowsOf } from '../src/core/index-rows.ts'
import type { Organization } from '../src/core/organization.ts'
import type { Person } from '../src/core/person.ts'
import { dialects } from '../src/dialects/index.ts'

type Stored = Organization | Person

/** Where the records of a database, their events and their index rows contradict each other; empty when they agree. */
export function contradictionsIn(path: string): readonly string[] {
  const database = new DatabaseSync(path, { readOnly: true })
  try {
    const organizations = recordsIn<Organization>(database, 'organizations')
    const records = [...organizations, ...recordsIn<Person>(database, 'people')]
    const events = Map.groupBy(eventsIn(database), ({ record }) => record)
    const strangers = [...events.keys()].filter((id) => !records.some((record) => record.id === id))
    return [
      ...strangers.map((id) => `events of ${id}, which is not there`),
      ...records.flatMap((record) => contradictionsOf(record, events.get(record.id) ?? [])),
      ...organizations.flatMap((organization) => indexContradictions(database, organization)),
    ]
  } finally {
    database.close()
  }
}

/** A record is what its events made of it, one version each. */
function contradictionsOf(record: Stored, events: readonly Event[]): readonly string[] {
  const name = `${record.kind} ${record.number}`
  const faults: string[] = []
  if (events.length !== record.version)
    faults.push(`${name}: version ${record.version}, ${events.length} events`)
  const parts: Record<string, unknown> = {}
  for (const [at, event] of events.entries()) {
    if (event.version !== at + 1) faults.push(`${name}: event ${at + 1} has version ${event.version}`)
    for (const [part, [before, after]] of Object.entries(event.parts)) {
      const isContinued = !(part in parts) || isSame(present(parts[part]), present(before))
      if (!isContinued) faults.push(`${name}: version ${event.version} did not find ${part} as it was left`)
      parts[part] = after
    }
  }
  for (const [part, value] of Object.entries(parts)) {
    if (!isSame(present(value), present(partOf(record, part)))) faults.push(`${name}: ${part} has no event`)
  }
  return faults
}

const indexers = [...CORE_INDEXERS, ...dialects.flatMap((dialect) => dialect.indexers ?? [])]

function indexContradictions(database: DatabaseSync, organization: Organization): readonly string[] {
  const stored = database
    .prepare('select kind, search_key, part from index_rows where tenant = ? and organization = ?')
    .all(organization.tenant, organization.id)
    .map(({ kind, search_key: key, part }) => JSON.stringify([kind, key, part]))
  const due = rowsOf(indexers, organization).map(({ kind, key, part }) => JSON.stringify([kind, key, part]))
  return isSame(stored.sort(), due.sort()) ? [] : [`organization ${organization.number}: other index rows`]
}

function recordsIn<R>(database: DatabaseSync, table: 'organizations' | 'people'): readonly R[] {
  return database
    .prepare(`select document from ${table}`)
    .all()
    .map(({ document }) => JSON.parse(String(document)) as R)
}

function eventsIn(database: DatabaseSync): readonly Event[] {
  return database
    .prepare('select document from events order by seq')
    .all()
    .map(({ document }) => JSON.parse(String(document)) as Event)
}

function partOf(record: Stored, part: string): unknown {
  const facet = /^facets\.(.+)$/.exec(part)?.[1]
  return facet === undefined ? record[part as keyof Stored] : record.facets[facet]
}

/** JSON has no undefined: in an event, absent is null. */
function present(value: unknown): unknown {
  return value ?? undefined
}
