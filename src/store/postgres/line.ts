import type { Pool, PoolClient } from 'pg'
import type { Memory } from './memory.ts'
import { keptStatement } from './statements.ts'

/** The connection on which a node writes, one transaction after another. */
export interface Line {
  client: PoolClient | undefined
  /** The one that had the turn last. */
  turns: PoolClient | undefined
  /** Whether the turn that is under way has it. */
  isHeld: boolean
  /** As the next turn will find it if nobody else writes. */
  horizon: string
  /** The last event that what is known knows of. */
  seq: number | null
}

/**
 * Takes the connection for a turn. What was known on another one holds no more.
 * @param turns the connection that has the turn: where the one before was lost, this one may be without knowing
 */
export async function heldLine(
  pool: Pool,
  memory: Memory,
  line: Line,
  turns: PoolClient,
): Promise<PoolClient> {
  let client = await pool.connect()
  if (client === line.client && turns !== line.turns) {
    client.release(true)
    client = await pool.connect()
  }
  line.turns = turns
  if (client !== line.client) {
    if (line.client !== undefined) memory.clear()
    line.client = client
    line.horizon = ''
  }
  line.isHeld = true
  return client
}

/** Gives it back, unless that was done. @param isLast whether it is no good any more */
export function releaseLine(line: Line, isLast: boolean): void {
  if (!line.isHeld) return
  line.isHeld = false
  line.client?.release(isLast)
}

/** Calls a function of the engine that writes nothing, where no transaction is open. What is sent next is answered behind it. */
export async function say(pool: Pool, line: Line, call: string, values: readonly unknown[]): Promise<void> {
  const held = line.isHeld ? line.client : undefined
  const client = held ?? (await pool.connect())
  const text = `select ${call}, pg_current_xact_id()::text as number`
  const answered = client.query<{ number: string }>({ ...keptStatement(text), values: [...values] })
  if (held === undefined) client.release()
  const { rows } = await answered
  if (rows[0]?.number === line.horizon) line.horizon = String(BigInt(line.horizon) + 1n)
}
