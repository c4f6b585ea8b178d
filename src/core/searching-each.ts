import type { Asker, Found } from './command.ts'
import type { Organization } from './organization.ts'
import type { Catalogue } from './principal.ts'
import type { Condition } from './query.ts'
import { EVERYTHING, widened } from './query.ts'
import type { Tells } from './reach.ts'
import type { Reached } from './reached.ts'
import { reachedBy } from './reached.ts'
import type { Exact, Reading, SearchQuery } from './sight.ts'
import type { OrganizationQuery, Page } from './store.ts'

/** What a search knows of an asker whose rights differ from organization to organization. */
interface Searcher extends Pick<Reading, 'store'> {
  readonly asker: Asker
  readonly catalogue: Catalogue
  /** Undefined where rows tell nothing of rights. */
  readonly tells: Tells | undefined
  readonly show: (organization: Organization) => Found
}

/** Orders that tell of nothing but what whoever may read the organization may know. */
const OPEN_ORDERS: readonly string[] = ['state', 'name', 'nameKey', 'number', 'createdAt', 'shownAt']

/**
 * A page for those who may read only what matches a role or what is theirs: as the store tells, where it can; else each
 * that may be found is asked.
 * @param query what the store is asked of those who may read the public parts alone
 */
export async function searchEach(
  searcher: Searcher,
  query: OrganizationQuery,
  asked: SearchQuery,
): Promise<Page<Found>> {
  const { store, asker, catalogue, tells, show } = searcher
  const holds = holdsFor(searcher, query, asked)
  const { where = EVERYTHING } = asked
  const reached = tells && (await reachedBy(store, asker, catalogue, tells, { ...asked, where }, holds))
  const told = reached?.told
  const isOpen = (asked.sort ?? []).every(({ by, orElseBy = by }) =>
    [by, orElseBy].every((key) => OPEN_ORDERS.includes(key)),
  )
  const { hiddenParts: _, onlyParts: __, ...unlimited } = query
  if (reached === undefined || told === undefined) return searchAll(searcher, reached, query, asked)
  if (!isOpen && told.limits === undefined) {
    const { apart } = told
    return apart === undefined || asked.exact === undefined || query.offset > MERGED_LIMIT
      ? searchAll(searcher, reached, query, asked)
      : searchApart(searcher, unlimited, apart, asked.exact)
  }
  const exact = { ...unlimited, ...told.limits, where: told.where, among: told.among }
  const page = await store.read((reader) => reader.organizations(exact))
  return { items: page.items.map(show), total: page.total }
}

/** So far into a list that is merged of two. */
const MERGED_LIMIT = 2_000

/** Their own stand among the others where the asker's own order has them. */
async function searchApart(
  { store, show }: Searcher,
  query: OrganizationQuery,
  { own, others, limits }: NonNullable<NonNullable<Reached['told']>['apart']>,
  exact: Exact,
): Promise<Page<Found>> {
  const { offset, limit } = query
  const first = { ...query, ...limits, where: others, offset: 0, limit: offset + limit }
  const { items, total } = await store.read((reader) => reader.organizations(first))
  const found = [...items, ...own]
    .map(show)
    .sort((left, right) => exact.compare(left, right) || byNumber(left, right))
  return { items: found.slice(offset, offset + limit), total: total + own.length }
}

function byNumber(left: Found, right: Found): number {
  return left.dossier.organization.number - right.dossier.organization.number
}

/** Whether what is their own is found: as it is shown, or else by what is public of it. */
function holdsFor(
  { store, show }: Searcher,
  query: OrganizationQuery,
  { exact }: SearchQuery,
): (organization: Organization) => Promise<boolean> {
  return async (organization) => {
    const found = show(organization)
    if (!isFound(exact)(found)) return false
    if (exact !== undefined) return true
    const alone: Condition = { column: 'number', in: [String(organization.number)] }
    const where = { all: [query.where ?? EVERYTHING, alone] }
    const { total } = await store.read((reader) =>
      reader.organizations({ ...query, where, offset: 0, limit: 0 }),
    )
    return total > 0
  }
}

/** Each organization that may be found is asked. */
async function searchAll(
  { store, show }: Searcher,
  reached: Reached | undefined,
  query: OrganizationQuery,
  { exact, where = EVERYTHING }: SearchQuery,
): Promise<Page<Found>> {
  const { hiddenParts: _, onlyParts: __, sort: ___, ...unsorted } = query
  const wide = { ...unsorted, where: reached?.where ?? widened(where) }
  const candidates = { ...(exact === undefined ? query : wide), offset: 0, limit: Infinity }
  const all = await store.read((reader) => reader.organizations(candidates))
  const readable = all.items.map(show).filter(isFound(exact))
  const found = exact === undefined ? readable : readable.sort(exact.compare)
  return { items: found.slice(query.offset, query.offset + query.limit), total: found.length }
}

function isFound(exact: SearchQuery['exact']): (found: Found) => boolean {
  return (found) => found.context.grant.may('organizations.read') && exact?.holds(found) !== false
}
