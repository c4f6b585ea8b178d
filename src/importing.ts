import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { actorIn } from './acting.ts'
import type { DatabaseUrl } from './config.ts'
import { createDirectory } from './core/directory.ts'
import { Problem } from './core/problem.ts'
import type { Store } from './core/store.ts'
import { indexers, matches, tells } from './dialects/index.ts'
import { receive } from './dialects/native/arrivals.ts'
import { createOrderedIds } from './ordered-ids.ts'
import { openStore } from './store/index.ts'

/** Lines that share a transaction: the more, the less is written twice, and the longer servers that run beside wait. */
const AT_ONCE = 1_000

export interface Importing {
  /** In whose name. */
  readonly user: string
  /** Base of the links to images that are already here. */
  readonly baseUrl: string
  /** UTC, milliseconds. */
  readonly now: () => string
}

export interface Imported {
  readonly organizations: number
  readonly people: number
  /** Lines of which nothing was made. */
  readonly refused: number
  /** Whether searches find all of it; else another process is about to make the rest of its index. */
  readonly isFound: boolean
}

/**
 * Makes what each line says, as the native API would if the user sent it: policy, lenses, history and index included. A line
 * is made as a whole or not at all; the others go on.
 * @param tell is given what was wrong with a line
 */
export async function importLines(
  database: DatabaseUrl,
  input: Readable,
  { user, baseUrl, now }: Importing,
  tell: (fault: string) => void,
): Promise<Imported> {
  const kindsAtOnce = indexers.flatMap(({ refusesBy = [] }) => refusesBy)
  const open = () => openStore(database, { mayCreate: false, bulk: { kindsAtOnce } })
  // What is not read, where no database opens, is let go as what was read is.
  const store = await open().catch((error: unknown) => {
    input.destroy()
    throw error
  })
  try {
    const { known, principal } = await actorIn(store, user)
    const directory = createDirectory({
      store,
      known,
      matches,
      tells,
      indexers,
      heritable: {},
      now,
      newId: createOrderedIds(now, randomUUID),
    })
    const { tenant } = principal
    const asker = { principal, tenant, via: 'import', baseUrl, seesPublic: false, seesDeleted: true }

    let [organizations, people, refused, number] = [0, 0, 0, 0]
    const make = async (line: string, at: number) => {
      try {
        const made = await receive(directory, asker, line)
        people += made
        organizations += 1
      } catch (error) {
        if (!(error instanceof Problem) || error.is('store-unavailable') || error.is('internal')) throw error
        refused += 1
        tell(`line ${at}: ${error.message}`)
      }
    }
    let waiting: Promise<void>[] = []
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1
      if (line.trim() === '') continue
      waiting.push(make(line, number))
      if (waiting.length < AT_ONCE) continue
      await Promise.all(waiting)
      waiting = []
    }
    await Promise.all(waiting)
    return { organizations, people, refused, isFound: await indexed(store, tell) }
  } finally {
    input.destroy()
    await store.close()
  }
}

/** Whether the index is made. Where it cannot be, records stand nevertheless, and whoever comes next makes up for it. */
async function indexed(store: Store, tell: (fault: string) => void): Promise<boolean> {
  try {
    const { state } = await store.makeUp()
    return state === 'done'
  } catch (error) {
    if (!(error instanceof Problem) || !error.is('store-unavailable')) throw error
    tell(`the index is not made yet: ${error.message}`)
    return false
  }
}
