import { randomUUID } from 'node:crypto'
import { actorIn } from './acting.ts'
import type { DatabaseUrl } from './config.ts'
import { Mistakes } from './config.ts'
import type { Erasure } from './core/erasing.ts'
import { executeErasure } from './core/erasing.ts'
import { Problem } from './core/problem.ts'
import type { PersonKey, Store } from './core/store.ts'
import { forgettings, indexers, matches, tells } from './dialects/index.ts'
import { openStore } from './store/index.ts'

export interface Erasing {
  /** Id or number of a person of the user's tenant. */
  readonly person: string
  /** In whose name. */
  readonly user: string
  /** UTC, milliseconds. */
  readonly now: () => string
}

export interface Erased extends Erasure {
  /** Whether the database holds no trace any more: else somebody was in the way, and it has to be asked for again. */
  readonly isPurged: boolean
}

/** Erases a person from a database. Servers may go on. @throws Problem, Mistakes */
export async function erasePerson(database: DatabaseUrl, { person, user, now }: Erasing): Promise<Erased> {
  const store = await openStore(database, { mayCreate: false, bulk: { kindsAtOnce: [] } })
  try {
    const { known, principal } = await actorIn(store, user)
    await requireIndex(store)
    const { tenant } = principal
    const asker = { principal, tenant, via: 'cli', baseUrl: '', seesPublic: false, seesDeleted: true }
    const ports = { store, known, matches, tells, indexers, heritable: {}, now, newId: randomUUID }
    const erasure = await store
      .transact((transactor) => executeErasure(ports, transactor, asker, keyOf(person), forgettings))
      .catch((error: unknown) => {
        if (error instanceof Problem && error.is('not-found'))
          throw new Mistakes([`there is no person ${person} in ${tenant}`])
        throw error
      })
    return { ...erasure, isPurged: await store.purge() }
  } finally {
    await store.close()
  }
}

/** What an import has left for later is made first: what is removed meanwhile would be noted elsewhere. @throws Error */
async function requireIndex(store: Store): Promise<void> {
  const { state } = await store.makeUp()
  if (state !== 'done') throw new Error('an import is under way: erase when it is done')
}

function keyOf(person: string): PersonKey {
  return /^\d{1,10}$/.test(person) ? { number: Number(person) } : { id: person.toLowerCase() }
}
