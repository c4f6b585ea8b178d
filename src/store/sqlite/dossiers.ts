import type { DatabaseSync } from 'node:sqlite'
import type { Dossier, People } from '../../core/dossier.ts'
import type { Organization } from '../../core/organization.ts'
import type { Person } from '../../core/person.ts'
import type { OrganizationKey, PersonKey } from '../../core/store.ts'
import { statementsOf } from './statements.ts'

/** The largest int32: numbers of records do not go beyond it, and no other number can name one. */
const NUMBER_LIMIT = 2_147_483_647

export interface OrganizationRow {
  key: number
  document: string
  people_count: number
  people_at: string
  people_shown_at: number
}

export const ORGANIZATION_COLUMNS = 'key, document, people_count, people_at, people_shown_at'

/** A dossier as it was read. */
export interface ReadDossier {
  readonly dossier: Dossier
  /** Row of its organization. */
  readonly key: number
  /** Of its documents, in UTF-16 units. */
  readonly length: number
}

export interface Dossiers {
  load(key: OrganizationKey, people: People, focus?: PersonKey): ReadDossier | undefined
  /** The organization of a row, without its people. */
  ofRow(key: number): ReadDossier
  /** All people who are not deleted, by number, where they are at most `most`. */
  few(organization: Organization, most: number): readonly Person[] | undefined
}

/** Reads dossiers, one statement for the organization and one for its people. */
export function createDossiers(database: DatabaseSync): Dossiers {
  const statement = statementsOf(database)

  const organizationRow = ({ tenant, id, number }: OrganizationKey): OrganizationRow | undefined => {
    if (id === undefined && !isRecordNumber(number)) return undefined
    const named = id === undefined ? 'number' : 'id'
    const row = statement(
      `select ${ORGANIZATION_COLUMNS} from organizations where tenant = ? and ${named} = ?`,
    ).get(tenant, id ?? number ?? 0)
    return row as OrganizationRow | undefined
  }

  const personDocument = (organization: Organization, key: PersonKey): readonly string[] => {
    if ('number' in key && !isRecordNumber(key.number)) return []
    const [column, value] = 'id' in key ? (['id', key.id] as const) : (['number', key.number] as const)
    const row = statement(
      `select document from people where tenant = ? and ${column} = ? and organization = ? and state <> 'deleted'`,
    ).get(organization.tenant, value, organization.id)
    return row === undefined ? [] : [String(row['document'])]
  }

  const everyone = ({ tenant, id }: Organization, most: number): readonly string[] =>
    statement(
      "select document from people where tenant = ? and organization = ? and state <> 'deleted' order by number limit ?",
    )
      .all(tenant, id, most)
      .map(({ document }) => String(document))

  const peopleDocuments = (
    organization: Organization,
    people: People,
    focus: PersonKey | undefined,
  ): readonly string[] => {
    switch (people) {
      case 'none':
        return []
      case 'all':
        return everyone(organization, -1)
      case 'role-holders':
        return [...new Set(Object.values(organization.roles))].flatMap((id) =>
          personDocument(organization, { id }),
        )
      case 'focus':
        return focus === undefined ? [] : personDocument(organization, focus)
    }
  }

  const load = (key: OrganizationKey, people: People, focus?: PersonKey): ReadDossier | undefined => {
    const row = organizationRow(key)
    if (row === undefined) return undefined
    const organization = organizationOf(row)
    const documents = peopleDocuments(organization, people, focus)
    const length = documents.reduce((sum, document) => sum + document.length, row.document.length)
    const read = documents.map((document) => JSON.parse(document) as Person)
    return {
      dossier: { organization, people: read.sort((left, right) => left.number - right.number) },
      key: row.key,
      length,
    }
  }

  return {
    load,
    ofRow(key) {
      const row = statement(`select ${ORGANIZATION_COLUMNS} from organizations where key = ?`).get(key)
      const { document } = row as unknown as OrganizationRow
      const organization = organizationOf(row as unknown as OrganizationRow)
      return { dossier: { organization, people: [] }, key, length: document.length }
    },
    few(organization, most) {
      const documents = everyone(organization, most + 1)
      return documents.length > most ? undefined : documents.map((document) => JSON.parse(document) as Person)
    },
  }
}

export function organizationOf(row: OrganizationRow): Organization {
  const people = { count: row.people_count, at: row.people_at, shownAt: row.people_shown_at }
  return { ...(JSON.parse(row.document) as Organization), people }
}

/** Whether a record can have this number. */
export function isRecordNumber(number: number | undefined): boolean {
  return Number.isInteger(number) && Number(number) > 0 && Number(number) <= NUMBER_LIMIT
}
