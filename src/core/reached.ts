import type { Asker } from './command.ts'
import type { Organization } from './organization.ts'
import type { Catalogue } from './principal.ts'
import type { Condition, PartLimits } from './query.ts'
import type { Reach, Tells } from './reach.ts'
import { reachOf } from './reach.ts'
import type { OrganizationQuery, Store, WalkQuery } from './store.ts'

/** What a search by somebody whose rights differ from organization to organization asks the store. */
export interface Reached {
  /** Finds at least all that they find: where `told` is missing, each has to be asked. */
  readonly where: Condition
  /** Where the store alone tells what they find. */
  readonly told?: {
    /** What they may read, or some of it: all that they find is in it. */
    readonly among: Condition
    /** What tells among that. */
    readonly where: Condition
    /** The rows that they may know of, where these are the same everywhere. */
    readonly limits?: PartLimits
    /** What of it is their own: they may know of other rows there. The rest is found by `others`, and known by `limits`. */
    readonly apart?: {
      readonly own: readonly Organization[]
      readonly others: Condition
      readonly limits: PartLimits
    }
  }
}

/** Organizations of their own that are asked one by one; of more, all that may be found are. */
const OWN_LIMIT = 500

/** @param holds asked of each that is their own: whether they find it */
export async function reachedBy(
  store: Pick<Store, 'read'>,
  { tenant, principal }: Asker,
  catalogue: Catalogue,
  tells: Tells,
  { states, where }: Pick<OrganizationQuery, 'states'> & { readonly where: Condition },
  holds: (organization: Organization) => boolean | Promise<boolean>,
): Promise<Reached> {
  const reach = reachOf(principal, catalogue, tells, where)
  const { own, readable, isExact, limits } = reach
  const asked: Omit<WalkQuery, 'where' | 'limit'> = {
    tenant,
    along: { by: 'number', descending: false },
    ...(states !== undefined && { states }),
  }
  if (!isExact) return { where: reach.narrowed(where, true) }
  const { items, next } =
    principal === undefined
      ? { items: [], next: undefined }
      : await store.read((reader) => reader.walk({ ...asked, where: own, limit: 1 }))
  if (items.length === 0 && next === undefined) {
    const told = { among: readable, where: reach.known(where), ...(limits && { limits }) }
    return { where: reach.narrowed(where, false), told }
  }
  const theirs: Condition = { all: [own, reach.narrowed(where, true)] }
  const all = await store.read((reader) => reader.walk({ ...asked, where: theirs, limit: OWN_LIMIT }))
  if (all.next !== undefined) return { where: reach.narrowed(where, true) }
  const found: Organization[] = []
  for (const organization of all.items) if (await holds(organization)) found.push(organization)
  return besideOwn(reach, where, found)
}

/** @param found what of their own they find */
function besideOwn(
  { own, readable, known, limits }: Reach,
  where: Condition,
  found: readonly Organization[],
): Reached {
  const theirs: Condition = { column: 'number', in: found.map(({ number }) => String(number)) }
  const other: Condition = { all: [known(where), { not: own }] }
  if (found.length === 0)
    return {
      where: { all: [readable, other] },
      told: { among: readable, where: other, ...(limits && { limits }) },
    }
  const among: Condition = { any: [readable, theirs] }
  const either: Condition = { any: [other, theirs] }
  const apart = limits && { own: found, others: { all: [readable, other] }, limits }
  return { where: { all: [among, either] }, told: { among, where: either, ...(apart && { apart }) } }
}
