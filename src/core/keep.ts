import type { Known } from './known.ts'
import type { Catalogue } from './principal.ts'
import type { SettingsEntry } from './settings.ts'
import type { StoredObject, Transactor } from './store.ts'

/** What becomes of an object, and of settings with it: in one transaction. */
export interface Kept {
  /** Undefined leaves the object as it is. */
  readonly object?: StoredObject
  readonly settings?: readonly SettingsEntry[]
}

/** What a decision about objects may look at. */
export interface Keeping {
  readonly catalogue: Catalogue
  readonly known: Known
  /** UTC, milliseconds. */
  readonly at: string
  object(kind: string, id: string): Promise<StoredObject | undefined>
  objects(kind: string, about?: string): Promise<readonly StoredObject[]>
  /** The next number of a sequence of the tenant. */
  nextNumber(sequence: string): Promise<number>
}

/** Lets `decide` look at the latest state, and saves what it says. @throws whatever `decide` throws, with nothing saved */
export async function keep<T>(
  transactor: Transactor,
  known: Known,
  tenant: string,
  at: string,
  decide: (keeping: Keeping) => Promise<readonly [T, Kept]>,
): Promise<T> {
  await known.follow(transactor)
  const [answer, { object, settings = [] }] = await decide({
    catalogue: known.catalogue(tenant),
    known,
    at,
    object: (kind, id) => transactor.object(tenant, kind, id),
    objects: (kind, about) => transactor.objects(tenant, kind, about),
    nextNumber: (sequence) => transactor.nextNumber(tenant, sequence),
  })
  if (object !== undefined) await transactor.saveObject(tenant, object)
  await transactor.saveSettings(settings)
  return answer
}
