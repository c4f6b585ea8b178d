import type { Asker, Found } from './command.ts'
import type { Indexer, IndexRow } from './index-rows.ts'
import { cutKey, folded, rowsOf, rowsOfPerson } from './index-rows.ts'
import type { Organization } from './organization.ts'
import { mainName } from './organization.ts'
import type { OwnTimes } from './own-times.ts'
import type { Grant } from './policy.ts'
import { ALWAYS_READABLE } from './policy.ts'
import type { Ports } from './ports.ts'
import { EVERYTHING, hasNot, widened } from './query.ts'
import type { Reached } from './reached.ts'
import { reachedBy } from './reached.ts'
import { matchesRows } from './row-matching.ts'
import type { Seeker } from './seeking-all.ts'
import { breath, counted, lengthOf, PAGE_LENGTH, sorted, sortedSoon } from './seeking-all.ts'
import { soughtByTimes } from './seeking-times.ts'
import type { Reading, Scope } from './sight.ts'
import { allOf, alone, foundBy, grantFor, scopeOf } from './sight.ts'
import type { Position, WalkOrder, WalkQuery } from './store.ts'

/** What is asked of a search that goes along an order, page by page. */
export interface SeekQuery extends Pick<WalkQuery, 'states' | 'where' | 'along' | 'after' | 'limit'> {
  /** What rows cannot tell: asked of each organization as the asker sees it. */
  readonly also?: (found: Found) => boolean
  /**
   * The asker's own key of an order that would tell of parts that they may not read: whoever may not read all is answered
   * in its order, at the cost of a look at every organization that matches.
   */
  readonly keyOf?: (found: Found) => string
  /** What `also` and `keyOf` go by, if that is all: those whose times are at hand need not be looked at. */
  readonly times?: TimesQuery
  readonly isCounted?: true
}

/** When any of some parts last changed that the asker may read. */
export interface TimesQuery {
  readonly parts: readonly string[]
  /** Only what changed later than that; milliseconds since 1970. */
  readonly after?: number
}

/** A page of what was found. */
export interface Sought {
  /** Without their people. */
  readonly items: readonly Found[]
  /** Where to go on; undefined at the end. A page may have fewer than were asked for, or none, and still not be the last. */
  readonly next?: Position
  /** Of all that match, if that was asked for. */
  readonly total?: number
}

/** Organizations that are read at once where each has to be asked: at least, and at most. */
const AT_ONCE = { least: 20, most: 200 }

/**
 * A page along an order of the organizations that the asker may read. Where they may read only what matches a role, or what
 * is theirs, every candidate is looked at, with its people, until the page is full.
 */
export async function seek(
  ports: Reading & Pick<Ports, 'indexers'> & { readonly ownTimes?: OwnTimes },
  asker: Asker,
  query: SeekQuery,
): Promise<Sought> {
  const { store, known, matches, tells } = ports
  const catalogue = known.catalogue(asker.tenant)
  const scope = scopeOf(asker, catalogue)
  const show = (organization: Organization) => {
    const grant = grantFor(organization, asker, catalogue, matches)
    return foundBy(asker, alone(organization), grant, catalogue)
  }
  const ask = askerFor(ports, asker, query)
  const { states, where = EVERYTHING } = query
  const asked = { ...(states !== undefined && { states }), where }
  const reached =
    scope.isWhole || tells === undefined
      ? undefined
      : await reachedBy(store, asker, catalogue, tells, asked, (own) => ask(show(own)))
  const seeker: Seeker = {
    store,
    asked: walkFor(asker, scope, reached, query),
    show,
    holds: testFor(scope, reached, query, ask),
  }
  // Whether the store alone tells what may be found.
  const isTold = scope.isWhole || reached?.told !== undefined
  const byTimes = async (isPage: boolean) =>
    isTold ? soughtByTimes({ ...ports, asker, catalogue, seeker }, query, isPage) : undefined
  const { keyOf } = query
  if (keyOf !== undefined && !seesAll(scope)) {
    const isSoon = scope.isWhole && query.along.descending && !query.isCounted
    const soon = isSoon ? await sortedSoon(seeker, query, keyOf) : undefined
    return soon ?? (await byTimes(true)) ?? (await sorted(seeker, query, keyOf))
  }
  if (query.isCounted && isTold && query.also === undefined) return countedPageOf(seeker, query)
  const page = await pageOf(seeker, query)
  if (!query.isCounted) return page
  return { ...page, total: (await byTimes(false))?.total ?? (await counted(seeker)) }
}

/** A page of all that were counted: it tells of nothing else. */
async function countedPageOf(
  { store, asked: { among: _, ...asked }, show, holds = () => true }: Seeker,
  { limit, after }: SeekQuery,
): Promise<Sought> {
  const query = { ...asked, ...placeAt(after), limit, isCounted: true as const }
  const { items, next, total = 0 } = await store.read((reader) => reader.walk(query))
  const found: Found[] = []
  for (const one of items.map(show)) if (await holds(one)) found.push(one)
  return { items: found, ...(next !== undefined && { next }), total }
}

async function pageOf(
  { store, asked, show, holds }: Seeker,
  { limit, after: from }: SeekQuery,
): Promise<Sought> {
  if (holds === undefined) {
    const { items, next } = await store.read((reader) => reader.walk({ ...asked, ...placeAt(from), limit }))
    return { items: items.map(show), ...(next !== undefined && { next }) }
  }
  const items: Found[] = []
  let length = 0
  let after = from
  let size = Math.max(AT_ONCE.least, Math.min(AT_ONCE.most, limit + 1))
  let looks: number | undefined
  do {
    const piece = { ...asked, ...placeAt(after), limit: size, ...(looks !== undefined && { looks }) }
    const stretch = await store.read((reader) => reader.walk(piece))
    for (const organization of stretch.items) {
      const found = show(organization)
      if (!(await holds(found))) continue
      // How far it looked is told of what was found alone: whatever else stands there is nobody's business.
      if (items.length === limit || length > PAGE_LENGTH)
        return { items, next: placeOf(items.at(-1) as Found, asked.along) }
      items.push(found)
      length += lengthOf(found)
    }
    after = stretch.next
    looks = stretch.looks
    // Unless the end of the stretch depends on nothing that is hidden: then it is theirs to go on from.
    const isEnd = asked.among !== undefined && looks === undefined && stretch.items.length < size
    if (isEnd && after !== undefined) return { items, next: after }
    size = AT_ONCE.most
    await breath()
  } while (after !== undefined)
  return { items }
}

function walkFor(
  { tenant }: Asker,
  scope: Scope,
  reached: Reached | undefined,
  { states, where, along }: SeekQuery,
): Seeker['asked'] {
  const whole = allOf(where, scope.where)
  const asked = { tenant, along, ...(states !== undefined && { states }) }
  if (scope.isWhole) return { ...asked, where: whole, ...scope.limits }
  if (reached === undefined) return { ...asked, where: widened(whole) }
  return { ...asked, where: reached.where, ...(reached.told && { among: reached.told.among }) }
}

type Test = (found: Found) => boolean | Promise<boolean>

/** What has to be asked of each candidate; undefined where the store has told it all. */
function testFor(
  { isWhole }: Scope,
  reached: Reached | undefined,
  { also }: SeekQuery,
  ask: Test,
): Seeker['holds'] {
  if (isWhole) return also
  if (reached?.told === undefined) return (found) => also?.(found) !== false && ask(found)
  return (found) => found.context.grant.may('organizations.read') && also?.(found) !== false
}

/** Whether the asker may read an organization, and it matches as far as they may know. */
function askerFor(
  { store, indexers }: Pick<Reading, 'store'> & { readonly indexers: readonly Indexer[] },
  { tenant, principal }: Asker,
  { where = EVERYTHING }: SeekQuery,
): Test {
  const isPositive = !hasNot(where)
  return async (found) => {
    const { organization } = found.dossier
    const { grant } = found.context
    if (!grant.may('organizations.read')) return false
    if (where === EVERYTHING) return true
    const own = readable(rowsOf(indexers, organization), grant)
    // More rows can only make more of it true; and none of the people is there for whoever neither may see people nor made any.
    if (isPositive && matchesRows(where, organization, own)) return true
    const mayKnowPeople = grant.rightTo('people') !== 'none' || organization.created.by === principal?.id
    if (isPositive && !mayKnowPeople) return false
    const key = { tenant, id: organization.id }
    const people = (await store.read((reader) => reader.dossier(key, 'all')))?.people ?? []
    const ofPeople = people.filter(grant.sees).flatMap((person) => rowsOfPerson(indexers, person))
    return matchesRows(where, organization, [...own, ...ofPeople])
  }
}

/** That a masked part lacks something is nothing that its reader may know. */
function readable(rows: readonly IndexRow[], grant: Grant): readonly IndexRow[] {
  return rows.filter(({ part }) => ALWAYS_READABLE.has(part) || grant.rightTo(part) !== 'none')
}

/** Whether no part of any organization is hidden from the asker. */
export function seesAll({ isWhole, limits: { hiddenParts = [], onlyParts } }: Scope): boolean {
  return isWhole && onlyParts === undefined && hiddenParts.every((part) => part === 'people')
}

function placeOf({ dossier: { organization } }: Found, { by }: WalkOrder): Position {
  return { key: KEYS[by](organization), number: organization.number }
}

const KEYS: Readonly<Record<WalkOrder['by'], (organization: Organization) => string>> = {
  name: (organization) => cutKey(folded(mainName(organization))),
  number: () => '',
  createdAt: ({ created }) => created.at,
  shownAt: ({ shownAt }) => String(shownAt),
}

function placeAt(after: Position | undefined): Pick<WalkQuery, 'after'> {
  return after === undefined ? {} : { after }
}
