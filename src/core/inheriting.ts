import { isSame } from './dossier.ts'
import type { Facet, Facets } from './facet.ts'
import { withFacet } from './facet.ts'
import type { Item } from './items.ts'
import { isProvisional } from './items.ts'
import type { Organization } from './organization.ts'

/** Members of a dialect's facet that a merge may hand over, or how it is done: by name of the dialect. */
export type Heritable = Readonly<Record<string, readonly string[] | Inherit>>

/**
 * The facet of the one that stays, with what it takes over of the other one's. Pure; the same object where that is nothing.
 * @param own the one that stays, with all else that it takes over
 */
export type Inherit = (own: Organization, theirs: Organization, items: TakenItems) => Facet

/** The items that go over: name of the list → the id that an item had → the provisional one that it gets. */
export type TakenItems = Readonly<Partial<Record<ItemList, ReadonlyMap<string, string>>>>

type ItemList = 'emails' | 'phones' | 'links' | 'images'

/** The facets of the one that stays, with what dialects hand over. @param own with all else that it takes over */
export function inherited(own: Organization, theirs: Organization, heritable: Heritable): Facets {
  const items = takenItems(own, theirs)
  let facets = own.facets
  for (const [dialect, inherit] of Object.entries(heritable)) {
    const before: Facet = own.facets[dialect] ?? {}
    const after =
      typeof inherit === 'function'
        ? inherit(own, theirs, items)
        : withMissing(before, theirs.facets[dialect] ?? {}, inherit)
    if (after !== before && !isSame(after, before)) facets = withFacet(facets, dialect, after)
  }
  return facets
}

/** The facet with those members of the other one that it has not. */
export function withMissing(own: Facet, theirs: Facet, members: readonly string[]): Facet {
  const missing = members.filter((member) => own[member] === undefined && theirs[member] !== undefined)
  if (missing.length === 0) return own
  return { ...own, ...Object.fromEntries(missing.map((member) => [member, theirs[member]])) }
}

const LISTS = ['emails', 'phones', 'links', 'images'] as const satisfies readonly ItemList[]

/** Whatever goes over has a provisional id, and comes in the order that it had. */
function takenItems(after: Organization, source: Organization): TakenItems {
  const fresh = (list: readonly Item[]) => list.filter(({ id }) => isProvisional(id)).map(({ id }) => id)
  const old = ({ links, ...lists }: Organization, name: ItemList): readonly Item[] =>
    name === 'links' ? links.filter(({ kind }) => kind === 'contact') : lists[name]
  return Object.fromEntries(
    LISTS.flatMap((name) => {
      const ids = fresh(name === 'links' ? old(after, name) : after[name])
      const pairs = old(source, name).map(({ id }, at) => [id, ids[at] ?? ''] as const)
      return ids.length === 0 ? [] : [[name, new Map(pairs)]]
    }),
  )
}
