import type { DatabaseSync } from 'node:sqlite'
import type { Dossier } from '../../core/dossier.ts'
import type { ReadDossier } from './dossiers.ts'
import { statementsOf } from './statements.ts'

/** What is kept, and the most text that one of them may have (UTF-16 units): dossiers some 30 MB in all, what lists show 10. */
const DOSSIERS = { most: 500, length: 65_536 }
const LISTED = { most: 500, length: 16_384 }

interface Entry extends ReadDossier {
  /** The state of the database in which it was last found to be true. */
  checkedAt: number
}

type Kept = Map<string | number, Entry>

export interface Recent {
  /** The dossier of that name as the database holds it now; `load` reads it. */
  dossier(name: string, load: () => ReadDossier | undefined): Dossier | undefined
  /** The organization of a row that a search found, without its people; `load` reads it. */
  listed(key: number, load: () => ReadDossier): ReadDossier
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
  const dossiers: Kept = new Map()
  const listed: Kept = new Map()
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

  function found<R extends ReadDossier | undefined>(
    entries: Kept,
    name: string | number,
    load: () => R,
    { most, length }: typeof DOSSIERS,
  ): R | Entry {
    // Before anything is read: a commit in between makes it look again next time.
    const now = stateNow()
    const known = entries.get(name)
    if (known?.checkedAt === now) return known
    if (known !== undefined) {
      entries.delete(name)
      if (isCurrent(known)) {
        known.checkedAt = now
        entries.set(name, known)
        return known
      }
    }
    const read = load()
    if (read === undefined || read.length > length) return read
    if (entries.size >= most) entries.delete(entries.keys().next().value ?? '')
    entries.set(name, { ...read, checkedAt: now })
    return read
  }

  return {
    dossier: (name, load) => found(dossiers, name, load, DOSSIERS)?.dossier,
    listed: (key, load) => found(listed, key, load, LISTED),
    state: stateNow,
    expire,
  }
}
