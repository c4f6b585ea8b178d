import type { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'

/** How a load of many records goes on from one transaction to the next. */
export interface Pace {
  /** Commands of the next transaction. */
  most(): number
  /** Leaves the database to others: each time while they write, else every so many times. */
  rest(every: number): Promise<void>
}

/** Commands that share a transaction where nobody else writes, and where somebody does. */
const ALONE = 2_000
const IN_COMPANY = 200

/** Somebody who waits looks again after this, at the latest. @see sqliteDefaultBusyCallback in https://sqlite.org/src/file/src/main.c */
const REST_MS = 100

/** Transactions for which somebody who wrote is expected again. */
const EXPECTED = 50

/** @param database the connection that writes, which is told when others have @see https://www.sqlite.org/pragma.html#pragma_data_version */
export function createPace(
  database: DatabaseSync,
  wait: (ms: number) => Promise<unknown> = setTimeout,
): Pace {
  const version = database.prepare('pragma data_version')
  let state = version.get()?.['data_version']
  let expected = 0
  let count = 0
  return {
    most: () => (expected > 0 ? IN_COMPANY : ALONE),
    async rest(every) {
      const now = version.get()?.['data_version']
      expected = now === state ? expected - 1 : EXPECTED
      state = now
      count += 1
      if (expected > 0 || count % every === 0) await wait(REST_MS)
    },
  }
}
