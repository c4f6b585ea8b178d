import type { DatabaseSync } from 'node:sqlite'
import { addAll } from '../../core/adding.ts'
import type { IndexChange, IndexRow } from '../../core/index-rows.ts'
import type { Organization } from '../../core/organization.ts'
import { problem } from '../../core/problem.ts'
import type { Change, Transactor } from '../../core/store.ts'
import { createCounts } from './counts.ts'
import { noteIndexChange } from './index-changes.ts'
import { createInserting } from './inserting.ts'
import type { Latest } from './latest.ts'
import { createReader } from './reader.ts'
import type { RowWriting } from './row-writing.ts'
import { statementsOf } from './statements.ts'

/** Reads and writes on the one connection that writes. */
export function createTransactor(
  database: DatabaseSync,
  { findKey, addRows, removeRows, addFirstRows }: RowWriting,
  latest: Latest,
): Transactor {
  const statement = statementsOf(database)
  const counts = createCounts(database)
  const insertEvents = createInserting(database, 'events (tenant, record, version, document)', 4)

  /** Gives the key of a new organization. */
  function insertOrganization({ after }: NonNullable<Change['organization']>, text: string): number {
    const { people } = after
    const { lastInsertRowid } = statement(
      'insert into organizations (tenant, id, number, version, state, created_at, shown_at, people_count, people_at, people_shown_at, document) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ).run(
      after.tenant,
      after.id,
      after.number,
      after.version,
      after.state,
      after.created.at,
      after.shownAt,
      people.count,
      people.at,
      people.shownAt,
      text,
    )
    counts.add(after.tenant, after.state, 1)
    return Number(lastInsertRowid)
  }

  function updateOrganization(
    { after, before, index }: NonNullable<Change['organization']>,
    text: string,
  ): void {
    const { tenant, id, version, state, shownAt } = after
    const { changes } = statement(
      'update organizations set version = ?, shown_at = ?, document = ? where tenant = ? and id = ? and version = ? and state = ?',
    ).run(version, shownAt, text, tenant, id, before, state)
    if (changes === 0) moveState(after, before, text)
    if (index !== undefined) saveRows(after.tenant, index, after.id, after.id)
  }

  /** Updates one whose state changes, if it is at the version before. */
  function moveState(
    { tenant, id, version, state, shownAt }: Organization,
    before: number,
    text: string,
  ): void {
    const row = statement('select state from organizations where tenant = ? and id = ? and version = ?').get(
      tenant,
      id,
      before,
    )
    requireOne(row === undefined ? 0 : 1)
    statement(
      'update organizations set version = ?, state = ?, shown_at = ?, document = ? where tenant = ? and id = ?',
    ).run(version, state, shownAt, text, tenant, id)
    counts.add(tenant, String(row?.['state']), -1)
    counts.add(tenant, state, 1)
  }

  function saveRows(tenant: string, { removed, added }: IndexChange, from: string, to: string): void {
    const own = keyOf(tenant, to)
    if (removed.length > 0) removeRows(tenant, removed, from === to ? own : keyOf(tenant, from))
    addRows(tenant, added, own)
  }

  function keyOf(tenant: string, id: string): number {
    return latest.keyOf(tenant, id) ?? findKey(tenant, id)
  }

  function savePerson({ after, before }: Change['people'][number]): void {
    const text = JSON.stringify(after)
    if (before === 0) {
      statement(
        'insert into people (tenant, id, number, version, state, organization, document) values (?, ?, ?, ?, ?, ?, ?)',
      ).run(after.tenant, after.id, after.number, after.version, after.state, after.organization, text)
      return
    }
    const { changes } = statement(
      'update people set version = ?, state = ?, organization = ?, document = ? where tenant = ? and id = ? and version = ?',
    ).run(after.version, after.state, after.organization, text, after.tenant, after.id, before)
    requireOne(changes)
  }

  return {
    ...createReader(database),
    async dossier(key, people, focus) {
      return latest.dossier(key, people, focus)
    },
    async settingsVersion() {
      return latest.settingsVersion()
    },
    async nextNumber(tenant, sequence) {
      // In three statements: an upsert that returns something opens a journal of its own, which in a large transaction takes
      // longer than all of these.
      const { changes } = statement('update sequences set last = last + 1 where tenant = ? and name = ?').run(
        tenant,
        sequence,
      )
      if (changes === 0)
        statement('insert into sequences (tenant, name, last) values (?, ?, 1)').run(tenant, sequence)
      const row = statement('select last from sequences where tenant = ? and name = ?').get(tenant, sequence)
      return Number(row?.['last'])
    },
    async save(change) {
      const { organization, people, peopleOf, events } = change
      const text = organization === undefined ? '' : documentOf(organization.after)
      const created = organization?.before === 0 ? insertOrganization(organization, text) : undefined
      const firstRows: IndexRow[] = []
      if (created !== undefined) addAll(firstRows, organization?.index?.added ?? [])
      else if (organization !== undefined) updateOrganization(organization, text)
      for (const person of people) {
        const { after, index } = person
        const isFirst = created !== undefined && isAddedTo(organization?.after, person)
        if (isFirst) addAll(firstRows, index?.added ?? [])
        else if (index !== undefined) saveRows(after.tenant, index, index.from, after.organization)
        savePerson(person)
      }
      if (created !== undefined) addFirstRows(organization?.after.tenant ?? '', firstRows, created)
      if (peopleOf !== undefined && organization?.before !== 0) {
        const { count, at, shownAt } = peopleOf.people
        statement(
          'update organizations set people_count = ?, people_at = ?, people_shown_at = ? where tenant = ? and id = ?',
        ).run(count, at, shownAt, peopleOf.tenant, peopleOf.id)
      }
      insertEvents(
        events.flatMap((event) => [event.tenant, event.record, event.version, JSON.stringify(event)]),
      )
      latest.written(change, text.length)
    },
    async blank(events) {
      const update = statement('update events set document = ? where seq = ?')
      for (const { seq, ...document } of events) requireOne(update.run(JSON.stringify(document), seq).changes)
    },
    async saveIndex({ tenant, id }, change) {
      saveRows(tenant, change, id, id)
      noteIndexChange(database)
    },
    async saveObject(tenant, { kind, id, about, value, expiresAt = null }) {
      statement(
        'insert into objects (tenant, kind, id, about, document, expires_at) values (?, ?, ?, ?, ?, ?) on conflict do update set about = excluded.about, document = excluded.document, expires_at = excluded.expires_at',
      ).run(tenant, kind, id, about, JSON.stringify(value), expiresAt)
    },
    async sweep(at, limit) {
      const { changes } = statement(
        'delete from objects where rowid in (select rowid from objects where expires_at <= ? order by expires_at limit ?)',
      ).run(at, limit)
      return Number(changes)
    },
    async saveSettings(entries) {
      if (entries.length === 0) return
      latest.settingsWritten()
      const { version } = statement(
        'update settings_version set version = version + 1 returning version',
      ).get() as { version: number }
      for (const { kind, tenant, id, value } of entries) {
        statement(
          'insert into settings (kind, tenant, id, version, document) values (?, ?, ?, ?, ?) on conflict do update set version = excluded.version, document = excluded.document',
        ).run(kind, tenant, id, version, value === undefined ? null : JSON.stringify(value))
      }
    },
  }
}

/** What is stored of it as text; the stamp of its people has columns of its own. */
function documentOf(organization: Organization): string {
  return JSON.stringify({ ...organization, people: undefined })
}

/** Whether the person comes with the organization, and from nowhere else. */
function isAddedTo(
  organization: Organization | undefined,
  { before, after }: Change['people'][number],
): boolean {
  return before === 0 && after.organization === organization?.id
}

function requireOne(changes: number | bigint): void {
  if (Number(changes) !== 1)
    throw problem('precondition-failed', { reason: 'the record has another version' })
}
