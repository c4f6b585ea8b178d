import type { DatabaseSync } from 'node:sqlite'
import type { IndexRow } from '../../core/index-rows.ts'
import { createInserting } from './inserting.ts'
import type { Kinds } from './kinds.ts'
import { statementsOf } from './statements.ts'

/** Which rows by key are made later. */
export interface Deferral {
  /** Whether those of a new organization wait. It is noted that they are owed. */
  isDeferred(organization: number): boolean
  /** Kinds whose rows never wait: writes are refused because of them. */
  readonly kindsAtOnce: ReadonlySet<string>
}

/** Writes rows of the index, of which each stands in two places: by key, and beside the others of its organization. */
export interface RowWriting {
  /** By which index rows name their organization. */
  findKey(tenant: string, id: string): number
  addRows(tenant: string, rows: readonly IndexRow[], organization: number): void
  removeRows(tenant: string, rows: readonly IndexRow[], organization: number): void
  /** Adds those of an organization that did not exist before this transaction: by key, perhaps later. */
  addFirstRows(tenant: string, rows: readonly IndexRow[], organization: number): void
}

/** @param deferral where much is written at once */
export function createRowWriting(database: DatabaseSync, kinds: Kinds, deferral?: Deferral): RowWriting {
  const statement = statementsOf(database)
  // Until they are all made anew, rows of an earlier release may be there already.
  const ending = 'on conflict do nothing'
  const insertBeside = createInserting(
    database,
    'organization_rows (organization, kind, search_key, part)',
    4,
    ending,
  )
  const insertByKey = createInserting(
    database,
    'index_rows (kind, search_key, organization, part)',
    4,
    ending,
  )

  function add(tenant: string, rows: readonly IndexRow[], organization: number, later?: Deferral): void {
    const beside: (string | number)[] = []
    const byKey: (string | number)[] = []
    for (const { kind, key, part } of rows) {
      const number = kinds.numberOf(tenant, kind)
      beside.push(organization, number, key, part)
      if (later === undefined || later.kindsAtOnce.has(kind)) byKey.push(number, key, organization, part)
    }
    insertBeside(beside)
    insertByKey(byKey)
  }

  return {
    findKey(tenant, id) {
      const row = statement('select key from organizations where tenant = ? and id = ?').get(tenant, id)
      return Number(row?.['key'])
    },
    addRows: (tenant, rows, organization) => add(tenant, rows, organization),
    removeRows(tenant, rows, organization) {
      const beside = statement(
        'delete from organization_rows where organization = ? and kind = ? and search_key = ?',
      )
      const byKey = statement('delete from index_rows where kind = ? and search_key = ? and organization = ?')
      for (const { kind, key } of rows) {
        const number = kinds.numberOf(tenant, kind)
        beside.run(organization, number, key)
        byKey.run(number, key, organization)
      }
    },
    addFirstRows(tenant, rows, organization) {
      add(tenant, rows, organization, deferral?.isDeferred(organization) === true ? deferral : undefined)
    },
  }
}
