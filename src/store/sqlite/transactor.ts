import type { DatabaseSync } from 'node:sqlite'
import type { IndexChange } from '../../core/index-rows.ts'
import { problem } from '../../core/problem.ts'
import type { Change, Transactor } from '../../core/store.ts'
import type { Kinds } from './kinds.ts'
import type { Latest } from './latest.ts'
import { createReader } from './reader.ts'
import { statementsOf } from './statements.ts'

/** Reads and writes on the one connection that writes. */
export function createTransactor(database: DatabaseSync, kinds: Kinds, latest: Latest): Transactor {
  const statement = statementsOf(database)

  /** Gives the length of its document. */
  function saveOrganization({ after, before, index }: NonNullable<Change['organization']>): number {
    const { people, ...document } = after
    const text = JSON.stringify(document)
    if (before === 0) {
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
      if (index !== undefined) addRows(after.tenant, index.added, Number(lastInsertRowid))
    } else {
      const { changes } = statement(
        'update organizations set version = ?, state = ?, shown_at = ?, document = ? where tenant = ? and id = ? and version = ?',
      ).run(after.version, after.state, after.shownAt, text, after.tenant, after.id, before)
      requireOne(changes)
      if (index !== undefined) saveRows(after.tenant, index, after.id, after.id)
    }
    return text.length
  }

  function saveRows(tenant: string, { removed, added }: IndexChange, from: string, to: string): void {
    const own = keyOf(tenant, to)
    if (removed.length > 0) {
      const owner = from === to ? own : keyOf(tenant, from)
      const remove = statement(
        'delete from index_rows where kind = ? and search_key = ? and organization = ?',
      )
      for (const { kind, key } of removed) remove.run(kinds.numberOf(tenant, kind), key, owner)
    }
    addRows(tenant, added, own)
  }

  function addRows(tenant: string, rows: IndexChange['added'], organization: number): void {
    // Until they are all made anew, rows of an earlier release may be there already.
    const add = statement(
      'insert into index_rows (kind, search_key, organization, part) values (?, ?, ?, ?) on conflict do nothing',
    )
    for (const { kind, key, part } of rows) add.run(kinds.numberOf(tenant, kind), key, organization, part)
  }

  /** By which index rows name their organization. */
  function keyOf(tenant: string, id: string): number {
    const known = latest.keyOf(tenant, id)
    if (known !== undefined) return known
    return Number(
      statement('select key from organizations where tenant = ? and id = ?').get(tenant, id)?.['key'],
    )
  }

  function savePerson({ after, before, index }: Change['people'][number]): void {
    const text = JSON.stringify(after)
    if (index !== undefined) saveRows(after.tenant, index, index.from, after.organization)
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
      const length = organization === undefined ? 0 : saveOrganization(organization)
      for (const person of people) savePerson(person)
      if (peopleOf !== undefined && organization?.before !== 0) {
        const { count, at, shownAt } = peopleOf.people
        statement(
          'update organizations set people_count = ?, people_at = ?, people_shown_at = ? where tenant = ? and id = ?',
        ).run(count, at, shownAt, peopleOf.tenant, peopleOf.id)
      }
      for (const event of events) {
        statement('insert into events (tenant, record, version, document) values (?, ?, ?, ?)').run(
          event.tenant,
          event.record,
          event.version,
          JSON.stringify(event),
        )
      }
      latest.written(change, length)
    },
    async saveIndex({ tenant, id }, change) {
      saveRows(tenant, change, id, id)
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

function requireOne(changes: number | bigint): void {
  if (Number(changes) !== 1)
    throw problem('precondition-failed', { reason: 'the record has another version' })
}
