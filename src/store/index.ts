import type { Store } from '../core/store.ts'
import { backupSqlite, integrityOfSqlite } from './sqlite/backup.ts'
import { openSqlite } from './sqlite/index.ts'

/** Opens the engine that a database URL names. @throws Error that names the database */
export function openStore({ path }: Place, { mayCreate }: { readonly mayCreate: boolean }): Store {
  try {
    return openSqlite(path, mayCreate)
  } catch (error) {
    throw new Error(`database sqlite:${path}: ${(error as Error).message}`, { cause: error })
  }
}

interface Place {
  readonly engine: 'sqlite'
  readonly path: string
}

/** Writes a copy of a database, as it is at one moment, to a file that is not there yet, while others write. @throws Error */
export function backupStore({ path }: Place, file: string): void {
  backupSqlite(path, file)
}

/** What the engine itself finds wrong with a database. @throws Error when it cannot be opened */
export function integrityOf({ path }: Place): readonly string[] {
  return integrityOfSqlite(path)
}
