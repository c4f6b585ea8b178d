import type { Asker, Command, Found, Outcome } from './command.ts'
import type { People } from './dossier.ts'
import type { Event } from './event.ts'
import { blank, execute } from './execute.ts'
import type { Changes } from './feed.ts'
import { changes } from './feed.ts'
import type { Keeping, Kept } from './keep.ts'
import { keep } from './keep.ts'
import type { Merging } from './merging.ts'
import { executeMerge } from './merging.ts'
import type { OwnTimes } from './own-times.ts'
import { createOwnTimes } from './own-times.ts'
import type { PairQuery, Pairs } from './pairs.ts'
import { pairs } from './pairs.ts'
import type { Piece } from './past.ts'
import { history, past } from './past.ts'
import { FULL_GRANT } from './policy.ts'
import type { Ports } from './ports.ts'
import { Problem } from './problem.ts'
import type { Restoring } from './restoring.ts'
import { executeRestore } from './restoring.ts'
import type { SeekQuery, Sought } from './seeking.ts'
import { seek } from './seeking.ts'
import type { SearchQuery } from './sight.ts'
import { find, foundBy, search } from './sight.ts'
import type { Change, OrganizationKey, Page, PersonKey, StoredObject, Transactor } from './store.ts'
import type { Unmerged } from './unmerging.ts'
import { executeUnmerge } from './unmerging.ts'

/** All that dialects, commands and workers may do with records. */
export interface Directory {
  /** @throws Problem not-found, forbidden */
  find(asker: Asker, key: OrganizationKey, people: People, focus?: PersonKey): Promise<Found>
  /** The organizations that the asker may read, without their people. */
  search(asker: Asker, query: SearchQuery): Promise<Page<Found>>
  /** A page along an order, of those that the asker may read. Goes on from where the page before ended. */
  seek(asker: Asker, query: SeekQuery): Promise<Sought>
  /** Organizations that have something in common, two by two, of those that the asker may read. */
  pairs(asker: Asker, query: PairQuery): Promise<Pairs>
  /** Whether there is such an organization, deleted or not, and whoever may read it. */
  has(asker: Asker, key: OrganizationKey): Promise<boolean>
  /** The organization that a person belongs to, whoever may read it; undefined when there was never such a person. */
  homeOf(asker: Asker, person: PersonKey): Promise<OrganizationKey | undefined>
  /** The blank organization that a create by the asker starts from. */
  draft(asker: Asker): Found
  /** The only way to write records. Nothing is written unless all of it is. @throws Problem */
  execute<View, Input>(asker: Asker, command: Command<View, Input>): Promise<Outcome>
  /** Merges one organization into another; gives the one that stays. @throws Problem */
  merge(asker: Asker, merging: Merging): Promise<Found>
  /** Takes a merge back, by the organization that disappeared. @throws Problem */
  unmerge(asker: Asker, key: OrganizationKey): Promise<Unmerged>
  /** Gives a record back what it was. @throws Problem */
  restore(asker: Asker, restoring: Restoring): Promise<Found>
  /**
   * The events of an organization, or of one of its people, by version, of each what the asker may read: all, or a piece.
   * @throws Problem not-found, forbidden
   */
  history(asker: Asker, key: OrganizationKey, person?: PersonKey, piece?: Piece): Promise<readonly Event[]>
  /** A record as it was, and as the asker may see it now. @throws Problem not-found, forbidden */
  past(asker: Asker, key: OrganizationKey, version: number, person?: PersonKey): Promise<Found>
  /** The log after an event, with what the asker may read of it. */
  changes(asker: Asker, after: number, limit: number): Promise<Changes>
  /** The `seq` of the last event of the log; 0 while there is none. */
  lastChange(): Promise<number>
  /** Calls `listener` when the log may have grown. Gives what ends it. */
  watch(listener: () => void): () => void
  /** What stands beside the records. Who may see it is its dialect's to say. */
  object(asker: Asker, kind: string, id: string): Promise<StoredObject | undefined>
  objects(asker: Asker, kind: string, about?: string): Promise<readonly StoredObject[]>
  /** The only way to write what stands beside the records, and settings with it. @throws Problem */
  keep<T>(asker: Asker, decide: (keeping: Keeping) => Promise<readonly [T, Kept]>): Promise<T>
  /**
   * Several deeds as one: all of them are kept, or none. `work` sees what it wrote so far, and may wait for nothing but the
   * directory that it is given; whatever fails in there fails the whole, even when `work` catches it.
   */
  together<T>(work: (directory: Directory) => Promise<T>): Promise<T>
  /** What `work` would answer and what would happen to records; afterwards all is as it was. @throws whatever it would */
  rehearse<T>(work: (directory: Directory) => Promise<T>): Promise<Rehearsal<T>>
}

/** What did not happen. */
export interface Rehearsal<T> {
  readonly answer: T
  readonly events: Change['events']
}

export function createDirectory(ports: Ports): Directory {
  const { store, known } = ports
  const follow = () => store.read((reader) => known.follow(reader))

  /** @param end told what would be kept, just before it is; what it throws prevents that */
  async function perform<T>(
    work: (directory: Directory) => Promise<T>,
    end: (rehearsal: Rehearsal<T>) => void = () => {},
  ): Promise<T> {
    let hasSettings = false
    const events: Change['events'][number][] = []
    try {
      const answer = await store.transact(async (transactor) => {
        const watched: Transactor = {
          ...transactor,
          save(change) {
            events.push(...change.events)
            return transactor.save(change)
          },
          saveSettings(entries) {
            hasSettings ||= entries.length > 0
            return transactor.saveSettings(entries)
          },
        }
        const done = await joined(ports, watched, work)
        end({ answer: done, events })
        return done
      })
      if (hasSettings) await follow()
      return answer
    } catch (fault) {
      // The later deeds knew what the first ones had written, and that never was: nobody else is to be judged by it.
      if (hasSettings || isUnavailable(fault)) known.forget()
      if (hasSettings && !isUnavailable(fault)) await follow().catch(() => {})
      throw fault
    }
  }

  return {
    ...directoryOver({ ...ports, ownTimes: createOwnTimes(store) }, follow),
    together: (work) => perform(work),
    async rehearse<T>(work: (directory: Directory) => Promise<T>) {
      const curtain = new Error('the rehearsal is over')
      let rehearsal: Rehearsal<T> | undefined
      try {
        await perform(work, (performed) => {
          rehearsal = performed
          throw curtain
        })
      } catch (fault) {
        if (fault !== curtain) throw fault
      }
      return rehearsal as Rehearsal<T>
    },
  }
}

/** Runs `work` on a directory whose deeds are all part of one transaction. */
async function joined<T>(
  ports: Ports,
  transactor: Transactor,
  work: (directory: Directory) => Promise<T>,
): Promise<T> {
  const faults: unknown[] = []
  const attempt = async <R>(deed: (transactor: Transactor) => Promise<R>): Promise<R> => {
    try {
      return await deed(transactor)
    } catch (fault) {
      faults.push(fault)
      throw fault
    }
  }
  const store = { ...ports.store, read: attempt, transact: attempt }
  const answer = await work(directoryOver({ ...ports, store }, async () => {}))
  if (faults.length > 0) throw faults[0]
  return answer
}

/** @param follow brings the settings up to date after a deed that wrote some */
function directoryOver(
  ports: Ports & { readonly ownTimes?: OwnTimes },
  follow: () => Promise<void>,
): Directory {
  const { store, known, now } = ports

  /** After a commit that failed, the copy of the settings may know what never was. */
  async function transact<T>(
    foreseen: readonly OrganizationKey[],
    work: (transactor: Transactor) => Promise<T>,
  ): Promise<T> {
    try {
      return await store.transact(work, foreseen)
    } catch (fault) {
      if (isUnavailable(fault)) known.forget()
      throw fault
    }
  }

  const directory: Directory = {
    find: (asker, key, people, focus) => find(ports, asker, key, people, focus),
    search: (asker, query) => search(ports, asker, query),
    seek: (asker, query) => seek(ports, asker, query),
    pairs: (asker, query) => pairs(ports, asker, query),
    has: (_asker, key) => store.read(async (reader) => (await reader.dossier(key, 'none')) !== undefined),
    async homeOf({ tenant }, person) {
      const id = await store.read((reader) => reader.homeOf(tenant, person))
      return id === undefined ? undefined : { tenant, id }
    },
    draft(asker) {
      const catalogue = known.catalogue(asker.tenant)
      return foundBy(asker, blank(asker, '', catalogue, now()), FULL_GRANT, catalogue)
    },
    async execute(asker, command) {
      const { isRegistered, ...outcome } = await transact(foreseenBy(asker, command), (tx) =>
        execute(ports, tx, asker, command),
      )
      if (isRegistered) await follow()
      return outcome
    },
    merge: (asker, merging) =>
      transact([merging.source, merging.destination], (tx) => executeMerge(ports, tx, asker, merging)),
    unmerge: (asker, key) => transact([key], (tx) => executeUnmerge(ports, tx, asker, key)),
    restore: (asker, restoring) =>
      transact([restoring.organization], (tx) => executeRestore(ports, tx, asker, restoring)),
    history: (asker, key, person, piece) => history(ports, asker, key, person, piece),
    past: (asker, key, version, person) => past(ports, asker, key, version, person),
    changes: (asker, after, limit) => changes(ports, asker, after, limit),
    lastChange: () => store.read((reader) => reader.lastSeq()),
    watch: (listener) => store.watch(listener),
    object: ({ tenant }, kind, id) => store.read((reader) => reader.object(tenant, kind, id)),
    objects: ({ tenant }, kind, about) => store.read((reader) => reader.objects(tenant, kind, about)),
    async keep({ tenant }, decide) {
      const answer = await transact([], (tx) => keep(tx, known, tenant, now(), decide))
      await follow()
      return answer
    },
    together: (work) => work(directory),
    rehearse: () => {
      throw new Error('a rehearsal is no part of another deed')
    },
  }
  return directory
}

/** The organizations that a command asks for, as far as it names them. */
function foreseenBy<View, Input>(
  { tenant }: Asker,
  { target, id }: Command<View, Input>,
): readonly OrganizationKey[] {
  if (target !== 'new') return [target]
  return id === undefined ? [] : [{ tenant, id }]
}

function isUnavailable(fault: unknown): boolean {
  return fault instanceof Problem && fault.is('store-unavailable')
}
