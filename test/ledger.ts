import type { DatabaseUrl } from '../src/config.ts'
import { verifyDatabase } from '../src/maintenance.ts'

/** Where the records of a database, their events and their index rows contradict each other; empty when they agree. */
export async function contradictionsIn(database: string | DatabaseUrl): Promise<readonly string[]> {
  const url: DatabaseUrl = typeof database === 'string' ? { engine: 'sqlite', path: database } : database
  return (await verifyDatabase(url)).contradictions
}
