import type { DatabaseSync, StatementSync } from 'node:sqlite'

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
