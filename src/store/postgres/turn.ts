import { randomBytes } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import type { OrganizationKey } from '../../core/store.ts'
import { textArray } from './arrays.ts'
import { on, together } from './connections.ts'
import { isForgetful, isLost } from './faults.ts'
import { fetched } from './fetching.ts'
import type { Line } from './line.ts'
import { heldLine } from './line.ts'
import type { Memory } from './memory.ts'
import { TURN_LOCK, TURN_LOCK_NUMBERS, WRITES_LOCK_NUMBERS } from './migrations.ts'

/** How often a turn is begun before it is given up: nothing has run by then, so nothing can be done twice. */
const TRIES = 3

/**
 * It waits 5 s at most for the turn of another node; a node that falls silent in its own loses it after 10 s. The second lock
 * is this turn's own: whoever finds it free knows that the turn is over.
 */
const TAKE_TURN = `select set_config('lock_timeout', '5s', true), set_config('idle_in_transaction_session_timeout', '10s', true),
  ${TURN_LOCK}, pg_advisory_xact_lock($1::bigint)`

/**
 * A node that has lost its turn without knowing may still be writing: each of its transactions that found its turn held has
 * this lock, and is waited for. Behind it, none can begin.
 */
const WAIT_FOR_WRITES = `select pg_advisory_xact_lock(${WRITES_LOCK_NUMBERS})`

/** Most events of others that are looked through for what they changed: more than a node writes in its turn. */
const NEWS_LIMIT = 500

/**
 * The organizations that an event tells of where a person went elsewhere, or one was merged: before and after. It is not read
 * as JSON: what the engine would not take for a text in it must keep nobody from writing.
 */
const TOLD = `case when e.document like '%"organization":[%' or e.document like '%"mergedInto":[%' then (
  select json_agg(ids) from regexp_matches(e.document, '"(?:organization|mergedInto)":\\[(?:null|"([^"]*)")(?:,"([^"]*)")?', 'g') as ids) end`

/**
 * What the turn finds. Of all transactions that have ended, the number of the last one, plus one, is the horizon; where it has
 * moved, the events behind the last one that is known here tell what has changed, with the organizations that are concerned.
 * They are looked up one by one: a plan that was made while there were few would go through all of them.
 */
const LOOK_AROUND = `select version as settings, pg_snapshot_xmax(pg_current_snapshot())::text as horizon,
  (select json_agg(json_build_array(s.tenant, s.name, s.last)) from unnest($1::text[], $2::text[]) as used (tenant, name)
    join sequences s on s.tenant = used.tenant and s.name = used.name) as numbers,
  last.seq as seq,
  case when pg_snapshot_xmax(pg_current_snapshot())::text <> $4 then (
    select json_agg((select json_build_array(e.tenant, e.record,
        (select p.organization from people p where p.tenant = e.tenant and p.id = e.record), ${TOLD})
      from events e where e.seq = next))
    from generate_series($3::bigint + 1, least($3::bigint + ${NEWS_LIMIT + 1}, last.seq)) as next) end as news
  from settings_version, (select max(seq) as seq from events) as last`

/** @see https://www.postgresql.org/docs/current/view-pg-locks.html how a lock of two numbers is shown */
const IS_WAITED_FOR = `select exists (select 1 from pg_locks, (select ${TURN_LOCK_NUMBERS}) as turn (one, other)
  where locktype = 'advisory' and not granted and objsubid = 2 and classid::bigint = one and objid::bigint = other & 4294967295
    and database = (select oid from pg_database where datname = current_database())) as waits`

/** The time in which one node writes, and no other: what it knows stays true. */
export interface Turn {
  /** Where it writes. */
  readonly client: PoolClient
  /** The number of its own lock. */
  readonly token: string
  /** The version of the settings as it began. */
  readonly settings: number
  /** Takes in what is stored of organizations, as far as it is not known; not of those that are being written. */
  fetch(keys: readonly OrganizationKey[]): Promise<void>
  /** Whether another node waits. It also tells the engine that this one is there. */
  isWaitedFor(): Promise<boolean>
  /** Calls whoever listens when its own connection is lost. Gives what ends that. */
  onLost(listener: () => void): () => void
  /** Ends it, whatever was written in it. */
  giveBack(): void
  /** Ends it, and the connection with it. */
  drop(): void
}

/**
 * Takes the turn, and reads what the commands will ask for: one round trip. Each statement sees what was committed before.
 * @param turns a pool of one connection, which has the lock
 * @param writes a pool of one connection, on which is written
 * @throws Error when the turn cannot be had
 */
export async function takeTurn(
  turns: Pool,
  writes: Pool,
  memory: Memory,
  line: Line,
  foreseen: readonly OrganizationKey[],
): Promise<Turn> {
  for (let tried = 1; ; tried += 1) {
    const client = await turns.connect()
    try {
      const turn = await begun(client, memory, line, foreseen)
      return { ...turn, client: await heldLine(writes, memory, line, client) }
    } catch (error) {
      client.release(true)
      if (!(isLost(error) || isForgetful(error)) || tried === TRIES) throw error
    }
  }
}

async function begun(
  client: PoolClient,
  memory: Memory,
  line: Line,
  foreseen: readonly OrganizationKey[],
): Promise<Omit<Turn, 'client'>> {
  const faults: unknown[] = []
  const connection = on(client, (error) => faults.push(error))
  const used = memory.numbers()
  const token = randomBytes(8).readBigInt64BE().toString()
  const asked = together(client, () =>
    Promise.all([
      client.query('begin isolation level read committed, read only'),
      connection.run(TAKE_TURN, [token]),
      connection.run('savepoint written'),
      connection.run(WAIT_FOR_WRITES),
      connection.run('rollback to savepoint written'),
      connection.run(LOOK_AROUND, [
        textArray(used.map(({ tenant }) => tenant)),
        textArray(used.map(({ sequence }) => sequence)),
        line.seq,
        line.horizon,
      ]),
      fetched(connection, memory, foreseen, line.horizon),
    ]),
  )
  const [, , , , , around, takeIn] = await asked.catch((error: unknown) => {
    throw faults[0] ?? error
  })
  const found = around.rows[0]
  memory.begin(found?.['horizon'] === line.horizon ? [] : newsOf(found?.['news'], line.seq))
  line.seq = Number(found?.['seq'] ?? 0)
  takeIn()
  for (const [tenant, name, last] of (found?.['numbers'] ?? []) as [string, string, number][])
    memory.putNumber(tenant, name, last)
  return {
    token,
    settings: Number(found?.['settings']),
    async fetch(keys) {
      const apart = keys.filter((key) => !memory.isTouched(key))
      ;(await fetched(connection, memory, apart, '', true))()
    },
    async isWaitedFor() {
      return (await connection.run(IS_WAITED_FOR)).rows[0]?.['waits'] === true
    },
    onLost(listener) {
      client.on('error', listener).on('end', listener)
      return () => void client.off('error', listener).off('end', listener)
    },
    giveBack() {
      client.query('commit').catch(() => {})
      client.release()
    },
    drop: () => client.release(true),
  }
}

/** Records that others changed, by tenant and id, and organizations that they concern; undefined where they are too many. */
function newsOf(news: unknown, since: number | null): readonly (readonly [string, string])[] | undefined {
  const told = (news ?? []) as readonly (News | null)[]
  if (since === null || told.length > NEWS_LIMIT) return undefined
  // What was rolled back has taken its numbers with it.
  const events = told.filter((event) => event !== null)
  return events.flatMap(([tenant, record, home, others]) =>
    [record, home, ...(others ?? []).flat()].flatMap((id) => (id === null ? [] : [[tenant, id] as const])),
  )
}

/** Tenant, record, the organization of a person, and organizations that the event tells of. */
type News = readonly [string, string, string | null, readonly (readonly (string | null)[])[] | null]
