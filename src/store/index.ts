import type { Store } from '../core/store.ts'
import { openSqlite } from './sqlite/index.ts'

/** Opens the engine that a database URL names. */
export function openStore(
  { path }: { readonly engine: 'sqlite'; readonly path: string },
  { mayCreate }: { readonly mayCreate: boolean },
): Store {
  return openSqlite(path, mayCreate)
}
