import type { Asker, Found } from './command.ts'
import type { Indexer, IndexRow } from './index-rows.ts'
import { cutKey, folded, rowsOf, rowsOfPerson } from './index-rows.ts'
import type { Organization } from './organization.ts'
import { mainName } from './organization.ts'
import type { Grant } from './policy.ts'
import { ALWAYS_READABLE } from './policy.ts'
import type { Ports } from './ports.ts'
import { EVERYTHING, hasNot, widened } from './query.ts'
import { matchesRows } from './row-matching.ts'
import type { Seeker } from './seeking-all.ts'
import { breath, counted, lengthOf, PAGE_LENGTH, sorted } from './seeking-all.ts'
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
  readonly isCounted?: true
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
  ports: Reading & Pick<Ports, 'indexers'>,
  asker: Asker,
  query: SeekQuery,
): Promise<Sought> {
  const { store, known, matches } = ports
  const catalogue = known.catalogue(asker.tenant)
  const scope = scopeOf(asker, catalogue)
  const seeker: Seeker = {
    store,
    asked: walkFor(asker, scope, query),
    show: (organization) => {
      const grant = grantFor(organization, asker, catalogue, matches)
      return foundBy(asker, alone(organization), grant, catalogue)
    },
    holds: testFor(ports, asker, scope, query),
  }
  if (query.keyOf !== undefined && !seesAll(scope)) return sorted(seeker, query, query.keyOf)
  const page = await pageOf(seeker, query)
  return query.isCounted ? { ...page, total: await counted(seeker) } : page
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
  do {
    const piece = { ...asked, ...placeAt(after), limit: size }
    const stretch = await store.read((reader) => reader.walk(piece))
    size = AT_ONCE.most
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
    await breath()
  } while (after !== undefined)
  return { items }
}

function walkFor({ tenant }: Asker, scope: Scope, { states, where, along }: SeekQuery): Seeker['asked'] {
  const whole = allOf(where, scope.where)
  const isOfState = states === undefined ? {} : { states }
  const isWhole = scope.isWhole ? { where: whole, ...scope.limits } : { where: widened(whole) }
  return { tenant, along, ...isOfState, ...isWhole }
}

/** What has to be asked of each candidate; undefined where the store has told it all. */
function testFor(
  { store, indexers }: Pick<Reading, 'store'> & { readonly indexers: readonly Indexer[] },
  { tenant, principal }: Asker,
  { isWhole }: Scope,
  { where = EVERYTHING, also }: SeekQuery,
): Seeker['holds'] {
  if (isWhole) return also
  const isPositive = !hasNot(where)
  return async (found) => {
    const { organization } = found.dossier
    const { grant } = found.context
    if (!grant.may('organizations.read') || also?.(found) === false) return false
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
function seesAll({ isWhole, limits: { hiddenParts = [], onlyParts } }: Scope): boolean {
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
