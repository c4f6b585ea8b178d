import { verifyDatabase } from '../src/maintenance.ts'

/** Where the records of a database, their events and their index rows contradict each other; empty when they agree. */
export async function contradictionsIn(path: string): Promise<readonly string[]> {
  return (await verifyDatabase({ engine: 'sqlite', path })).contradictions
}
