import type { ListedFiles } from '../core/files.ts'
import type { Store } from '../core/store.ts'
import type { Source, Target } from './copy/port.ts'
import { openPostgresSource, openPostgresTarget } from './postgres/copying.ts'
import { openPostgresFiles } from './postgres/files.ts'
import { nameOfPostgres } from './postgres/hosts.ts'
import { openPostgres } from './postgres/index.ts'
import { backupSqlite, integrityOfSqlite } from './sqlite/backup.ts'
import { openSqliteSource, openSqliteTarget } from './sqlite/copying.ts'
import type { Bulk } from './sqlite/index.ts'
import { openSqlite } from './sqlite/index.ts'

/** Opens the engine that a database URL names. @throws Error that names the database, without its password */
export async function openStore(
  place: Place,
  { mayCreate, bulk }: { readonly mayCreate: boolean; readonly bulk?: Bulk },
): Promise<Store> {
  return naming(place, async () =>
    place.engine === 'postgres'
      ? openPostgres(place.url, mayCreate)
      : openSqlite(place.path, mayCreate, bulk),
  )
}

/** Opens what is to be copied, at this moment. @throws Error that names the database, without its password */
export async function openSource(place: Place): Promise<Source> {
  return naming(place, async () =>
    place.engine === 'postgres' ? openPostgresSource(place.url) : openSqliteSource(place.path),
  )
}

/** Opens an empty place, or one that a copy has begun. @throws Error that names the database, without its password */
export async function openTarget(place: Place): Promise<Target> {
  return naming(place, async () =>
    place.engine === 'postgres' ? openPostgresTarget(place.url) : openSqliteTarget(place.path),
  )
}

async function naming<T>(place: Place, open: () => Promise<T>): Promise<T> {
  try {
    return await open()
  } catch (error) {
    // A server that has several addresses is refused at each, which is told by a code alone.
    const { message, code = '' } = error as NodeJS.ErrnoException
    throw new Error(`database ${nameOf(place)}: ${message || code}`, { cause: error })
  }
}

/** Files that are kept in a database which several nodes share, for who has opened its store. */
export function openStoredFiles(url: string): { readonly files: ListedFiles; close(): void } {
  return openPostgresFiles(url)
}

/** @see DatabaseUrl in `config.ts` */
export type Place =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string }

/** As it is told: without user and password. */
export function nameOf(place: Place): string {
  return place.engine === 'sqlite' ? `sqlite:${place.path}` : nameOfPostgres(place.url)
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
