import type { Pool, PoolClient } from 'pg'
import type { Memory } from './memory.ts'
import { keptStatement } from './statements.ts'

/** What one turn leaves for the next one on the same connection. */
export interface Trace {
  client: PoolClient | undefined
  /** Whether the connection goes over to the next turn, without going back to its pool. */
  isHeld: boolean
  /** As it will be found if nobody else writes. */
  horizon: string
}

/** The connection that the turn before has left, else the one of the pool: what was known on another one holds no more. */
export async function connected(pool: Pool, memory: Memory, trace: Trace): Promise<PoolClient> {
  if (trace.client !== undefined && trace.isHeld) return trace.client
  const client = await pool.connect()
  if (client !== trace.client) {
    memory.clear()
    trace.client = client
    trace.horizon = ''
  }
  trace.isHeld = true
  return client
}

/** Gives the connection back, unless that was done. */
export function release(trace: Trace, client: PoolClient, isLast: boolean): void {
  if (client !== trace.client || !trace.isHeld) return
  trace.isHeld = false
  client.release(isLast)
}

/** Calls a function of the engine that writes nothing. Whoever has the connection next is answered behind it. */
export async function say(pool: Pool, trace: Trace, call: string, values: readonly unknown[]): Promise<void> {
  const held = trace.isHeld ? trace.client : undefined
  const client = held ?? (await pool.connect())
  const text = `select ${call}, pg_current_xact_id()::text as number`
  const answered = client.query<{ number: string }>({ ...keptStatement(text), values: [...values] })
  if (held === undefined) client.release()
  const { rows } = await answered
  if (rows[0]?.number === trace.horizon) trace.horizon = String(BigInt(trace.horizon) + 1n)
}
