import type { People } from '../../core/dossier.ts'
import type { Event } from '../../core/event.ts'
import type { IndexRow } from '../../core/index-rows.ts'
import type { Organization } from '../../core/organization.ts'
import type { Person } from '../../core/person.ts'
import type { SettingsEntry } from '../../core/settings.ts'
import type { OrganizationKey, PersonKey, Reader, StoredObject } from '../../core/store.ts'
import type { Connection, Row } from './connections.ts'
import { storedKey } from './index-keys.ts'
import { matching, stampsFrom } from './matching.ts'
import { pageOf, rowsWith, stretchOf } from './search.ts'
import { holdersOf, sharedKeys } from './shared-keys.ts'

/** The largest int32: numbers of records do not go beyond it, and no other number can name one. */
const NUMBER_LIMIT = 2_147_483_647

/** Everything that can be read. Each call is one statement, or several of one snapshot. */
export function createReader(connection: Connection): Reader {
  const { run } = connection

  return {
    async dossier(key, people, focus) {
      const question = dossierStatement(key, people, focus)
      if (question === undefined) return undefined
      const [row] = (await run(question.text, question.values)).rows
      if (row === undefined) return undefined
      return { organization: organizationOf(row), people: documentsOf<Person>(row['people']) }
    },
    organizations: (query) => pageOf(connection, query, organizationOf),
    walk: (query) => stretchOf(connection, query, organizationOf),
    matching: (query, among) => matching(connection, query, among),
    async ofRows(rows) {
      return (await rowsWith(connection, rows.map(String))).map(organizationOf)
    },
    stamps: (from, limit) => stampsFrom(connection, from, limit),
    holdersOf: (tenant, kind, key, limit) => holdersOf(connection, tenant, kind, key, limit),
    shared: (query) => connection.snapshot((snapshot) => sharedKeys(snapshot, query)),
    async holderOf(tenant, kind, key) {
      const { head, digest } = storedKey(key)
      const { rows } = await run(
        'select organization from index_rows where tenant = $1 and kind = $2 and search_key = $3 and digest = $4 limit 1',
        [tenant, kind, head, digest],
      )
      return rows[0]?.['organization'] as string | undefined
    },
    async everyone(tenant, organization) {
      const { rows } = await run(
        'select document from people where tenant = $1 and organization = $2 order by number',
        [tenant, organization],
      )
      return rows.map((row) => parsed<Person>(row))
    },
    async homeOf(tenant, person) {
      const named = namedBy(person)
      if (named === undefined) return undefined
      const { rows } = await run(
        `select organization from people where tenant = $1 and ${named.column} = $2`,
        [tenant, named.value],
      )
      return rows[0]?.['organization'] as string | undefined
    },
    owed: async () => 0,
    async inventory(after, limit) {
      const { rows } = await run(
        `select ${ORGANIZATION_COLUMNS},
           (select '[' || string_agg(p.document, ',' order by p.number) || ']' from people p
             where p.tenant = o.tenant and p.organization = o.id) as people,
           (select json_agg(json_build_array(i.kind, coalesce(i.whole_key, i.search_key), i.part) order by i.kind, i.search_key)
             from index_rows i where i.tenant = o.tenant and i.organization = o.id) as index_rows
         from organizations o where (o.tenant, o.id) > ($1, $2) order by o.tenant, o.id limit $3`,
        [after?.tenant ?? '', after?.id ?? '', limit],
      )
      return rows.map((row) => ({
        organization: organizationOf(row),
        people: documentsOf<Person>(row['people']),
        rows: ((row['index_rows'] ?? []) as [string, string, string][]).map(
          ([kind, key, part]): IndexRow => ({ kind, key, part }),
        ),
      }))
    },
    async history(tenant, record, before = Number.MAX_SAFE_INTEGER, limit) {
      const { rows } = await run(
        'select seq, document from events where tenant = $1 and record = $2 and version < $3 order by version desc limit $4',
        [tenant, record, before, limit ?? null],
      )
      return rows.map(eventOf).reverse()
    },
    async events(after, limit) {
      const { rows } = await run('select seq, document from events where seq > $1 order by seq limit $2', [
        after,
        limit,
      ])
      return rows.map(eventOf)
    },
    async lastSeq() {
      return Number((await run('select max(seq) as seq from events')).rows[0]?.['seq'] ?? 0)
    },
    async object(tenant, kind, id) {
      const { rows } = await run(
        'select id, about, document, expires_at from objects where tenant = $1 and kind = $2 and id = $3',
        [tenant, kind, id],
      )
      return rows[0] === undefined ? undefined : objectOf(kind, rows[0])
    },
    async objects(tenant, kind, about) {
      const columns = 'select id, about, document, expires_at from objects where tenant = $1 and kind = $2'
      const { rows } =
        about === undefined
          ? await run(`${columns} order by id`, [tenant, kind])
          : await run(`${columns} and about = $3 order by id`, [tenant, kind, about])
      return rows.map((row) => objectOf(kind, row))
    },
    async objectsNaming(tenant, kind, id) {
      const { rows } = await run(
        'select id, about, document, expires_at from objects where tenant = $1 and kind = $2 and position($3 in document) > 0 order by id',
        [tenant, kind, id],
      )
      return rows.map((row) => objectOf(kind, row))
    },
    async settingsVersion() {
      return Number((await run('select version from settings_version')).rows[0]?.['version'])
    },
    async settings(after) {
      const { rows } = await run(
        'select kind, tenant, id, version, document from settings where version > $1 order by version',
        [after],
      )
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

const ORGANIZATION_COLUMNS = 'o.document, o.people_count, o.people_at, o.people_shown_at'

/** Which people come with an organization: documents of those that are there, as one JSON text. */
const PEOPLE: Readonly<Record<Exclude<People, 'none'>, string>> = {
  all: '',
  'role-holders': "and p.id in (select value from json_each_text(o.document::json -> 'roles'))",
  focus: 'and p.FOCUS = $3',
}

/** Undefined where no organization can have the key. */
function dossierStatement(
  { tenant, id, number }: OrganizationKey,
  people: People,
  focus: PersonKey | undefined,
): { readonly text: string; readonly values: readonly unknown[] } | undefined {
  const named = id === undefined ? namedBy({ number: Number(number) }) : namedBy({ id })
  if (named === undefined) return undefined
  const from = `from organizations o where o.tenant = $1 and o.${named.column} = $2`
  const values = [tenant, named.value]
  const focused = people === 'focus' && focus !== undefined ? namedBy(focus) : undefined
  if (people === 'none' || (people === 'focus' && focused === undefined))
    return { text: `select ${ORGANIZATION_COLUMNS} ${from}`, values }
  const which = PEOPLE[people].replace('FOCUS', focused?.column ?? '')
  return {
    text: `select ${ORGANIZATION_COLUMNS}, (select '[' || string_agg(p.document, ',' order by p.number) || ']' from people p where p.tenant = o.tenant and p.organization = o.id and p.state <> 'deleted' ${which}) as people ${from}`,
    values: focused === undefined ? values : [...values, focused.value],
  }
}

/** Undefined for a number that no record has. */
function namedBy(key: PersonKey): { readonly column: string; readonly value: unknown } | undefined {
  if ('id' in key) return { column: 'id', value: key.id }
  const { number } = key
  return isRecordNumber(number) ? { column: 'number', value: number } : undefined
}

/** Whether a record can have the number. */
export function isRecordNumber(number: number | undefined): number is number {
  return Number.isInteger(number) && Number(number) > 0 && Number(number) <= NUMBER_LIMIT
}

function organizationOf(row: Row): Organization {
  const people = {
    count: Number(row['people_count']),
    at: String(row['people_at']),
    shownAt: Number(row['people_shown_at']),
  }
  return { ...parsed<Organization>(row), people }
}

function documentsOf<T>(text: unknown): readonly T[] {
  return typeof text === 'string' ? (JSON.parse(text) as T[]) : []
}

function eventOf(row: Row): Event {
  return { ...parsed<Omit<Event, 'seq'>>(row), seq: Number(row['seq']) }
}

function objectOf(kind: string, row: Row): StoredObject {
  const { id, about, expires_at: expiresAt } = row as Record<string, string | null>
  const object = { kind, id: String(id), about: String(about), value: parsed(row) }
  return expiresAt === null || expiresAt === undefined ? object : { ...object, expiresAt }
}

function parsed<T>(row: Row): T {
  return JSON.parse(String(row['document'])) as T
}
