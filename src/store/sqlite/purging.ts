import type { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'

/** How often it is tried while somebody else is in the way, besides what each statement waits, and how long is waited in between. */
const TRIES = 3
const AGAIN_MS = 250

/** What SQLite says when somebody else writes, or reads a state that must stay. @see https://www.sqlite.org/rescode.html */
const BUSY = [5, 6, 261, 517]

/**
 * Writes a file anew and empties its log: what was removed or replaced stands in the free places of both until then. Each page
 * goes through the log, from there over what the file held, and the rest of both is cut off.
 * @returns whether nobody was in the way to the end
 * @see https://www.sqlite.org/lang_vacuum.html
 */
export async function purge(writing: DatabaseSync): Promise<boolean> {
  // A large database is written beside the memory.
  writing.exec('pragma temp_store = file')
  try {
    return (await tried(() => isWrittenAnew(writing))) && (await tried(() => isLogEmptied(writing)))
  } finally {
    writing.exec('pragma temp_store = memory')
  }
}

async function tried(attempt: () => boolean): Promise<boolean> {
  for (let count = 1; count <= TRIES; count += 1) {
    if (attempt()) return true
    await setTimeout(AGAIN_MS)
  }
  return false
}

function isWrittenAnew(writing: DatabaseSync): boolean {
  try {
    writing.exec('vacuum')
    return true
  } catch (error) {
    if (BUSY.includes((error as { errcode?: number }).errcode ?? 0)) return false
    throw error
  }
}

/** @see https://www.sqlite.org/pragma.html#pragma_wal_checkpoint */
function isLogEmptied(writing: DatabaseSync): boolean {
  return writing.prepare('pragma wal_checkpoint(truncate)').get()?.['busy'] === 0
}
