import type { Pool } from 'pg'
import { problem } from '../../core/problem.ts'
import type { Store } from '../../core/store.ts'
import { openPool, reading } from './connections.ts'
import { createGroupCommit } from './group-commit.ts'
import { findOutKeeping } from './keeping.ts'
import { migrate } from './migrations.ts'
import { createReader } from './reader.ts'
import { createWatch } from './watch.ts'

/**
 * Opens the engine for several nodes: some connections read, one has the turn, one writes, one listens. All of them work through a pooler that
 * gives connections out for a transaction at a time; there, other nodes are heard by looking alone.
 * @param mayCreate whether our tables are made where there are none
 * @throws Error
 */
export async function openPostgres(url: string, mayCreate: boolean): Promise<Store> {
  const pool = openPool(url)
  const [turns, writes] = [openPool(url, 1), openPool(url, 1)]
  const closePools = async () => {
    await Promise.all([pool, turns, writes].map((each) => each.end()))
  }
  await migrated(turns, mayCreate)
    .then(() => findOutKeeping(turns, writes))
    .catch(async (error: unknown) => {
      await closePools()
      throw error
    })

  const reader = createReader(reading(pool))
  const group = createGroupCommit(turns, writes, () => watch.notify())
  const watch = createWatch(url, group.say, reader)
  let isOpen = true
  const requireOpen = () => {
    if (!isOpen) throw problem('store-unavailable', { reason: 'closed' })
  }

  return {
    async read(work) {
      requireOpen()
      return work(reader)
    },
    async transact(work, foreseen) {
      requireOpen()
      try {
        return await group.run(work, foreseen)
      } finally {
        watch.tell()
      }
    },
    watch: watch.listen,
    // Every row is written with its record: the server has other means against pages that lie far apart.
    makeUp: async () => ({ state: 'done', looked: 0 }),
    oweAll: async () => {},
    // Its vacuum removes old versions of rows, of its log and its replicas tells whoever runs it.
    purge: async () => true,
    async close() {
      if (!isOpen) return
      isOpen = false
      await group.close()
      await watch.close()
      await closePools()
    },
  }
}

async function migrated(pool: Pool, mayCreate: boolean): Promise<void> {
  const client = await pool.connect()
  try {
    await migrate(client, mayCreate)
  } finally {
    client.release()
  }
}
