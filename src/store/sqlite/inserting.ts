import type { DatabaseSync, StatementSync } from 'node:sqlite'

/**
 * Rows of one statement, largest first: each statement that is run costs more than a row that it has besides. Whoever changes
 * a phone changes three rows.
 */
const SIZES = [32, 8, 3, 2, 1] as const

type Values = (string | number)[]

/**
 * Inserts many rows of one table.
 * @param into the table with its columns
 * @param ending what follows the values
 */
export function createInserting(
  database: DatabaseSync,
  into: string,
  columns: number,
  ending = '',
): (rows: Values) => void {
  const row = `(${Array(columns).fill('?').join(', ')})`
  const prepared: (StatementSync | undefined)[] = []
  const statementOf = (at: number, size: number) => {
    const rows = () => Array(size).fill(row).join(', ')
    prepared[at] ??= database.prepare(`insert into ${into} values ${rows()} ${ending}`)
    return prepared[at]
  }

  /** @param values of all rows, one after another */
  return (values) => {
    let from = 0
    for (const [at, size] of SIZES.entries()) {
      const length = size * columns
      for (; values.length - from >= length; from += length)
        statementOf(at, size).run(...values.slice(from, from + length))
    }
  }
}
