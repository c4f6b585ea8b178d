import type { Catalogue } from '../../../core/principal.ts'
import { ASSOCIATE_TYPES, CATEGORY_GROUPS } from '../wire/carriers.ts'
import type { ListEntry, ListName } from '../wire/lists.ts'
import { BUILT_IN_LISTS, BUILT_IN_PREFERENCES, LIST_NAMES } from '../wire/lists.ts'

/** The lists of a tenant: those of its catalogue, else the built-in ones. */
export interface Lists {
  /** One that can be chosen, wherever it stands; a heading is none. */
  readonly entry: (list: string, id: number) => ListEntry | undefined
  /** Headings and entries of the first level, by rank. */
  readonly ranked: (list: ListName) => readonly ListEntry[]
  /** The same by name, as forms show them. */
  readonly sorted: (list: ListName) => readonly ListEntry[]
  /** What a new contact gets until its writer chooses. */
  readonly preferences: { readonly business: number; readonly category: number }
}

const known = new WeakMap<Catalogue, Lists>()

export function listsOf(catalogue: Catalogue): Lists {
  const cached = known.get(catalogue)
  if (cached !== undefined) return cached
  const lists = readLists(catalogue.lists)
  known.set(catalogue, lists)
  return lists
}

interface List {
  readonly entries: ReadonlyMap<number, ListEntry>
  readonly ranked: readonly ListEntry[]
  readonly sorted: readonly ListEntry[]
}

function readLists(source: Readonly<Record<string, unknown>>): Lists {
  const lists = new Map<string, List>(LIST_NAMES.map((name) => [name, readList(name, source[name])]))
  const preferred = (name: 'business' | 'category'): number => {
    const { preferences } = source as { preferences?: Readonly<Record<string, unknown>> }
    const chosen = preferences?.[name]
    if (typeof chosen === 'number') return chosen
    const first: number | undefined = lists.get(name)?.entries.keys().next().value
    return Array.isArray(source[name]) ? (first ?? 0) : BUILT_IN_PREFERENCES[name]
  }
  return {
    entry: (list, id) => lists.get(list)?.entries.get(id),
    ranked: (list) => lists.get(list)?.ranked ?? [],
    sorted: (list) => lists.get(list)?.sorted ?? [],
    preferences: { business: preferred('business'), category: preferred('category') },
  }
}

function readList(name: ListName, written: unknown): List {
  const list = Array.isArray(written) ? readEntries(written) : BUILT_IN_LISTS[name]
  const chosen = list.flatMap((entry) => (entry.ChildItems.length === 0 ? [entry] : entry.ChildItems))
  return {
    entries: new Map(chosen.map((entry) => [entry.Id, entry])),
    ranked: inOrder(list, byRank),
    sorted: inOrder(list, byName),
  }
}

function inOrder(
  entries: readonly ListEntry[],
  order: (left: ListEntry, right: ListEntry) => number,
): readonly ListEntry[] {
  const ordered = entries.toSorted(order)
  return ordered.map((entry) =>
    entry.ChildItems.length === 0 ? entry : { ...entry, ChildItems: inOrder(entry.ChildItems, order) },
  )
}

function byRank(left: ListEntry, right: ListEntry): number {
  return left.Rank - right.Rank || left.Id - right.Id
}

/** As they are kept: the order of a list is the same in every language. */
function byName(left: ListEntry, right: ListEntry): number {
  return left.Value.localeCompare(right.Value, 'en') || left.Id - right.Id
}

type Source = Readonly<Record<string, unknown>>

/** Entries that an operator wrote, however incomplete; none of those that have no usable id. */
function readEntries(sources: readonly unknown[]): readonly ListEntry[] {
  return sources.flatMap((source, at) => {
    const { Id, Value, Name, ChildItems, ...written } = (source ?? {}) as Source
    if (!Number.isInteger(Id) || (Id as number) <= 0) return []
    const { Tooltip, Rank, Deleted, Hidden, CategoryGroup, EnableLeadStatus, FullName, Type } = written
    return [
      {
        Id: Id as number,
        Value: textOf(Value ?? Name),
        Tooltip: textOf(Tooltip),
        Rank: Number.isInteger(Rank) ? (Rank as number) : at + 1,
        Deleted: Deleted === true,
        Hidden: Hidden === true,
        CategoryGroup: oneOf(CATEGORY_GROUPS, CategoryGroup) ?? 'Unknown',
        EnableLeadStatus: EnableLeadStatus === true,
        FullName: textOf(FullName),
        Type: oneOf(ASSOCIATE_TYPES, Type) ?? 'InternalAssociate',
        ChildItems: Array.isArray(ChildItems) ? readEntries(ChildItems) : [],
      },
    ]
  })
}

function oneOf<const T extends string>(names: readonly T[], value: unknown): T | undefined {
  return names.find((name) => name === value)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
