import { isSame } from '../../../core/dossier.ts'
import type { Facet } from '../../../core/facet.ts'
import type { TakenItems } from '../../../core/inheriting.ts'
import type { Organization } from '../../../core/organization.ts'
import type { Bag, IdMap } from '../wire.ts'
import { KEYS } from '../wire.ts'
import type { Use } from './address-form.ts'
import { formName, keyOf, USES } from './address-form.ts'
import type { NativeFacet } from './kept.ts'
import { filledMap, keptOf, tables, withKept, without } from './kept.ts'
import { urnOf } from './sent.ts'

/** Map of a Card → the list of a record that its items are in. */
const LISTS = { emails: 'emails', phones: 'phones', links: 'links', media: 'images' } as const

/**
 * What RFC 9553 says of the organization that stays in a merge, with what the other one had and it has not: members of the
 * Card that the record has no place for, and what else was said of the items and addresses that go over.
 */
export function inherited(own: Organization, theirs: Organization, items: TakenItems): Facet {
  const [kept, other] = [keptOf(own.facets), keptOf(theirs.facets)]
  const keys = { ...keysOf(own, theirs), ...kept.keys }
  const taken = cardOf({ ...own, facets: withKept(own.facets, { ...kept, keys }) }, theirs)
  const facet: NativeFacet = {
    ...kept,
    extras: tables({ ...kept.extras, ...extrasOf(kept, other, items) }),
    forms: { ...formsOf(own, theirs), ...kept.forms },
    keys,
    card: { ...taken, ...kept.card },
    localizations: localizationsOf(kept, other, Object.keys(taken)),
  }
  return withKept(own.facets, facet)['native'] ?? {}
}

/** Members that the one that stays has nothing of, without what would stand where something of its own does. */
function cardOf(own: Organization, theirs: Organization): Bag {
  const { card = {} } = keptOf(own.facets)
  const kept = keptOf(own.facets)
  const places: Readonly<Record<string, readonly string[]>> = {
    organizations: [KEYS.department],
    notes: [KEYS.description],
    addresses: USES.flatMap((use) => [keyOf(use, kept), KEYS[use]]),
    media: own.images.map(({ id }) => id),
    relatedTo: [urnOf(own.id)],
  }
  return tables(
    Object.fromEntries(
      Object.entries(keptOf(theirs.facets).card ?? {}).flatMap(([member, value]) => {
        if (card[member] !== undefined) return []
        const taken = places[member]
        return [[member, taken === undefined ? value : without(value as Bag, taken)]]
      }),
    ),
  )
}

/** What else is said of items, under the ids that they get. */
function extrasOf(kept: NativeFacet, other: NativeFacet, items: TakenItems): Record<string, IdMap> {
  const all: Record<string, IdMap> = {}
  for (const [map, list] of Object.entries(LISTS)) {
    const extras = other.extras?.[map] ?? {}
    const moved = [...(items[list] ?? [])].flatMap(([id, newId]) =>
      extras[id] === undefined ? [] : [[newId, extras[id]] as const],
    )
    if (moved.length > 0) all[map] = { ...kept.extras?.[map], ...Object.fromEntries(moved) }
  }
  return all
}

/** How what goes over was written. */
function formsOf(own: Organization, theirs: Organization): NonNullable<NativeFacet['forms']> {
  const { forms = {} } = keptOf(theirs.facets)
  const isTaken = (name: string) =>
    (name === 'organizations/department' && own.department === theirs.department) ||
    (name === 'notes/description' &&
      isSame(own.description[own.language], theirs.description[theirs.language])) ||
    USES.some(
      (use) =>
        isPlaceTaken(own, theirs, use) &&
        Object.keys(own.addresses[use] ?? {}).some((of) => formName(use, of) === name),
    )
  return Object.fromEntries(Object.entries(forms).filter(([name]) => isTaken(name)))
}

/** Whether an address went over as it was: one's own coordinates stay what they are, and under the key where they are. */
function isPlaceTaken(
  { addresses: own }: Organization,
  { addresses: theirs }: Organization,
  use: Use,
): boolean {
  if (own[use] === undefined || own[use] !== theirs[use]) return false
  return use !== 'street' || own.coordinates === theirs.coordinates
}

/** The keys of addresses that go over, where nothing else stands under them. */
function keysOf(own: Organization, theirs: Organization): Record<string, string> {
  const kept = keptOf(own.facets)
  const { keys = {} } = keptOf(theirs.facets)
  const used = new Set([
    ...Object.values(KEYS),
    ...Object.values(kept.keys ?? {}),
    ...Object.keys((kept.card?.['addresses'] ?? {}) as Bag),
  ])
  return Object.fromEntries(
    USES.flatMap((use) => {
      const key = keys[use]
      const isTaken = isPlaceTaken(own, theirs, use)
      return isTaken && key !== undefined && kept.keys?.[use] === undefined && !used.has(key)
        ? [[use, key]]
        : []
    }),
  )
}

/** Translations of the members that go over. */
function localizationsOf(kept: NativeFacet, other: NativeFacet, members: readonly string[]) {
  const all: Record<string, Bag> = { ...kept.localizations }
  for (const [language, patch] of Object.entries(other.localizations ?? {})) {
    const paths = Object.entries(patch).filter(([path]) => members.includes(path.split('/')[0] ?? ''))
    const rest = filledMap(Object.fromEntries(paths))
    if (rest !== undefined) all[language] = { ...rest, ...all[language] }
  }
  return all
}
