import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Reader } from '../../core/store.ts'
import { CONNECT_WITHIN_MS } from './connections.ts'
import { hostsOf } from './hosts.ts'

/** How often it is looked whether another node has committed, while somebody listens: the net below notifications. */
const LOOK_EVERY_MS = 500

/** How often nodes are notified at most. */
const NOTIFY_EVERY_MS = 100

/** How long after its connection was lost, or refused, a node listens again. */
const LISTEN_AGAIN_MS = 2_000

export interface Watch {
  /** Gives what ends it. */
  listen(listener: () => void): () => void
  /** To be called after each commit of this node. */
  tell(): void
  /** To be called after each commit of this node that brought events: other nodes are told. */
  notify(): void
  close(): Promise<void>
}

/** One channel for each database, whatever the schema: being called in vain does no harm. */
const CHANNEL = 'polydex_events'

/** @param say calls a function of the engine that writes nothing */
export function createWatch(
  url: string,
  say: (call: string, values: readonly unknown[]) => void,
  reader: Pick<Reader, 'lastSeq'>,
): Watch {
  const node = randomUUID()
  const listeners = new Set<() => void>()
  let poll: NodeJS.Timeout | undefined
  let last: number | undefined
  let ear: Ear | undefined
  let notifying: NodeJS.Timeout | undefined
  let isDue = false

  function tell(): void {
    for (const listener of listeners) listener()
  }

  async function look(): Promise<void> {
    const now = await reader.lastSeq().catch(() => undefined)
    if (now === undefined) return
    // The first time too: what was committed since somebody listens may be in what is found.
    if (now !== last) tell()
    last = now
  }

  function stop(): Promise<void> {
    clearInterval(poll)
    poll = undefined
    last = undefined
    listeners.clear()
    const closed = ear?.close()
    ear = undefined
    return closed ?? Promise.resolve()
  }

  function notify(): void {
    isDue = true
    if (notifying !== undefined) return
    isDue = false
    say('pg_notify($1, $2)', [CHANNEL, node])
    notifying = setTimeout(() => {
      notifying = undefined
      if (isDue) notify()
    }, NOTIFY_EVERY_MS).unref()
  }

  return {
    listen(listener) {
      listeners.add(listener)
      if (poll === undefined) {
        void look()
        poll = setInterval(() => void look(), LOOK_EVERY_MS).unref()
        ear = listenTo(url, (from) => {
          if (from !== node) tell()
        })
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) void stop()
      }
    },
    tell,
    notify,
    async close() {
      clearTimeout(notifying)
      await stop()
    },
  }
}

interface Ear {
  close(): Promise<void>
}

/** Listens on a connection of its own, which is made anew whenever it is lost. */
function listenTo(url: string, heard: (from: string | undefined) => void): Ear {
  // Servers that only read hear nothing, and refuse.
  const { urls } = hostsOf(url)
  let isOpen = true
  let client: pg.Client | undefined
  let again: NodeJS.Timeout | undefined
  let at = 0

  async function connect(): Promise<void> {
    const own = new pg.Client({
      connectionString: urls[at] ?? url,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      keepAlive: true,
      application_name: 'polydex',
    })
    client = own
    own.on('error', () => {})
    own.on('end', () => {
      if (!isOpen || client !== own) return
      again = setTimeout(() => void connect(), LISTEN_AGAIN_MS).unref()
    })
    own.on('notification', ({ payload }) => heard(payload))
    try {
      await own.connect()
      await own.query(`listen ${CHANNEL}`)
    } catch {
      at = (at + 1) % urls.length
      await own.end().catch(() => {})
    }
  }

  const connected = connect()
  return {
    async close() {
      isOpen = false
      clearTimeout(again)
      await connected
      await client?.end().catch(() => {})
    },
  }
}
