import type { Event } from './event.ts'
import { asOf } from './history.ts'
import { survivorsOf } from './merge.ts'
import type { Organization } from './organization.ts'
import type { Person } from './person.ts'
import type { Reader } from './store.ts'

/** Deleted organizations that are read at once. */
const AT_ONCE = 200

/** A person with all that happened to them. */
export interface Life {
  readonly person: Person
  /** By version. */
  readonly events: readonly Event[]
}

/**
 * A person, and whoever became one with them in a merge of organizations that holds: one human, of whom the directory has
 * several records. Those of a merge that was taken back are two again.
 */
export async function selvesOf(
  reader: Reader,
  { tenant, id: home }: Pick<Organization, 'tenant' | 'id'>,
  id: string,
): Promise<readonly Life[]> {
  const mergers = await mergersIn(reader, tenant)
  const livesIn = async (organization: string) => {
    const people = await reader.everyone(tenant, organization)
    const lives: Life[] = []
    for (const person of people) lives.push({ person, events: await reader.history(tenant, person.id) })
    return lives
  }
  const first = (await reader.everyone(tenant, home)).find((person) => person.id === id)
  const selves = new Map<string, Life>()
  const waiting =
    first === undefined ? [] : [{ person: first, events: await reader.history(tenant, first.id) }]
  const pairs = new Map<string, Promise<readonly Pair[]>>()
  for (let life = waiting.pop(); life !== undefined; life = waiting.pop()) {
    if (selves.has(life.person.id)) continue
    selves.set(life.person.id, life)
    const homes = new Set([life.person.organization, ...homesIn(life.events)])
    for (const source of mergers.values()) {
      if (!homes.has(source.id) && !homes.has(source.mergedInto ?? '')) continue
      const found = pairs.get(source.id) ?? pairsOf(reader, source, mergers, livesIn)
      pairs.set(source.id, found)
      for (const pair of await found)
        if (pair.some(({ person }) => person.id === life?.person.id)) waiting.push(...pair)
    }
  }
  return [...selves.values()]
}

/** The organizations that a person ever belonged to. */
export function homesIn(events: readonly Event[]): readonly string[] {
  return events.flatMap(({ parts }) =>
    (parts['organization'] ?? []).flatMap((id) => (id ? [String(id)] : [])),
  )
}

type Pair = readonly [gone: Life, survivor: Life]

/** Who became one with whom in the merge of an organization. @param livesIn the people of an organization now */
async function pairsOf(
  reader: Reader,
  source: Organization,
  mergers: ReadonlyMap<string, Organization>,
  livesIn: (organization: string) => Promise<readonly Life[]>,
): Promise<readonly Pair[]> {
  const events = await reader.history(source.tenant, source.id)
  const merge = events.findLast(({ kind }) => kind === 'merged')
  if (merge === undefined) return []
  const gone = (await livesIn(source.id)).flatMap((life) => {
    const { version = 0 } = life.events.find(({ commandId }) => commandId === merge.commandId) ?? {}
    const before = life.person.state === 'deleted' && asOf(life.person, life.events, version - 1)
    return before ? [{ life, before }] : []
  })
  if (gone.length === 0) return []
  const there: typeof gone = []
  // Whoever was there then may have gone on with a later merge.
  for (let home = source.mergedInto; home !== undefined; home = mergers.get(home)?.mergedInto) {
    for (const life of await livesIn(home)) {
      const { version = 0 } = life.events.findLast(({ seq }) => seq < merge.seq) ?? {}
      const before = asOf(life.person, life.events, version)
      if (before?.organization === source.mergedInto && before?.state === 'active')
        there.push({ life, before })
    }
  }
  there.sort((left, right) => left.before.number - right.before.number)
  const people = [gone, there].map((all) => all.map(({ before }) => before)) as [Person[], Person[]]
  const survivors = survivorsOf(...people, { mergesIdenticalPeople: true })
  return gone.flatMap(({ life }) => {
    const survivor = there.find(({ before }) => before.id === survivors.get(life.person.id))
    return survivor === undefined ? [] : [[life, survivor.life] as const]
  })
}

/** The organizations that are merged into others, by id. */
async function mergersIn(reader: Reader, tenant: string): Promise<ReadonlyMap<string, Organization>> {
  const found = new Map<string, Organization>()
  const along = { by: 'number', descending: false } as const
  const states = ['deleted'] as const
  for (let after: { readonly key: string; readonly number: number } | undefined; ; ) {
    const query = { tenant, states, along, limit: AT_ONCE, ...(after !== undefined && { after }) }
    const { items, next } = await reader.walk(query)
    for (const item of items) if (item.mergedInto !== undefined) found.set(item.id, item)
    if (next === undefined) return found
    after = next
  }
}
