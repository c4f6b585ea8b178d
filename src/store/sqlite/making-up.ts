import type { DatabaseSync } from 'node:sqlite'
import type { MadeUp } from '../../core/store.ts'
import { COUNT } from './counts.ts'
import type { Owed } from './owed.ts'
import { LOST_AFTER_S } from './owed.ts'
import type { Pace } from './pace.ts'

/** Organizations of one step beside the traffic: some milliseconds. */
const AT_ONCE = 20

/** So few that one transaction makes up for them. */
const FEW = 500

/** Sorted rows that share a transaction: some dozens of milliseconds. */
const ROWS_AT_ONCE = 50_000

/** Of such transactions between two rests: together less than somebody else waits for. */
const RESTS_EVERY = 20

/** Organizations whose rows any machine sorts within a second. */
const SORTED_PER_SECOND = 1_000

const COLUMNS = 'kind, search_key, organization, part'

/** Makes up for the next organizations, in a transaction that is there. */
export function makeUpSome(database: DatabaseSync, owed: Owed, self: string): MadeUp {
  const debt = owed.find()
  if (debt === undefined) return { state: 'done', looked: 0 }
  if (debt.isHeld && debt.holder !== self) return { state: 'elsewhere', looked: 0 }
  const keys = keysBehind(database, debt.after, AT_ONCE)
  const last = keys.at(-1) ?? debt.after
  addBetween(database, debt.after, last)
  if (keys.length < AT_ONCE) owed.end()
  else owed.hold(last)
  return { state: keys.length < AT_ONCE ? 'done' : 'walking', looked: keys.length }
}

interface Rounds {
  /** Organizations that one transaction makes up for. */
  readonly few: number
  /** Sorted rows that share a transaction. */
  readonly rowsAtOnce: number
}

/**
 * Makes up for all that is owed, sorted as the rows by key stand, so that each page is written about once however many there
 * are. No transaction may be there. What others write meanwhile is kept, and waits little.
 */
export async function makeUpAll(
  database: DatabaseSync,
  owed: Owed,
  self: string,
  pace: Pace,
  { few, rowsAtOnce }: Rounds = { few: FEW, rowsAtOnce: ROWS_AT_ONCE },
): Promise<MadeUp> {
  let looked = 0
  if (owed.find() === undefined) return { state: 'done', looked }
  for (;;) {
    const round = begun(database, owed, self, few)
    if (round === undefined) return { state: 'elsewhere', looked }
    looked += round.count
    if (round.isLast) return { state: 'done', looked }
    if (!(await made(database, owed, self, pace, round, rowsAtOnce))) return { state: 'elsewhere', looked }
  }
}

/** Makes what a round owes, as long as it is this store's; whether it was to the end. */
async function made(
  database: DatabaseSync,
  owed: Owed,
  self: string,
  pace: Pace,
  round: Round,
  rowsAtOnce: number,
): Promise<boolean> {
  /** Another process may have taken over. */
  const unlessTaken = (work: () => void) =>
    inTransaction(database, () => {
      const isOurs = owed.find()?.holder === self
      if (isOurs) work()
      return isOurs
    })

  try {
    // What a machine that falls forgets of a round is owed again; its last commit is flushed with all before it.
    database.exec('pragma synchronous = normal')
    const count = sorted(database, round)
    const add = database.prepare(
      `insert into index_rows (${COLUMNS}) select ${COLUMNS} from temp.sorted_rows where rowid > ? and rowid <= ? on conflict do nothing`,
    )
    for (let done = 0; done < count; done += rowsAtOnce) {
      const isOurs = unlessTaken(() => {
        add.run(done, done + rowsAtOnce)
        owed.hold(round.after)
      })
      if (!isOurs) return false
      await pace.rest(RESTS_EVERY)
    }
    database.exec('pragma synchronous = full')
    return unlessTaken(() => owed.hold(round.last))
  } finally {
    database.exec(
      'pragma synchronous = full; drop table if exists temp.sorted_rows; pragma temp_store = memory',
    )
  }
}

/** Takes everything for owed, removes rows by key that do not stand beside an organization, and counts organizations anew. */
export function oweAll(database: DatabaseSync, owed: Owed): void {
  inTransaction(database, () => {
    owed.begin(0)
    database.exec(`delete from organization_counts; ${COUNT}`)
  })
  const outlived = `from index_rows as i where not exists (
    select 1 from organization_rows o
    where o.organization = i.organization and o.kind = i.kind and o.search_key = i.search_key and o.part = i.part)`
  // It is looked first, which keeps nobody from writing.
  if (database.prepare(`select 1 ${outlived} limit 1`).get() === undefined) return
  inTransaction(database, () => database.exec(`delete ${outlived}`))
}

/** The organizations of a round. */
interface Round {
  readonly after: number
  readonly last: number
  readonly count: number
  /** Whether all is done with it. */
  readonly isLast: boolean
}

/** Takes what is owed upon itself; few organizations are made up for at once. Undefined where another load does it. */
function begun(database: DatabaseSync, owed: Owed, self: string, few: number): Round | undefined {
  return inTransaction(database, () => {
    const debt = owed.find()
    if (debt === undefined) return { after: 0, last: 0, count: 0, isLast: true }
    if (debt.isHeld && debt.isBulk && debt.holder !== self) return undefined
    const { after } = debt
    const row = database
      .prepare('select count(*) as count, max(key) as last from organizations where key > ?')
      .get(after)
    const count = Number(row?.['count'])
    const last = Number(row?.['last'] ?? after)
    const isLast = count <= few
    if (isLast) {
      addBetween(database, after, last)
      owed.end()
    } else owed.hold(after, LOST_AFTER_S + Math.ceil(count / SORTED_PER_SECOND))
    return { after, last, count, isLast }
  })
}

/** Copies the rows of a round to a temporary table, in the order of the keys. Gives how many there are. */
function sorted(database: DatabaseSync, { after, last }: Round): number {
  // Too much for the memory, where the journals of other transactions belong. A second thread sorts while the first one reads.
  database.exec('pragma temp_store = file; pragma threads = 1')
  database.exec(
    `create temp table sorted_rows as select ${COLUMNS} from organization_rows
     where organization > ${after} and organization <= ${last} order by kind, search_key, organization`,
  )
  const row = database.prepare('select max(rowid) as count from temp.sorted_rows').get()
  return Number(row?.['count'] ?? 0)
}

function addBetween(database: DatabaseSync, after: number, last: number): void {
  database
    .prepare(
      `insert into index_rows (${COLUMNS}) select ${COLUMNS} from organization_rows
       where organization > ? and organization <= ? order by kind, search_key on conflict do nothing`,
    )
    .run(after, last)
}

function keysBehind(database: DatabaseSync, after: number, limit: number): readonly number[] {
  return database
    .prepare('select key from organizations where key > ? order by key limit ?')
    .all(after, limit)
    .map(({ key }) => Number(key))
}

function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('begin immediate')
  try {
    const value = work()
    database.exec('commit')
    return value
  } catch (error) {
    if (database.isTransaction) database.exec('rollback')
    throw error
  }
}
