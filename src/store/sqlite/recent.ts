import type { DatabaseSync } from 'node:sqlite'
import type { Dossier } from '../../core/dossier.ts'
import type { ReadDossier } from './dossiers.ts'
import { statementsOf } from './statements.ts'

/** Dossiers that are kept, and the most text that one of them may have (UTF-16 units): some 30 MB in all. */
const KEPT = 500
const LENGTH_LIMIT = 65_536

interface Entry extends ReadDossier {
  /** The state of the database in which it was last found to be true. */
  checkedAt: number
}

export interface Recent {
  /** The dossier of that name as the database holds it now; `load` reads it. */
  dossier(name: string, load: () => ReadDossier | undefined): Dossier | undefined
  /** A number that changes with every commit, of whatever process. */
  state(): number
  /** To be called after each commit of this process. */
  expire(): void
}

/**
 * Dossiers that were read lately, the same objects as long as nothing of them changes: what is made of them can be kept
 * beside them. Whoever wrote, what it answers is never older than the request that asks: whether anything at all was
 * committed is asked once for all requests that the process took in together, and if so, the version of the row.
 * @param database a connection that only reads
 * @see https://www.sqlite.org/pragma.html#pragma_data_version
 */
export function createRecent(database: DatabaseSync): Recent {
  const statement = statementsOf(database)
  const entries = new Map<string, Entry>()
  let state: number | undefined

  /** Requests whose bytes one turn of the event loop found were all sent before it began. */
  function stateNow(): number {
    if (state !== undefined) return state
    state = Number(statement('pragma data_version').get()?.['data_version'])
    setImmediate(expire)
    return state
  }

  function expire(): void {
    state = undefined
  }

  /** Whether the organization and its people are at the versions that were read. */
  function isCurrent({ key, dossier: { organization } }: Entry): boolean {
    const row = statement('select version, people_count from organizations where key = ?').get(key)
    return row?.['version'] === organization.version && row['people_count'] === organization.people.count
  }

  function dossier(name: string, load: () => ReadDossier | undefined): Dossier | undefined {
    // Before anything is read: a commit in between makes it look again next time.
    const now = stateNow()
    const known = entries.get(name)
    if (known?.checkedAt === now) return known.dossier
    if (known !== undefined) {
      entries.delete(name)
      if (isCurrent(known)) {
        known.checkedAt = now
        entries.set(name, known)
        return known.dossier
      }
    }
    const read = load()
    if (read === undefined || read.length > LENGTH_LIMIT) return read?.dossier
    if (entries.size >= KEPT) entries.delete(entries.keys().next().value ?? '')
    entries.set(name, { ...read, checkedAt: now })
    return read.dossier
  }

  return { dossier, state: stateNow, expire }
}
