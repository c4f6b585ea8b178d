import type { Catalogue } from '../../../core/principal.ts'
import type { ListEntry, ListName } from '../wire/lists.ts'
import { BUILT_IN_LISTS, BUILT_IN_PREFERENCES, LIST_NAMES } from '../wire/lists.ts'

/** The lists of a tenant: those of its catalogue, else the built-in ones. */
export interface Lists {
  readonly entry: (list: ListName, id: number) => ListEntry | undefined
  /** By name, as forms show them. */
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

function readLists(source: Readonly<Record<string, unknown>>): Lists {
  const entries = new Map<ListName, ReadonlyMap<number, ListEntry>>()
  const sorted = new Map<ListName, readonly ListEntry[]>()
  for (const name of LIST_NAMES) {
    const written = source[name]
    const list = Array.isArray(written) ? written.flatMap(readEntry) : BUILT_IN_LISTS[name]
    entries.set(name, new Map(list.map((entry) => [entry.Id, entry])))
    sorted.set(
      name,
      list.toSorted((left, right) => left.Value.localeCompare(right.Value, 'en') || left.Id - right.Id),
    )
  }
  const preferred = (name: 'business' | 'category'): number => {
    const { preferences } = source as { preferences?: Readonly<Record<string, unknown>> }
    const chosen = preferences?.[name]
    if (typeof chosen === 'number') return chosen
    const first: number | undefined = entries.get(name)?.keys().next().value
    return Array.isArray(source[name]) ? (first ?? 0) : BUILT_IN_PREFERENCES[name]
  }
  return {
    entry: (list, id) => entries.get(list)?.get(id),
    sorted: (list) => sorted.get(list) ?? [],
    preferences: { business: preferred('business'), category: preferred('category') },
  }
}

/** An entry that an operator wrote, however incomplete; none when it has no usable id. */
function readEntry(source: unknown): readonly ListEntry[] {
  if (typeof source !== 'object' || source === null) return []
  const { Id, Value, Name, Tooltip } = source as Readonly<Record<string, unknown>>
  if (!Number.isInteger(Id) || (Id as number) <= 0) return []
  return [{ Id: Id as number, Value: textOf(Value ?? Name), Tooltip: textOf(Tooltip) }]
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
