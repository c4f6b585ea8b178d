import { INDEX_CHANGES } from './index-changes.ts'
import type { Statement } from './walk.ts'

/** Which organizations changed, as the log tells it: what is kept of their index rows is brought up to date by it. */
export interface Journal {
  /** Reads what happened, of whatever process. To be called in the transaction that goes by it. */
  follow(): void
  /** Stands for all that is known by now; undefined while nothing may be kept. */
  mark(): number | undefined
  /** Rows of the organizations that changed after a mark, each once; undefined where that is not known any more. */
  since(mark: number): readonly number[] | undefined
}

/**
 * @param statement prepared on a connection that only reads
 * @param most events, or changes, behind which all is read anew
 * @see https://www.sqlite.org/pragma.html#pragma_data_version
 */
export function createJournal(statement: Statement, most: number): Journal {
  /** Rows in the order in which they changed, and how many there were before them. */
  let changes: readonly number[] = []
  let first = 0
  let version: unknown
  let state: State | undefined

  function cut(length: number): void {
    changes = changes.slice(length)
    first += length
  }

  return {
    follow() {
      const now = statement('pragma data_version').get()?.['data_version']
      if (now === version) return
      const next = stateOf(statement)
      if (state !== undefined && isTold(state, next, most))
        changes = [...changes, ...changedBehind(statement, state.seq)]
      // One more than there were: no mark stands for what comes.
      else cut(changes.length + 1)
      if (changes.length > most * 2) cut(most)
      state = next
      version = now
    },
    mark: () => (state?.isOwed === false ? first + changes.length : undefined),
    since: (mark) => (mark < first ? undefined : [...new Set(changes.slice(mark - first))]),
  }
}

/** Rows that are made later, or made anew, stand in no log. */
function isTold(before: State, now: State, most: number): boolean {
  return !now.isOwed && now.index === before.index && now.seq - before.seq <= most
}

interface State {
  readonly seq: number
  readonly index: unknown
  readonly isOwed: boolean
}

function stateOf(statement: Statement): State {
  const row = statement(
    `select (select max(seq) from events) as seq, exists (select 1 from index_owed) as is_owed,
      ${INDEX_CHANGES} as "index"`,
  ).get()
  return { seq: Number(row?.['seq']), index: row?.['index'], isOwed: row?.['is_owed'] === 1 }
}

/** The organizations that somebody changed, or whose people, or from which people went. */
function changedBehind(statement: Statement, seq: number): readonly number[] {
  return statement(CHANGED)
    .all(seq)
    .map(({ key }) => Number(key))
}

const CHANGED = `
  with happened as materialized (select seq, tenant, record from events where seq > ?),
  moving as materialized (
    select seq, tenant, organization from happened join people using (tenant) where people.id = record),
  those (tenant, id) as (
    select tenant, record from happened
    union select tenant, organization from moving
    union select tenant, json_extract(document, '$.parts.organization[0]') from moving join events using (seq, tenant))
  select key from those join organizations using (tenant, id)`
