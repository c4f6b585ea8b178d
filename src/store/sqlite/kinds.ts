import type { DatabaseSync } from 'node:sqlite'
import { statementsOf } from './statements.ts'

/** The numbers that index rows have in place of their tenant and kind. */
export interface Kinds {
  /** Gives one to a kind that has none. */
  numberOf(tenant: string, kind: string): number
  /** To be called after a rollback: what was given may have gone with it. */
  forget(): void
}

/** @param database the connection that writes, in a transaction whenever a number is asked for */
export function createKinds(database: DatabaseSync): Kinds {
  const statement = statementsOf(database)
  const known = new Map<string, Map<string, number>>()

  function found(tenant: string, kind: string): number {
    const row = statement('select id from index_kinds where tenant = ? and name = ?').get(tenant, kind)
    if (row !== undefined) return Number(row['id'])
    const { lastInsertRowid } = statement('insert into index_kinds (tenant, name) values (?, ?)').run(
      tenant,
      kind,
    )
    return Number(lastInsertRowid)
  }

  return {
    numberOf(tenant, kind) {
      let ofTenant = known.get(tenant)
      if (ofTenant === undefined) {
        ofTenant = new Map()
        known.set(tenant, ofTenant)
      }
      let number = ofTenant.get(kind)
      if (number === undefined) {
        number = found(tenant, kind)
        ofTenant.set(kind, number)
      }
      return number
    },
    forget: () => known.clear(),
  }
}
