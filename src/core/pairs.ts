import type { Asker, Found } from './command.ts'
import { rowsOf } from './index-rows.ts'
import { ALWAYS_READABLE } from './policy.ts'
import type { Ports } from './ports.ts'
import { compareText } from './row-matching.ts'
import type { Reading } from './sight.ts'
import { foundBy, grantFor, mayRead, scopeOf } from './sight.ts'
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

/** Organizations that one page looks at, about. */
const SEEN_LIMIT = 400

/** Keys that one page looks at: where few of their holders may be read, or all were passed over. */
const KEYS_LIMIT = 100

type Pairing = Reading & Pick<Ports, 'indexers'>

/** Pairs that the asker may read, each at the first of its keys and once, with the keys that they may know both have. */
export async function pairs(ports: Pairing, asker: Asker, query: PairQuery): Promise<Pairs> {
  const { kind, limit, of, isPassed = async () => false } = query
  const { store } = ports
  const seen = new Map<string, Promise<Seen | undefined>>()
  const holders = new Map<string, Promise<readonly string[]>>()
  const see = (id: string) => kept(seen, id, () => seenBy(ports, asker, id, kind))
  const holdersOf = (key: string) =>
    kept(holders, key, () =>
      store.read((reader) => reader.holdersOf(asker.tenant, kind, key, HOLDERS_LIMIT + 1)),
    )
  const isTelling = async (key: string) => (await holdersOf(key)).length <= HOLDERS_LIMIT

  const { keys, next } = await keysFor(ports, asker, query, see)
  const found: Pair[] = []
  let last: PairPlace | undefined
  for (const [at, key] of keys.entries()) {
    const before = keys[at - 1]
    if (seen.size > SEEN_LIMIT && before !== undefined) return { pairs: found, next: { key: before } }
    if (!(await isTelling(key))) continue
    for (const [left, right] of couplesOf(await holdersOf(key), of)) {
      const pair = [left, right] as const
      if (query.after?.key === key && !isBehind(pair, query.after.pair)) continue
      const common = await commonKeys(await see(left), await see(right), isTelling)
      if (common?.keys[0] !== key || (await isPassed(left, right))) continue
      if (found.length === limit) return { pairs: found, ...(last && { next: last }) }
      found.push(common)
      last = { key, pair }
    }
  }
  return { pairs: found, ...(next !== undefined && { next: { key: next } }) }
}

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
  see: (id: string) => Promise<Seen | undefined>,
): Promise<{ readonly keys: readonly string[]; readonly next?: string }> {
  const isUnfinished = after?.pair !== undefined
  if (of !== undefined) {
    const own = (await see(of))?.keys ?? []
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
