import type { Pool, PoolClient } from 'pg'
import { Problem } from '../../core/problem.ts'
import type { OrganizationKey, Transactor } from '../../core/store.ts'
import { textArray } from './arrays.ts'
import type { Connection } from './connections.ts'
import { on } from './connections.ts'
import type { Deed } from './deeds.ts'
import { asProblem, isForgetful, isLost, storeUnavailable } from './faults.ts'
import { fetched } from './fetching.ts'
import type { Memory } from './memory.ts'
import { TURN_LOCK } from './migrations.ts'
import type { Trace } from './trace.ts'
import { connected, release } from './trace.ts'
import { createTransactor } from './transactor.ts'
import { writingsOf } from './writing.ts'

/** How often a turn is begun before it is given up: nothing has run by then, so nothing can be done twice. */
const TRIES = 3

/**
 * It waits 5 s at most for the turn of another node; a node that falls silent in its own loses it after 10 s. A commit that is
 * not durable at once is no commit here.
 */
const TAKE_TURN = `select set_config('lock_timeout', '5s', true), set_config('idle_in_transaction_session_timeout', '10s', true),
  set_config('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on' else current_setting('synchronous_commit') end, true),
  ${TURN_LOCK}`

/** What the turn finds. Of all transactions that have ended, the number of the last one, plus one, is the horizon. */
const LOOK_AROUND = `select version as settings, pg_current_xact_id()::text as number, pg_snapshot_xmax(pg_current_snapshot())::text as horizon,
  (select json_agg(json_build_array(s.tenant, s.name, s.last)) from unnest($1::text[], $2::text[]) as used (tenant, name)
    join sequences s on s.tenant = used.tenant and s.name = used.name) as numbers
  from settings_version`

/** What a command did. */
export interface Ran {
  readonly deeds: readonly Deed[]
  readonly outcome: { readonly value: unknown } | { readonly error: unknown }
}

export interface Turn {
  /** Runs a command after those before it; if it fails, nothing of it stays. */
  run(work: (transactor: Transactor) => Promise<unknown>): Promise<Ran>
  /** Whether nothing need be asked for the organization. */
  isKnown(key: OrganizationKey): boolean
  /** Whether what commands before wrote was refused: nothing more can be done in this turn. */
  isBroken(): boolean
  /**
   * Sends what is still to be written, and the commit behind it. Gives what the engine refused, so that nothing was kept.
   * @param isFollowed asked when it is answered: whether the next turn was begun behind it, on the same connection
   * @throws Error when it is not known what became of it
   */
  commit(isFollowed: () => boolean): Promise<unknown>
  /** Writes the deeds of one command, and waits for it: all, or none if the engine refuses one. Gives why. */
  redo(deeds: readonly Deed[]): Promise<Problem | undefined>
  /** Whether nobody else has written since the turn before. */
  readonly isAlone: boolean
  /** Ends the turn without keeping anything, and the connection with it. */
  drop(): void
}

/**
 * Takes the turn to write, and reads what the commands will ask for: one round trip. Each statement sees what was committed
 * before the turn.
 * @param after settles when what was sent before on the same connection is answered
 * @throws Error when the turn cannot be had
 */
export async function takeTurn(
  pool: Pool,
  memory: Memory,
  trace: Trace,
  foreseen: readonly OrganizationKey[],
  after?: Promise<unknown>,
): Promise<Turn> {
  for (let tried = 1; ; tried += 1) {
    const client = await connected(pool, memory, trace)
    try {
      return await begun(client, memory, trace, foreseen, after)
    } catch (error) {
      release(trace, client, true)
      if (!(isLost(error) || isForgetful(error)) || tried === TRIES) throw error
    }
  }
}

async function begun(
  client: PoolClient,
  memory: Memory,
  trace: Trace,
  foreseen: readonly OrganizationKey[],
  after: Promise<unknown> | undefined,
): Promise<Turn> {
  const faults: unknown[] = []
  const connection = on(client, (error) => faults.push(error))
  const used = memory.numbers()
  const [, , around, takeIn] = await Promise.all([
    connection.run('begin isolation level read committed, read write'),
    connection.run(TAKE_TURN),
    connection.run(LOOK_AROUND, [
      textArray(used.map(({ tenant }) => tenant)),
      textArray(used.map(({ sequence }) => sequence)),
    ]),
    fetched(connection, memory, foreseen, trace.horizon),
  ]).catch((error: unknown) => {
    throw faults[0] ?? error
  })
  await after?.catch(() => {})
  const found = around.rows[0]
  const isAlone = found?.['horizon'] === trace.horizon
  memory.begin(isAlone)
  takeIn()
  for (const [tenant, name, last] of (found?.['numbers'] ?? []) as [string, string, number][])
    memory.putNumber(tenant, name, last)
  return turnOn(client, memory, trace, {
    isAlone,
    number: String(found?.['number']),
    settings: Number(found?.['settings']),
  })
}

function turnOn(
  client: PoolClient,
  memory: Memory,
  trace: Trace,
  { isAlone, number, settings: settingsBefore }: { isAlone: boolean; number: string; settings: number },
): Turn {
  let settings = settingsBefore
  let pending: Deed[] = []
  /** How many of them are earlier commands'. */
  let earlier = 0
  let hasSavepoint = false
  let savepoints = 0
  /** What the engine told of what the command that runs did, and of what those before it wrote. */
  let own: unknown
  let broken: unknown
  const ownConnection = on(client, (error) => {
    own ??= error
  })
  const sharedConnection = on(client, (error) => {
    broken ??= error
  })
  /** Need not be waited for: what is sent next is done next, and a connection that is lost fails the commit. */
  const send = (text: string) => sharedConnection.run(text).catch(() => {})

  function write(connection: Connection, written: readonly Deed[]): Promise<unknown> {
    const sent = writingsOf(written).map(({ text, values }) => connection.run(text, values))
    return Promise.all(sent.map((answered) => answered.catch(() => {})))
  }

  /** Sends what is pending, without waiting. What the command itself wrote can still be taken back. */
  function push(): void {
    if (pending.length === 0) return
    const [before, mine] = [pending.slice(0, earlier), pending.slice(earlier)]
    pending = []
    earlier = 0
    try {
      void write(sharedConnection, before)
      if (mine.length === 0) return
      if (!hasSavepoint) void send('savepoint command')
      hasSavepoint = true
      savepoints += 1
      void write(ownConnection, mine)
    } catch (error) {
      broken ??= error
      throw error
    }
  }

  const connection: Connection = {
    run(text, values) {
      push()
      return ownConnection.run(text, values)
    },
    ask(text, values) {
      push()
      return ownConnection.ask(text, values)
    },
    // Nobody else writes meanwhile.
    snapshot: (work) => work(connection),
  }
  let deeds: Deed[] = []
  const transactor = createTransactor({
    memory,
    connection,
    settingsVersion: () => settings,
    raiseSettings() {
      const before = settings
      memory.undoing(() => {
        settings = before
      })
      settings += 1
      return settings
    },
    refuse(problem) {
      own ??= problem
      throw problem
    },
    add(deed) {
      deeds.push(deed)
      pending.push(deed)
    },
  })

  async function takeBack(): Promise<void> {
    memory.undo()
    pending.length = earlier
    // Its other statements are answered by then: their errors are none of the next command's.
    if (hasSavepoint) await send('rollback to savepoint command')
    // What cannot be taken back ends the turn.
    else if (!(own instanceof Problem)) broken ??= own
  }

  return {
    isAlone,
    isBroken: () => broken !== undefined,
    isKnown: (key) => memory.find(key) !== undefined,
    async run(work) {
      earlier = pending.length
      own = undefined
      deeds = []
      memory.mark()
      try {
        const value = await work(transactor)
        // After an error the engine does nothing more, whoever caught it.
        if (own !== undefined) throw asProblem(own)
        return { deeds, outcome: { value } }
      } catch (error) {
        const reason = broken === undefined ? error : storeUnavailable(broken)
        await takeBack()
        return { deeds: [], outcome: { error: reason } }
      } finally {
        if (hasSavepoint) void send('release savepoint command')
        hasSavepoint = false
      }
    },
    async redo(again) {
      if (again.length === 0) return undefined
      await send('savepoint command')
      own = undefined
      await write(ownConnection, again)
      if (own !== undefined) await send('rollback to savepoint command')
      await send('release savepoint command')
      savepoints += 1
      return own === undefined ? undefined : asProblem(own)
    },
    async commit(isFollowed) {
      earlier = pending.length
      push()
      const committed = client.query('commit')
      // Savepoints have numbers of their own, which nobody tells.
      trace.horizon = savepoints === 0 ? String(BigInt(number) + 1n) : ''
      const { command } = await committed
      // What cannot be committed is rolled back, which is no error to the engine.
      if (command === 'COMMIT') memory.prune()
      else memory.clear()
      if (command !== 'COMMIT' && broken === undefined) throw new Error('the transaction was rolled back')
      if (!isFollowed()) release(trace, client, false)
      return broken
    },
    drop() {
      memory.clear()
      release(trace, client, true)
    },
  }
}
