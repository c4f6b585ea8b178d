import type { DatabaseSync } from 'node:sqlite'
import { statementsOf } from './statements.ts'

const NAME = 'index_changes'

/** Counts that rows of the index changed beside the log: whoever keeps what they tell makes it anew. */
export function noteIndexChange(database: DatabaseSync): void {
  statementsOf(database)(
    'insert into sequences (tenant, name, last) values (?, ?, 1) on conflict do update set last = last + 1',
  ).run('', NAME)
}

/** How often they did, of whatever process. */
export const INDEX_CHANGES = `(select last from sequences where tenant = '' and name = '${NAME}')`
