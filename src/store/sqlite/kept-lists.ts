import type { RowSet } from '../../core/row-set.ts'
import type { Statement } from './walk.ts'

/** Lists that are kept: of a hundred thousand organizations 12 kB each, of a million 125. */
const KEPT = 32

/** UTF-16 units of a list that is worth keeping: made in a few milliseconds, others are as soon made again. */
const LONG = 60_000

/** Long lists of rows as they were made last, until anything is committed by whatever process. */
export interface KeptLists {
  /** To be called in the transaction that makes and uses them. */
  begin(): void
  find(name: string): RowSet | undefined
  /** @param length of the text that the list was made of */
  keep(name: string, set: RowSet, length: number): void
}

/**
 * @param statement prepared on a connection that only reads
 * @see https://www.sqlite.org/pragma.html#pragma_data_version
 */
export function createKeptLists(statement: Statement, long = LONG): KeptLists {
  const kept = new Map<string, RowSet>()
  let version: unknown
  return {
    begin() {
      const now = statement('pragma data_version').get()?.['data_version']
      if (now !== version) kept.clear()
      version = now
    },
    find: (name) => kept.get(name),
    keep(name, set, length) {
      if (length < long) return
      if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? '')
      kept.set(name, set)
    },
  }
}
