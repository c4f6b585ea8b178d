import type { DatabaseSync } from 'node:sqlite'
import type { Event } from '../../core/event.ts'
import type { IndexRow } from '../../core/index-rows.ts'
import type { Organization } from '../../core/organization.ts'
import type { Person } from '../../core/person.ts'
import { sizeOfSet } from '../../core/row-set.ts'
import type { SettingsEntry } from '../../core/settings.ts'
import type { Reader, StoredObject, WalkQuery } from '../../core/store.ts'
import { STRETCH_LENGTH } from '../shared/limits.ts'
import { rowQueryOf, searchSql } from '../shared/search.ts'
import type { Sql } from '../shared/search-conditions.ts'
import { countIn, countOf } from './counts.ts'
import type { OrganizationRow, ReadDossier } from './dossiers.ts'
import { createDossiers, isRecordNumber, ORGANIZATION_COLUMNS, organizationOf } from './dossiers.ts'
import { createKept } from './kept.ts'
import { createMatching } from './matching-rows.ts'
import type { Recent } from './recent.ts'
import { holdersOf, sharedKeys } from './shared-keys.ts'
import { SPELLING } from './spelling.ts'
import { stampsFrom } from './stamps.ts'
import { statementsOf } from './statements.ts'
import type { Walked } from './walk.ts'
import { walk } from './walk.ts'
import { walkIn } from './walk-counted.ts'

/** Organizations of a tenant of which a query that asks each is quicker than sets of them. */
const SMALL = 2_000

/** Organizations of a tenant of which pages that are not counted are found without sets: long lists of them keep others waiting. */
const MANY = 250_000

/**
 * Everything that can be read on one connection.
 * @param recent what keeps dossiers; only where nobody writes on this connection
 * @param many organizations of a tenant that no set is made of for a page that is not counted
 */
export function createReader(database: DatabaseSync, recent?: Recent, many = MANY): Reader {
  const statement = statementsOf(database)
  const { load, ofRow } = createDossiers(database)
  const kept = recent && createKept(database, statement)
  const snapshot = kept?.snapshot ?? ((work) => work())
  const matching = createMatching(statement, kept?.lists)
  const isMany = (tenant: string) => countIn(statement, tenant, () => true) > many
  const walkedIn = (query: WalkQuery) =>
    snapshot(() => {
      const [all] = matching(query, [])
      const names = isMany(query.tenant) ? undefined : kept?.names
      return { ...walkIn(statement, all, query, names), total: sizeOfSet(all) }
    })
  const inSet = (query: WalkQuery): Walked | undefined => {
    if (isMany(query.tenant)) return undefined
    const { total: _, ...walked } = walkedIn(query)
    return walked
  }
  const countedWalk = (query: WalkQuery) => {
    const total = countOf(statement, query)
    return total === undefined ? walkedIn(query) : { ...walk(statement, query), total }
  }
  const listed = (key: number): ReadDossier => recent?.listed(key, () => ofRow(key)) ?? ofRow(key)

  const everyone = (tenant: string, organization: string): readonly Person[] =>
    statement('select document from people where tenant = ? and organization = ? order by number')
      .all(tenant, organization)
      .map((row) => parsed<Person>(row))

  const indexRows = ({ key }: OrganizationRow): readonly IndexRow[] =>
    statement(
      'select name, search_key, part from organization_rows join index_kinds on index_kinds.id = kind where organization = ?',
    )
      .all(key)
      .map((row) => ({
        kind: String(row['name']),
        key: String(row['search_key']),
        part: String(row['part']),
      }))

  return {
    async dossier(key, people, focus) {
      if (recent === undefined || people === 'focus') return load(key, people, focus)?.dossier
      const name = `${key.tenant}\n${key.id ?? `#${key.number}`}\n${people}`
      return recent.dossier(name, () => load(key, people))
    },
    async organizations(query) {
      const { count, probe, page } = searchSql(query, SPELLING)
      const itemsOf = ({ text, values }: Sql) =>
        statement(text)
          .all(...values)
          .map(({ key }) => listed(Number(key)).dossier.organization)
      const totalOf = ({ text, values }: Sql) => Number(statement(text).get(...values)?.['total'])
      if (query.isUncounted) {
        const items = itemsOf(page(probe === undefined ? undefined : totalOf(probe)))
        return { items: items.slice(0, query.limit), total: query.offset + items.length }
      }
      const all = countIn(statement, query.tenant, () => true)
      const counted = () =>
        all <= SMALL ? totalOf(count) : sizeOfSet(snapshot(() => matching(rowQueryOf(query), []))[0])
      const total = countOf(statement, query) ?? counted()
      if (query.limit <= 0 || query.offset >= total) return { items: [], total }
      return { items: itemsOf(page(total, all)), total }
    },
    async walk(query) {
      const { met, ...end }: Walked = query.isCounted ? countedWalk(query) : walk(statement, query, inSet)
      const items: Organization[] = []
      let length = 0
      for (const { key, place } of met) {
        const { dossier, length: more } = listed(key)
        items.push(dossier.organization)
        length += more
        if (length > STRETCH_LENGTH)
          return { items, next: place, ...(end.total !== undefined && { total: end.total }) }
      }
      return { items, ...end }
    },
    matching: async (query, among) => snapshot(() => matching(query, among)),
    ofRows: async (rows) => rows.map((row) => listed(row).dossier.organization),
    stamps: async (from, limit) => stampsFrom(statement, from, limit),
    async holderOf(tenant, kind, key) {
      const { text, values } = SPELLING.rowsOf(tenant, kind)
      const row = statement(
        `select id from index_rows join organizations on organizations.key = organization where ${text} and search_key = ? limit 1`,
      ).get(...values, key)
      return row?.['id'] as string | undefined
    },
    everyone: async (tenant, organization) => everyone(tenant, organization),
    async holdersOf(tenant, kind, key, limit) {
      return holdersOf(statement, tenant, kind, key, limit)
    },
    async shared(query) {
      return sharedKeys(statement, query)
    },
    async homeOf(tenant, person) {
      const row =
        'id' in person
          ? statement('select organization from people where tenant = ? and id = ?').get(tenant, person.id)
          : isRecordNumber(person.number) &&
            statement('select organization from people where tenant = ? and number = ?').get(
              tenant,
              person.number,
            )
      if (row === false) return undefined
      return row?.['organization'] as string | undefined
    },
    async inventory(after, limit) {
      const rows = statement(
        `select ${ORGANIZATION_COLUMNS} from organizations where (tenant, id) > (?, ?) order by tenant, id limit ?`,
      ).all(after?.tenant ?? '', after?.id ?? '', limit) as unknown as OrganizationRow[]
      return rows.map((row) => {
        const organization = organizationOf(row)
        return {
          organization,
          people: everyone(organization.tenant, organization.id),
          rows: indexRows(row),
        }
      })
    },
    async owed() {
      const row = statement(
        'select count(*) as count from index_owed join organizations on key > after',
      ).get()
      return Number(row?.['count'])
    },
    async history(tenant, record, before = Number.MAX_SAFE_INTEGER, limit = -1) {
      return statement(
        'select seq, document from events where tenant = ? and record = ? and version < ? order by version desc limit ?',
      )
        .all(tenant, record, before, limit)
        .map(eventOf)
        .reverse()
    },
    async events(after, limit) {
      return statement('select seq, document from events where seq > ? order by seq limit ?')
        .all(after, limit)
        .map(eventOf)
    },
    async lastSeq() {
      return Number(statement('select max(seq) as seq from events').get()?.['seq'] ?? 0)
    },
    async object(tenant, kind, id) {
      const row = statement(
        'select id, about, document, expires_at from objects where tenant = ? and kind = ? and id = ?',
      ).get(tenant, kind, id)
      return row === undefined ? undefined : objectOf(kind, row)
    },
    async objects(tenant, kind, about) {
      const columns = 'select id, about, document, expires_at from objects where tenant = ? and kind = ?'
      const rows =
        about === undefined
          ? statement(`${columns} order by id`).all(tenant, kind)
          : statement(`${columns} and about = ? order by id`).all(tenant, kind, about)
      return rows.map((row) => objectOf(kind, row))
    },
    async objectsNaming(tenant, kind, id) {
      const rows = statement(
        'select id, about, document, expires_at from objects where tenant = ? and kind = ? and instr(document, ?) > 0 order by id',
      ).all(tenant, kind, id)
      return rows.map((row) => objectOf(kind, row))
    },
    async settingsVersion() {
      return Number(statement('select version from settings_version').get()?.['version'])
    },
    async settings(after) {
      const rows = statement(
        'select kind, tenant, id, version, document from settings where version > ? order by version',
      ).all(after)
      const entries = rows.map(
        ({ kind, tenant, id, document }) =>
          ({
            kind,
            tenant,
            id,
            value: document === null ? undefined : JSON.parse(String(document)),
          }) as SettingsEntry,
      )
      return { version: Number(rows.at(-1)?.['version'] ?? after), entries }
    },
  }
}

function eventOf(row: Record<string, unknown>): Event {
  return { ...parsed<Omit<Event, 'seq'>>(row), seq: Number(row['seq']) }
}

function objectOf(kind: string, row: Record<string, unknown>): StoredObject {
  const { id, about, expires_at: expiresAt } = row as Record<string, string | null>
  const object = { kind, id: String(id), about: String(about), value: parsed(row) }
  return expiresAt === null || expiresAt === undefined ? object : { ...object, expiresAt }
}

function parsed<T>(row: Record<string, unknown>): T {
  return JSON.parse(String(row['document'])) as T
}
