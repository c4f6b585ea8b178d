import type { DatabaseSync } from 'node:sqlite'
import { createJournal } from './journal.ts'
import type { KeptLists } from './kept-lists.ts'
import { createKeptLists } from './kept-lists.ts'
import type { KeptNames } from './kept-names.ts'
import { createKeptNames } from './kept-names.ts'
import type { Statement } from './walk.ts'

/** What a connection that only reads keeps of the index. */
export interface Kept {
  /** What `work` reads is of one moment, and so is what is kept. */
  snapshot<T>(work: () => T): T
  readonly lists: KeptLists
  readonly names: KeptNames
}

interface Limits {
  /** Events, or changes, behind which all is read anew. */
  readonly most: number
  /** UTF-16 units of a list that is worth keeping: shorter ones are made in a millisecond. */
  readonly long: number
}

const LIMITS: Limits = { most: 1_000, long: 6_000 }

/** @param statement prepared on `database` */
export function createKept(
  database: DatabaseSync,
  statement: Statement,
  { most, long }: Limits = LIMITS,
): Kept {
  const journal = createJournal(statement, most)
  return {
    snapshot(work) {
      database.exec('begin')
      try {
        journal.follow()
        return work()
      } finally {
        database.exec('commit')
      }
    },
    lists: createKeptLists(statement, journal, long),
    names: createKeptNames(statement, journal),
  }
}
