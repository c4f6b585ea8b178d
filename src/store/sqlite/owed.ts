import type { DatabaseSync } from 'node:sqlite'
import { noteIndexChange } from './index-changes.ts'
import type { Deferral } from './row-writing.ts'
import { statementsOf } from './statements.ts'

/** After so long without a word, whoever was making up for what is owed is taken for gone. */
export const LOST_AFTER_S = 60

/** What is noted while rows by key are owed. */
export interface Debt {
  /** Organizations with larger keys may lack rows by key; all the others have theirs. */
  readonly after: number
  /** Whose it is to make up. */
  readonly holder: string
  readonly isBulk: boolean
  /** Whether the holder was heard of lately. */
  readonly isHeld: boolean
}

/** What is owed of rows by key, noted in the database itself: whoever opens it after a crash finds it. */
export interface Owed {
  find(): Debt | undefined
  /** Notes that organizations behind `after` lack rows. */
  begin(after: number): void
  /** Makes it this store's to make up, and the next seconds its time. */
  hold(after: number, seconds?: number): void
  /** Nothing is owed any more. */
  end(): void
}

/**
 * While something is owed, what is removed of the rows beside an organization is noted, whoever removes it: rows by key that
 * were made from an earlier look would outlive them.
 * @param database in a transaction whenever something is noted
 * @param holder names this store
 */
export function createOwed(database: DatabaseSync, holder: string, isBulk: boolean): Owed {
  const statement = statementsOf(database)

  function write(after: number, seconds: number): void {
    statement(
      'insert into index_owed (only, after, holder, is_bulk, until) values (1, ?, ?, ?, unixepoch() + ?) on conflict do update set after = excluded.after, holder = excluded.holder, is_bulk = excluded.is_bulk, until = excluded.until',
    ).run(after, holder, isBulk ? 1 : 0, seconds)
  }

  return {
    find() {
      const row = statement(
        'select after, holder, is_bulk, until > unixepoch() as is_held from index_owed',
      ).get()
      if (row === undefined) return undefined
      return {
        after: Number(row['after']),
        holder: String(row['holder']),
        isBulk: row['is_bulk'] === 1,
        isHeld: row['is_held'] === 1,
      }
    },
    begin(after) {
      write(after, LOST_AFTER_S)
      database.exec(`
        create trigger if not exists organization_rows_removed after delete on organization_rows
          begin
            insert or ignore into index_rows_removed (kind, search_key, organization)
              values (old.kind, old.search_key, old.organization);
          end`)
    },
    hold: (after, seconds = LOST_AFTER_S) => write(after, seconds),
    end() {
      removeOutlived(database)
      noteIndexChange(database)
      database.exec('drop trigger if exists organization_rows_removed; delete from index_owed')
    },
  }
}

/** Organizations of a load between two words of it. */
const HEARD_EVERY = 500

/** Rows by key of new organizations wait, and it is noted before they do. */
export function createDeferral(owed: Owed, self: string, kindsAtOnce: readonly string[]): Deferral {
  let count = 0
  return {
    kindsAtOnce: new Set(kindsAtOnce),
    isDeferred(organization) {
      const debt = owed.find()
      count += 1
      if (debt === undefined) owed.begin(organization - 1)
      else if (debt.after >= organization) return false
      else if (debt.holder !== self) {
        // Two loads at once: one of them makes up for both.
        if (!(debt.isHeld && debt.isBulk)) owed.hold(debt.after)
      } else if (count % HEARD_EVERY === 0) owed.hold(debt.after)
      return true
    },
  }
}

/** Removes the rows by key whose other halves were removed meanwhile, and were not added again. */
function removeOutlived(database: DatabaseSync): void {
  const statement = statementsOf(database)
  const removed = statement(
    `select kind, search_key, organization from index_rows_removed r where not exists (
      select 1 from organization_rows o
      where o.organization = r.organization and o.kind = r.kind and o.search_key = r.search_key)`,
  )
  const remove = statement('delete from index_rows where kind = ? and search_key = ? and organization = ?')
  for (const { kind, search_key: key, organization } of removed.all())
    remove.run(Number(kind), String(key), Number(organization))
  statement('delete from index_rows_removed').run()
}
