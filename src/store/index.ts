import type { FileStore } from '../core/files.ts'
import type { Store } from '../core/store.ts'
import { openPostgresFiles } from './postgres/files.ts'
import { openPostgres } from './postgres/index.ts'
import { backupSqlite, integrityOfSqlite } from './sqlite/backup.ts'
import { openSqlite } from './sqlite/index.ts'

/** Opens the engine that a database URL names. @throws Error that names the database, without its password */
export async function openStore(
  place: Place,
  { mayCreate, isBulk = false }: { readonly mayCreate: boolean; readonly isBulk?: boolean },
): Promise<Store> {
  try {
    return place.engine === 'postgres'
      ? await openPostgres(place.url, mayCreate)
      : openSqlite(place.path, mayCreate, isBulk)
  } catch (error) {
    // A server that has several addresses is refused at each, which is told by a code alone.
    const { message, code = '' } = error as NodeJS.ErrnoException
    throw new Error(`database ${nameOf(place)}: ${message || code}`, { cause: error })
  }
}

/** Files that are kept in a database which several nodes share, for who has opened its store. */
export function openStoredFiles(url: string): { readonly files: FileStore; close(): void } {
  return openPostgresFiles(url)
}

type Place =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string }

function nameOf(place: Place): string {
  if (place.engine === 'sqlite') return `sqlite:${place.path}`
  const { host, pathname } = new URL(place.url)
  return `postgres://${host}${pathname}`
}

/** Writes a copy of a database, as it is at one moment, to a file that is not there yet, while others write. @throws Error */
export function backupStore(path: string, file: string): void {
  backupSqlite(path, file)
}

/** What the engine itself finds wrong with a database. @throws Error when it cannot be opened */
export function integrityOf(place: Place): readonly string[] {
  // PostgreSQL tells of damaged pages when they are read, and every record is.
  return place.engine === 'sqlite' ? integrityOfSqlite(place.path) : []
}
