import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Dossier } from '../../core/dossier.ts'
import type { Event } from '../../core/event.ts'
import type { Organization } from '../../core/organization.ts'
import type { Person } from '../../core/person.ts'
import type { SettingsEntry } from '../../core/settings.ts'
import type { OrganizationKey, PersonKey, Reader } from '../../core/store.ts'
import { searchSql } from './search.ts'

/** The largest int32: numbers of records do not go beyond it, and no other number can name one. */
const NUMBER_LIMIT = 2_147_483_647

interface OrganizationRow {
  document: string
  people_count: number
  people_at: string
  people_shown_at: number
}

const ORGANIZATION_COLUMNS = 'document, people_count, people_at, people_shown_at'

/** Everything that can be read on one connection. */
export function createReader(database: DatabaseSync): Reader {
  const statement = statementsOf(database)

  const organizationBy = ({ tenant, id, number }: OrganizationKey): Organization | undefined => {
    if (id === undefined && !isRecordNumber(number)) return undefined
    const row =
      id === undefined
        ? statement(`select ${ORGANIZATION_COLUMNS} from organizations where tenant = ? and number = ?`).get(
            tenant,
            number ?? 0,
          )
        : statement(`select ${ORGANIZATION_COLUMNS} from organizations where tenant = ? and id = ?`).get(
            tenant,
            id,
          )
    return row === undefined ? undefined : organizationOf(row as unknown as OrganizationRow)
  }

  const person = (organization: Organization, key: PersonKey): Person | undefined => {
    if ('number' in key && !isRecordNumber(key.number)) return undefined
    const [column, value] = 'id' in key ? (['id', key.id] as const) : (['number', key.number] as const)
    const row = statement(
      `select document from people where tenant = ? and ${column} = ? and organization = ? and state <> 'deleted'`,
    ).get(organization.tenant, value, organization.id)
    return row === undefined ? undefined : parsed(row)
  }

  const allPeople = (organization: Organization): Person[] =>
    statement(
      "select document from people where tenant = ? and organization = ? and state <> 'deleted' order by number",
    )
      .all(organization.tenant, organization.id)
      .map((row) => parsed<Person>(row))

  return {
    async dossier(key, people, focus): Promise<Dossier | undefined> {
      const organization = organizationBy(key)
      if (organization === undefined) return undefined
      switch (people) {
        case 'none':
          return { organization, people: [] }
        case 'all':
          return { organization, people: allPeople(organization) }
        case 'role-holders': {
          const ids = [...new Set(Object.values(organization.roles))]
          const holders = ids
            .map((id) => person(organization, { id }))
            .filter((holder) => holder !== undefined)
          return { organization, people: holders.sort((left, right) => left.number - right.number) }
        }
        case 'focus': {
          const named = focus === undefined ? undefined : person(organization, focus)
          return { organization, people: named === undefined ? [] : [named] }
        }
      }
    },
    async organizations(query) {
      const { count, page } = searchSql(query)
      const { total } = statement(count.text).get(...count.values) as { total: number }
      if (query.limit <= 0 || query.offset >= total) return { items: [], total }
      const { text, values } = page(total)
      const byKey = statement(`select ${ORGANIZATION_COLUMNS} from organizations where key = ?`)
      const items = statement(text)
        .all(...values)
        .map(({ key }) => organizationOf(byKey.get(Number(key)) as unknown as OrganizationRow))
      return { items, total }
    },
    async holderOf(tenant, kind, key) {
      const row = statement(
        'select organization from index_rows where tenant = ? and kind = ? and search_key = ? limit 1',
      ).get(tenant, kind, key)
      return row?.['organization'] as string | undefined
    },
    async events(after, limit) {
      return statement('select seq, document from events where seq > ? order by seq limit ?')
        .all(after, limit)
        .map((row) => ({ ...parsed<Omit<Event, 'seq'>>(row), seq: Number(row['seq']) }))
    },
    async object(tenant, kind, id) {
      const row = statement(
        'select about, document from objects where tenant = ? and kind = ? and id = ?',
      ).get(tenant, kind, id)
      return row === undefined ? undefined : { kind, id, about: String(row['about']), value: parsed(row) }
    },
    async objects(tenant, kind, about) {
      const columns = 'select id, about, document from objects where tenant = ? and kind = ?'
      const rows =
        about === undefined
          ? statement(`${columns} order by id`).all(tenant, kind)
          : statement(`${columns} and about = ? order by id`).all(tenant, kind, about)
      return rows.map((row) => ({
        kind,
        id: String(row['id']),
        about: String(row['about']),
        value: parsed(row),
      }))
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

/** Statements that are kept prepared. Ours are some dozens; what clients search by makes as many as they like. */
const KEPT = 500

/** Prepares each text once per connection, as long as there are not too many. */
export function statementsOf(database: DatabaseSync): (sql: string) => StatementSync {
  const prepared = new Map<string, StatementSync>()
  return (sql) => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const statement = database.prepare(sql)
    if (prepared.size >= KEPT) prepared.clear()
    prepared.set(sql, statement)
    return statement
  }
}

function organizationOf(row: OrganizationRow): Organization {
  const people = { count: row.people_count, at: row.people_at, shownAt: row.people_shown_at }
  return { ...(JSON.parse(row.document) as Organization), people }
}

function parsed<T>(row: Record<string, unknown>): T {
  return JSON.parse(String(row['document'])) as T
}

function isRecordNumber(number: number | undefined): boolean {
  return Number.isInteger(number) && Number(number) > 0 && Number(number) <= NUMBER_LIMIT
}
