import type { PoolClient } from 'pg'
import { Problem } from '../../core/problem.ts'
import type { Transactor } from '../../core/store.ts'
import type { Connection } from './connections.ts'
import { on, together } from './connections.ts'
import type { Deed } from './deeds.ts'
import { asProblem, isForgetful, storeUnavailable } from './faults.ts'
import type { Line } from './line.ts'
import type { Memory } from './memory.ts'
import { WRITES_LOCK_NUMBERS } from './migrations.ts'
import { createTransactor } from './transactor.ts'
import { writingsOf } from './writing.ts'

/** Nobody has the turn's own lock while the turn holds it; else this divides by zero. */
const IS_HELD = '1 / (not pg_try_advisory_xact_lock_shared($1::bigint))::int as held'

/**
 * A transaction of a turn that is over fails here, and one that does not is waited for by the next turn. A commit that is not
 * durable at once is no commit here.
 */
const OPEN = `select set_config('lock_timeout', '5s', true), set_config('idle_in_transaction_session_timeout', '10s', true),
  set_config('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on' else current_setting('synchronous_commit') end, true),
  pg_advisory_xact_lock_shared(${WRITES_LOCK_NUMBERS}), ${IS_HELD}, pg_current_xact_id()::text as number`

const CHECK = `select ${IS_HELD}`

/** What a command did. */
export interface Ran {
  readonly deeds: readonly Deed[]
  readonly outcome: { readonly value: unknown } | { readonly error: unknown }
}

/** Commands that share one transaction, of which nothing is sent before the last has run, unless one of them asks for something. */
export interface Batch {
  /** Runs a command after those before it; if it fails, nothing of it stays. */
  run(work: (transactor: Transactor) => Promise<unknown>): Promise<Ran>
  /** Whether what commands before wrote was refused: nothing more can be done in this transaction. */
  isBroken(): boolean
  /** Whether the turn turned out to be over. */
  isLate(): boolean
  /**
   * Sends what is to be written, and the commit behind it; where nothing is, asks whether the turn is still held. Gives what
   * the engine refused, so that nothing was kept.
   * @throws Error when it is not known what became of it
   */
  send(): Promise<unknown>
  /** Writes the deeds of one command, and waits for it: all, or none if the engine refuses one. Gives why. */
  redo(deeds: readonly Deed[]): Promise<Problem | undefined>
  /** Ends it without keeping anything. */
  abandon(): Promise<void>
}

/** The version of the settings as it is now, which commands raise. */
export interface SettingsCount {
  version: number
}

export function createBatch(
  client: PoolClient,
  memory: Memory,
  line: Line,
  token: string,
  settings: SettingsCount,
): Batch {
  let pending: Deed[] = []
  /** How many of them are earlier commands'. */
  let earlier = 0
  let isOpen = false
  let hasSavepoint = false
  let savepoints = 0
  /** Of the transaction. */
  let number: string | undefined
  /** Of the last event that it has written. */
  let seq: number | undefined
  const answered: Promise<unknown>[] = []
  /** What the engine told of what the command that runs did, of what those before it wrote, and of the turn. */
  let own: unknown
  let broken: unknown
  let late: unknown
  const ownConnection = on(client, (error) => {
    own ??= error
  })
  const sharedConnection = on(client, (error) => {
    broken ??= error
  })
  const turnConnection = on(client, (error) => {
    // What a pooler has forgotten tells nothing of the turn.
    if (!isForgetful(error)) late ??= error
    broken ??= error
  })
  /** Need not be waited for: what is sent next is done next, and a connection that is lost fails the commit. */
  const send = (text: string) => sharedConnection.run(text).catch(() => {})

  function open(): void {
    if (isOpen) return
    isOpen = true
    // Never prepared: were it refused, what follows would be committed piece by piece.
    client.query('begin isolation level read committed, read write').catch(() => {})
    void turnConnection
      .run(OPEN, [token])
      .then(({ rows }) => {
        number = String(rows[0]?.['number'])
      })
      .catch(() => {})
  }

  function write(connection: Connection, written: readonly Deed[], isBold = false): Promise<unknown> {
    const sent = writingsOf(written, isBold).map(async ({ text, values }) => {
      const { rows } = await connection.run(text, values)
      const last = rows[0]?.['last_seq']
      if (last !== undefined) seq = Number(last)
    })
    const settled = Promise.all(sent.map((one) => one.catch(() => {})))
    answered.push(settled)
    return settled
  }

  /**
   * Sends what is pending, without waiting. What the command itself wrote can still be taken back.
   * @param isBold whether nothing but the commit comes behind it
   */
  function push(isBold = false): void {
    if (pending.length === 0) return
    const [before, mine] = [pending.slice(0, earlier), pending.slice(earlier)]
    pending = []
    earlier = 0
    open()
    try {
      void write(sharedConnection, before, isBold)
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
    run: (text, values) =>
      together(client, () => {
        open()
        push()
        return ownConnection.run(text, values)
      }),
    ask: (text, values) =>
      together(client, () => {
        open()
        push()
        return ownConnection.ask(text, values)
      }),
    // Nobody else writes meanwhile.
    snapshot: (work) => work(connection),
  }
  let deeds: Deed[] = []
  const transactor = createTransactor({
    memory,
    connection,
    settingsVersion: () => settings.version,
    raiseSettings() {
      const before = settings.version
      memory.undoing(() => {
        settings.version = before
      })
      settings.version += 1
      return settings.version
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

  /** Savepoints have numbers of their own, which nobody tells. */
  function tellHorizon(): void {
    line.horizon = savepoints === 0 && number !== undefined ? String(BigInt(number) + 1n) : ''
  }

  async function takeBack(): Promise<void> {
    memory.undo()
    pending.length = earlier
    // Its other statements are answered by then: their errors are none of the next command's.
    if (hasSavepoint) await send('rollback to savepoint command')
    // What cannot be taken back ends the transaction.
    else if (!(own instanceof Problem)) broken ??= own
  }

  return {
    isBroken: () => broken !== undefined,
    isLate: () => late !== undefined,
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
      open()
      await send('savepoint command')
      own = undefined
      await write(ownConnection, again)
      if (own !== undefined) await send('rollback to savepoint command')
      await send('release savepoint command')
      savepoints += 1
      return own === undefined ? undefined : asProblem(own)
    },
    async send() {
      earlier = pending.length
      const committed = together(client, () => {
        push(true)
        return isOpen ? client.query('commit') : undefined
      })
      if (committed === undefined) {
        await turnConnection.run(CHECK, [token]).catch(() => {})
        if (broken === undefined || late !== undefined) return broken
        broken = undefined
        await turnConnection.run(CHECK, [token]).catch(() => {})
        return broken
      }
      const { command } = await committed
      const isKept = command === 'COMMIT'
      tellHorizon()
      await Promise.all(answered)
      if (isKept && seq !== undefined) line.seq = seq
      // What cannot be committed is rolled back, which is no error to the engine.
      if (!isKept && broken === undefined) throw new Error('the transaction was rolled back')
      return broken
    },
    async abandon() {
      if (!isOpen) return
      await client.query('rollback')
      tellHorizon()
    },
  }
}
