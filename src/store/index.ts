import type { Store } from '../core/store.ts'
import { openSqlite } from './sqlite/index.ts'

/** Opens the engine that a database URL names. @throws Error that names the database */
export function openStore(
  { path }: { readonly engine: 'sqlite'; readonly path: string },
  { mayCreate }: { readonly mayCreate: boolean },
): Store {
  try {
    return openSqlite(path, mayCreate)
  } catch (error) {
    throw new Error(`database sqlite:${path}: ${(error as Error).message}`, { cause: error })
  }
}
