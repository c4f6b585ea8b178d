import type { Dossier, People } from './dossier.ts'
import type { Event } from './event.ts'
import type { IndexChange, IndexRow, PersonIndexChange } from './index-rows.ts'
import type { Organization, OrganizationState } from './organization.ts'
import type { Person } from './person.ts'
import type { Condition, PartLimits } from './query.ts'
import type { RowSet } from './row-set.ts'
import type { Settings, SettingsEntry } from './settings.ts'

/** The port to an engine. Both engines pass the suite in `store/testing/store-contract.ts`. */
export interface Store {
  /** Runs `work` on what is committed; each single call sees one state. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>
  /**
   * Runs `work` alone on the latest state; keeps what it wrote if it succeeds, drops it if it throws. Settles only when
   * the outcome is durable. `work` may wait for nothing but its `Transactor`. What is wrong with what it saves may be told
   * by its outcome alone.
   * @param foreseen organizations that `work` will ask for: an engine at the end of a wire reads them beforehand
   * @throws Problem store-unavailable
   */
  transact<T>(work: (transactor: Transactor) => Promise<T>, foreseen?: readonly OrganizationKey[]): Promise<T>
  /**
   * Calls `listener` after commits that may have brought events: of this process at once, of others within a second.
   * Gives what ends it.
   */
  watch(listener: () => void): () => void
  /**
   * Makes up for rows of the index that a load of many records has left for later: for some organizations, or in a store that
   * was opened for such a load, for all of them.
   */
  makeUp(): Promise<MadeUp>
  /** Takes all rows of the index for owed, but for those that are there, and removes those that are nobody's. */
  oweAll(): Promise<void>
  /**
   * Writes the files anew, so that nothing of what was removed or replaced is left in them, whoever reads meanwhile; writers
   * wait. An engine whose files are another program's leaves that to it.
   * @returns whether it is so: not while somebody reads an earlier state, or writes much
   */
  purge(): Promise<boolean>
  close(): Promise<void>
}

export interface MadeUp {
  /** `done` when nothing is owed any more, `elsewhere` while another process makes up for it. */
  readonly state: 'done' | 'walking' | 'elsewhere'
  /** Organizations that were made up for. */
  readonly looked: number
}

/** An organization by its id or its number in `tenant`. */
export interface OrganizationKey {
  readonly tenant: string
  readonly id?: string
  readonly number?: number
}

/** A person by id or number. */
export type PersonKey = { readonly id: string } | { readonly number: number }

export interface OrganizationQuery extends PartLimits {
  readonly tenant: string
  readonly states?: readonly OrganizationState[]
  /** Part of the main name, whatever its case, or the whole number. */
  readonly search?: string
  readonly where?: Condition
  /** What must hold besides: so wide that it is asked of each that the rest leads to, where that is not all. */
  readonly among?: Condition
  /** Then by number. */
  readonly sort?: readonly SortOrder[]
  readonly offset: number
  readonly limit: number
  /** Counting costs a look at all that match: without it, `total` only tells whether there are more than are shown. */
  readonly isUncounted?: true
}

/** What to look for along an order, and from where on. */
export interface WalkQuery
  extends Pick<OrganizationQuery, 'tenant' | 'states' | 'where' | 'hiddenParts' | 'onlyParts' | 'limit'> {
  readonly along: WalkOrder
  /** Behind this place. */
  readonly after?: Position
  /**
   * The organizations that the reader may know of, all that can match among them. How far a stretch goes then depends on
   * nothing else: neither where it ends nor what is in it tells of the others.
   */
  readonly among?: Condition
  /** Of those, how many are looked at in vain at most; what an unfinished stretch has left. */
  readonly looks?: number
  /**
   * How many match in all is told with the stretch, which is full then unless it is the last, or its records are large:
   * where it ends depends on nothing but what matches.
   */
  readonly isCounted?: true
  /** The reader goes on until all have been met: a longer way that looks at less is worth it. */
  readonly isThorough?: true
}

/** What to look for, in no order. */
export type RowQuery = Pick<OrganizationQuery, 'tenant' | 'states' | 'where' | 'hiddenParts' | 'onlyParts'>

/** When the parts of an organization changed. */
export interface RowStamps {
  readonly row: number
  readonly number: number
  /** UTC, milliseconds. */
  readonly created: string
  readonly changed: Organization['changed']
}

/** The organizations behind a row, or those that events behind a `seq` are about. */
export type StampsFrom = { readonly row: number } | { readonly seq: number }

/** By main name, number, creation or `shownAt`, and of equal ones by number, in the same direction. */
export interface WalkOrder {
  readonly by: 'name' | 'number' | 'createdAt' | 'shownAt'
  readonly descending: boolean
}

/** A place in an order, whether or not an organization stands there. */
export interface Position {
  /** What the order goes by, as text; empty where it is the number alone. */
  readonly key: string
  readonly number: number
}

/** A piece of an order. */
export interface Stretch {
  readonly items: readonly Organization[]
  /** Where to go on; undefined at the end. A stretch ends early where records are large, and even empty where much was looked at in vain. */
  readonly next?: Position
  /** Of all that match, if that was asked for. */
  readonly total?: number
  /** Looks that are left where it ended early for the engine's sake: its end is nobody's to know, and its reader goes on. */
  readonly looks?: number
}

/** Keys of one kind that more than one organization has. */
export interface SharedQuery extends PartLimits {
  readonly tenant: string
  readonly kind: string
  /** Keys behind this one. */
  readonly after?: string
  /** Most keys that are given. */
  readonly limit: number
}

export interface SharedKeys {
  /** In order. */
  readonly keys: readonly string[]
  /** Where to go on; undefined at the end. It ends early, even without a key, where much was looked at in vain. */
  readonly next?: string
}

/** `number`, `createdAt`, `shownAt`, or a kind of index row. */
export type SortKey = string

/** By a column, or by the first key of a kind of row; those without a row that the reader may read come first. */
export interface SortOrder {
  readonly by: SortKey
  /** The kind of row that counts where there is none of the first. */
  readonly orElseBy?: SortKey
  readonly descending: boolean
  /** The order of the keys, where it is not their own. */
  readonly ranks?: Ranks
}

/** Key → its place; keys that are not in it, and no key at all, have places of their own. */
export interface Ranks {
  readonly of: ReadonlyMap<string, number>
  readonly others: number
  readonly none: number
}

export interface Page<T> {
  readonly items: readonly T[]
  /** Of all that match, whatever the page; see `isUncounted`. */
  readonly total: number
}

export interface Reader {
  /** The organization with the people asked for; with `focus`, that person must be one of its own. */
  dossier(key: OrganizationKey, people: People, focus?: PersonKey): Promise<Dossier | undefined>
  organizations(query: OrganizationQuery): Promise<Page<Organization>>
  /** The organizations that match, along an order. What others write meanwhile moves no organization that stays as it is. */
  walk(query: WalkQuery): Promise<Stretch>
  /**
   * The rows of all that match, and those of them of which each of `among` holds too, in one state. An engine numbers rows
   * from 1 and keeps them close together; they mean nothing to another.
   */
  matching(query: RowQuery, among: readonly Condition[]): Promise<readonly [RowSet, ...RowSet[]]>
  /** The organizations of such rows, in their order. */
  ofRows(rows: readonly number[]): Promise<readonly Organization[]>
  /**
   * When organizations of all tenants changed, a stretch of at most `limit` rows, or events.
   * @returns also where to go on, and whether that is the end
   */
  stamps(
    from: StampsFrom,
    limit: number,
  ): Promise<{ readonly items: readonly RowStamps[]; readonly end: number; readonly isEnd: boolean }>
  /** Id of the organization that has the index key, if one has. Deleted ones keep their keys. */
  holderOf(tenant: string, kind: string, key: string): Promise<string | undefined>
  /** Ids of the organizations that have the index key and are not deleted, at most `limit`. */
  holdersOf(tenant: string, kind: string, key: string, limit: number): Promise<readonly string[]>
  /** Index keys that several organizations have, deleted ones too. */
  shared(query: SharedQuery): Promise<SharedKeys>
  /** Every person of the organization by number, deleted ones too. */
  everyone(tenant: string, organization: string): Promise<readonly Person[]>
  /** Id of the organization that a person belongs to, deleted ones too. */
  homeOf(tenant: string, person: PersonKey): Promise<string | undefined>
  /** The organizations of all tenants with everything that belongs to them, by tenant and id: at most `limit` after one of them. */
  inventory(after: Pick<Organization, 'tenant' | 'id'> | undefined, limit: number): Promise<readonly Stock[]>
  /** How many organizations searches may miss: some of their index rows are still to be made up. */
  owed(): Promise<number>
  /** The last `limit` events of one record with a version below `before`, by version; without limits all of them. */
  history(tenant: string, record: string, before?: number, limit?: number): Promise<readonly Event[]>
  /** At most `limit` events with a `seq` above `after`, in order. */
  events(after: number, limit: number): Promise<readonly Event[]>
  /** The largest `seq` that `events` gives; 0 while there are none. */
  lastSeq(): Promise<number>
  /** What stands beside the records: an image file's description, a request for ownership. */
  object(tenant: string, kind: string, id: string): Promise<StoredObject | undefined>
  /** All of a kind, or those about one organization, by id. */
  objects(tenant: string, kind: string, about?: string): Promise<readonly StoredObject[]>
  /** Those of a kind whose value says an id somewhere. */
  objectsNaming(tenant: string, kind: string, id: string): Promise<readonly StoredObject[]>
  settingsVersion(): Promise<number>
  /** The entries that changed after version `after`; all of them after 0. */
  settings(after: number): Promise<Settings>
}

/** An organization with everything that belongs to it. */
export interface Stock {
  readonly organization: Organization
  /** By number, deleted ones too. */
  readonly people: readonly Person[]
  readonly rows: readonly IndexRow[]
}

export interface Transactor extends Reader {
  /** The next number of a sequence, from 1. Never given twice to what is kept. */
  nextNumber(tenant: string, sequence: string): Promise<number>
  /** Writes all of it. @throws Problem precondition-failed when a record is no longer at the version before */
  save(change: Change): Promise<void>
  /** Writes events that are there once more, with less in their parts: for an erasure alone. Their place stays. */
  blank(events: readonly Event[]): Promise<void>
  /** Changes rows of an organization that do not follow from it as they should: nothing else of it changes. */
  saveIndex(organization: Pick<Organization, 'tenant' | 'id'>, change: IndexChange): Promise<void>
  saveObject(tenant: string, object: StoredObject): Promise<void>
  /** Removes objects of all tenants that had expired by `at`, at most `limit`. Gives how many. */
  sweep(at: string, limit: number): Promise<number>
  /** Replaces or removes entries, and raises the settings version if there are any. */
  saveSettings(entries: readonly SettingsEntry[]): Promise<void>
}

export interface StoredObject {
  readonly kind: string
  readonly id: string
  /** Id of the organization that it is about, or empty. */
  readonly about: string
  readonly value: unknown
  /** When it may be swept away; UTC, milliseconds. Without it, never. */
  readonly expiresAt?: string
}

/** What one command writes: records with their index rows, and what happened. */
export interface Change {
  readonly organization?: {
    readonly after: Organization
    /** Version that it must have now; 0 for a new one. */
    readonly before: number
    /** Undefined when nothing searchable changed. */
    readonly index?: IndexChange
  }
  readonly people: readonly {
    readonly after: Person
    readonly before: number
    readonly index?: PersonIndexChange
  }[]
  /** The organization whose `people` stamp moves, with the stamp. */
  readonly peopleOf?: Organization
  /**
   * Nodes follow each other by them: each record that is saved has one, whoever's `people` stamp moves has one of a person who
   * comes, stays or leaves (from where stands in it), or of who was merged into it.
   */
  readonly events: readonly Omit<Event, 'seq'>[]
}
