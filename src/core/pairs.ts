import type { Asker, Found } from './command.ts'
import { rowsOf } from './index-rows.ts'
import { ALWAYS_READABLE } from './policy.ts'
import type { Ports } from './ports.ts'
import { compareText } from './row-matching.ts'
import { seesAll } from './seeking.ts'
import { breath } from './seeking-all.ts'
import type { Reading } from './sight.ts'
import { foundBy, grantFor, mayRead, scopeOf, search } from './sight.ts'
import type { SharedQuery } from './store.ts'

/** Two organizations that have index keys of one kind in common. */
export interface Pair {
  /** By id. */
  readonly organizations: readonly [Found, Found]
  /** In order; of those that too many have none. */
  readonly keys: readonly string[]
}

/** Which pairs to look for, and from where on. */
export interface PairQuery {
  readonly kind: string
  readonly after?: PairPlace
  readonly limit: number
  /** Pairs with this organization alone, by id. */
  readonly of?: string
  /** Pairs that are passed over, by their ids. */
  readonly isPassed?: (left: string, right: string) => Promise<boolean>
}

/** Behind a key, or behind a pair of those that have it. */
export interface PairPlace {
  readonly key: string
  readonly pair?: readonly [left: string, right: string]
}

export interface Pairs {
  readonly pairs: readonly Pair[]
  /** Where to go on; undefined at the end. A page may have fewer pairs than were asked for, or none. */
  readonly next?: PairPlace
}

/** A key that more organizations have, like that of a head office, tells nothing of them. */
export const HOLDERS_LIMIT = 20

/** Organizations, of those that the asker may read, that one page looks at, about. */
const SEEN_LIMIT = 400

/** Keys that one page looks at: where few of their holders may be read, or all were passed over. */
const KEYS_LIMIT = 100

type Pairing = Reading & Pick<Ports, 'indexers'>

/**
 * Pairs that the asker may read, each at the first of its keys and once, with the keys that they may know both have. Where a
 * page ends depends on what they may know alone, and so does its place: what others have in common is nobody's business.
 */
export async function pairs(ports: Pairing, asker: Asker, query: PairQuery): Promise<Pairs> {
  const { kind, limit, of, isPassed = async () => false } = query
  const { store } = ports
  const sight = createSight(ports, asker, kind)
  const found: Pair[] = []
  let last: PairPlace | undefined
  /** The last key that one of those has whom the asker may read, and how many there were. */
  let known: string | undefined
  let looks = 0
  let { after } = query
  for (;;) {
    const holders = new Map<string, Promise<readonly string[]>>()
    const holdersOf = (key: string) =>
      kept(holders, key, () =>
        store.read((reader) => reader.holdersOf(asker.tenant, kind, key, HOLDERS_LIMIT + 1)),
      )
    const isTelling = async (key: string) => (await holdersOf(key)).length <= HOLDERS_LIMIT

    const { keys, next } = await keysFor(ports, asker, { ...query, ...(after && { after }) }, sight)
    await sight.foresee(keys, async (key) => ((await isTelling(key)) ? holdersOf(key) : []))
    for (const key of keys) {
      const isEnough = sight.count() > SEEN_LIMIT || looks >= KEYS_LIMIT
      if (isEnough && known !== undefined) return { pairs: found, next: { key: known } }
      if (!(await isTelling(key))) continue
      for (const [left, right] of couplesOf(await holdersOf(key), of)) {
        const pair = [left, right] as const
        if (query.after?.key === key && !isBehind(pair, query.after.pair)) continue
        const common = await commonKeys(await sight.of(left), await sight.of(right), isTelling)
        if (common?.keys[0] !== key || (await isPassed(left, right))) continue
        if (found.length === limit) return { pairs: found, ...(last && { next: last }) }
        found.push(common)
        last = { key, pair }
      }
      if (!(await sight.knows(key, await holdersOf(key)))) continue
      known = key
      looks += 1
    }
    if (next === undefined) return { pairs: found }
    if (sight.isAll) return { pairs: found, next: { key: next } }
    after = { key: next }
    await breath()
  }
}

/** What one asker may know of organizations that they are asked for. */
interface Sight {
  /** Whether they may know of all keys there are. */
  readonly isAll: boolean
  /** Undefined for one that they may not read. */
  of(id: string): Promise<Seen | undefined>
  /** How many of those that were asked for they may read. */
  count(): number
  /** Whether they may know that one of its holders has a key. */
  knows(key: string, holders: readonly string[]): Promise<boolean>
  /** Finds out at once which holders of the keys may be read at all. */
  foresee(keys: readonly string[], holdersOf: (key: string) => Promise<readonly string[]>): Promise<void>
}

function createSight(ports: Pairing, asker: Asker, kind: string): Sight {
  const scope = scopeOf(asker, ports.known.catalogue(asker.tenant))
  const seen = new Map<string, Promise<Seen | undefined>>()
  let count = 0

  const sight: Sight = {
    isAll: seesAll(scope),
    of: (id) =>
      kept(seen, id, async () => {
        const one = await seenBy(ports, asker, id, kind)
        if (one !== undefined) count += 1
        return one
      }),
    count: () => count,
    async knows(key, holders) {
      for (const id of holders) if ((await sight.of(id))?.keys.includes(key)) return true
      return false
    },
    async foresee(keys, holdersOf) {
      if (scope.isWhole) return
      const ids = new Set<string>()
      for (const key of keys) for (const id of await holdersOf(key)) if (!seen.has(id)) ids.add(id)
      const among = { where: { column: 'id', in: [...ids] }, offset: 0, limit: ids.size } as const
      const { items } = await search(ports, asker, { ...among, isUncounted: true })
      const readable = new Set(items.map(({ dossier }) => dossier.organization.id))
      for (const id of ids) if (!readable.has(id)) seen.set(id, NOBODY)
    },
  }
  return sight
}

const NOBODY = Promise.resolve(undefined)

/** What one asker may know of an organization. */
interface Seen {
  readonly found: Found
  /** In order. */
  readonly keys: readonly string[]
}

async function seenBy(
  { store, known, matches, indexers }: Pairing,
  asker: Asker,
  id: string,
  kind: string,
): Promise<Seen | undefined> {
  const stored = await store.read((reader) => reader.dossier({ tenant: asker.tenant, id }, 'none'))
  if (stored === undefined || stored.organization.state === 'deleted') return undefined
  const catalogue = known.catalogue(asker.tenant)
  const grant = grantFor(stored.organization, asker, catalogue, matches)
  if (!mayRead(stored.organization, asker, grant, catalogue)) return undefined
  const found = foundBy(asker, stored, grant, catalogue)
  const rows = rowsOf(indexers, found.dossier.organization).filter(
    (row) => row.kind === kind && (ALWAYS_READABLE.has(row.part) || grant.rightTo(row.part) !== 'none'),
  )
  return { found, keys: rows.map(({ key }) => key).sort(compareText) }
}

/** The keys to look at: those of one organization, or those that several have. */
async function keysFor(
  { store, known }: Pairing,
  asker: Asker,
  { kind, after, of }: PairQuery,
  sight: Sight,
): Promise<{ readonly keys: readonly string[]; readonly next?: string }> {
  const isUnfinished = after?.pair !== undefined
  if (of !== undefined) {
    const own = (await sight.of(of))?.keys ?? []
    const from = (key: string) => (after === undefined ? 1 : compareText(key, after.key))
    return { keys: own.filter((key) => from(key) > 0 || (isUnfinished && from(key) === 0)) }
  }
  const { isWhole, limits } = scopeOf(asker, known.catalogue(asker.tenant))
  const asked: SharedQuery = { tenant: asker.tenant, kind, limit: KEYS_LIMIT, ...(isWhole && limits) }
  const shared = await store.read((reader) =>
    reader.shared(after === undefined ? asked : { ...asked, after: after.key }),
  )
  return isUnfinished ? { ...shared, keys: [after.key, ...shared.keys] } : shared
}

/** Every two of the ids, in order. */
function couplesOf(ids: readonly string[], of: string | undefined): readonly (readonly [string, string])[] {
  const sorted = [...new Set(ids)].sort()
  const couples = sorted.flatMap((left, at) => sorted.slice(at + 1).map((right) => [left, right] as const))
  return of === undefined ? couples : couples.filter((couple) => couple.includes(of))
}

function isBehind(
  [left, right]: readonly [string, string],
  place: readonly [string, string] | undefined,
): boolean {
  if (place === undefined) return true
  return left > place[0] || (left === place[0] && right > place[1])
}

async function commonKeys(
  left: Seen | undefined,
  right: Seen | undefined,
  isTelling: (key: string) => Promise<boolean>,
): Promise<Pair | undefined> {
  if (left === undefined || right === undefined) return undefined
  const keys: string[] = []
  for (const key of left.keys) if (right.keys.includes(key) && (await isTelling(key))) keys.push(key)
  return keys.length === 0 ? undefined : { organizations: [left.found, right.found], keys }
}

function kept<T>(map: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
