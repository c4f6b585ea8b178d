import { randomUUID } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import { isForgetful } from './faults.ts'
import { stopKeeping } from './statements.ts'

/**
 * Finds out whether a connection keeps what is prepared on it. A pooler that gives connections to the server out by transaction
 * gives the one that was given back last: here, somebody else has it when it is asked for again.
 * @throws Error when there is no connection to be had
 */
export async function findOutKeeping(one: Pool, other: Pool): Promise<void> {
  const [client, stranger] = [await one.connect(), await other.connect()]
  const probe = { name: `probe ${randomUUID()}`, text: 'select 1' }
  try {
    await client.query('begin')
    await client.query(probe)
    await client.query('commit')
    await stranger.query('begin')
    await client.query('begin')
    await client.query(probe)
  } catch (error) {
    if (!isForgetful(error)) throw error
    stopKeeping()
  } finally {
    await Promise.all([ended(client), ended(stranger)])
  }
}

async function ended(client: PoolClient): Promise<void> {
  const error = await client.query('rollback').then(
    () => undefined,
    () => true,
  )
  client.release(error)
}
