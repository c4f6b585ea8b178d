import fc from 'fast-check'
import type { Dossier, People } from '../dossier.ts'
import type { Facet } from '../facet.ts'
import type { Hides } from '../hides.ts'
import type { Item } from '../items.ts'
import type { Organization, OrganizationState, RoleName } from '../organization.ts'
import type { Person } from '../person.ts'
import type { Catalogue } from '../principal.ts'
import { optional, organizationParts, personParts } from './random-parts.ts'
import { languages } from './random-values.ts'
import { CREATED, catalogue, organization, person, uuid } from './records.ts'

/** What one dialect keeps in its facets. */
export interface DialectFacets {
  readonly organization?: (organization: Organization, people: readonly Person[]) => fc.Arbitrary<Facet>
  readonly person?: (person: Person) => fc.Arbitrary<Facet>
}

export interface DossierOptions {
  /** Which people are loaded, as for a lens (default `all`); roles may name others. */
  readonly people?: People
  /** States that the organization may be in (default all): some APIs never see a deleted one. */
  readonly states?: readonly OrganizationState[]
  /** Name of a dialect → its facets; every dossier also has facets that no dialect knows. */
  readonly dialectFacets?: Readonly<Record<string, DialectFacets>>
}

/** Sound dossiers, rich in what some API can write and another cannot show. */
export function dossiers({
  people = 'all',
  states = ['active', 'active', 'inactive', 'deleted'],
  dialectFacets = {},
}: DossierOptions = {}): fc.Arbitrary<Dossier> {
  return fc
    .tuple(
      fc.array(personParts, { maxLength: 4 }),
      organizationParts,
      fc.constantFrom(...states),
      fc.infiniteStream(fc.nat(99)),
    )
    .map(([all, parts, state, choices]) => assembled(all, { ...parts, state }, choices))
    .chain((dossier) => withFacets(dossier, dialectFacets))
    .map((dossier) => loaded(dossier, people))
}

/** The dossier as the store gives it for `people`; `focus` names its last person. */
export function loaded(dossier: Dossier, people: People): Dossier {
  const { organization, people: all } = dossier
  const holders = new Set(Object.values(organization.roles))
  switch (people) {
    case 'all':
      return dossier
    case 'none':
      return { organization, people: [] }
    case 'focus':
      return { organization, people: all.slice(-1) }
    case 'role-holders':
      return { organization, people: all.filter(({ id }) => holders.has(id)) }
  }
}

/** What a facet may remember as hidden: items with the value they have, or had. */
export function hides<I extends Item>(
  items: readonly I[],
  valueOf: (item: I) => string,
): fc.Arbitrary<Hides> {
  return fc
    .tuple(fc.subarray([...items]), fc.boolean())
    .map(([hidden, isStale]) =>
      Object.fromEntries(hidden.map((item) => [item.id, isStale ? 'stale' : valueOf(item)])),
    )
}

/** Tenants with and without a country, of several languages. */
export function catalogues(lists: Catalogue['lists'] = {}): fc.Arbitrary<Catalogue> {
  return fc
    .record({ language: languages, country: fc.option(fc.constantFrom('BE', 'NL'), { nil: undefined }) })
    .map(({ language, country }) => {
      const built = catalogue({ tenant: { language }, lists })
      const { country: _, ...tenant } = built.tenant
      return { ...built, tenant: country === undefined ? tenant : { ...tenant, country } }
    })
}

const ROLES: readonly RoleName[] = ['organization-contact', 'technical-contact', 'primary-contact', 'support']

function assembled(
  all: readonly Partial<Person>[],
  parts: Partial<Organization>,
  choices: fc.Stream<number>,
): Dossier {
  const people = all.map((value, at) => person({ ...value, number: at + 1, version: at + 2 }))
  const next = (): number => choices.next().value ?? 0
  // One number in three names nobody; few people, so that one often holds several roles.
  const holders = ROLES.map(
    (role) => [role, people[next() % 3 === 0 ? people.length : next() % people.length]] as const,
  )
  const roles = Object.fromEntries(
    holders.flatMap(([role, holder]) => (holder === undefined ? [] : [[role, holder.id]])),
  )
  const stamped = Object.keys(parts).filter(() => next() % 2 === 0)
  const changed = Object.fromEntries(
    stamped.map((part) => [part, { version: 1 + (next() % 9), at: CREATED.at, by: CREATED.by }]),
  )
  const merged = parts.state === 'deleted' && next() % 2 === 0 ? { mergedInto: uuid(2) } : {}
  const facets = next() % 2 === 0 ? {} : { elsewhere: { kept: [1, null, 'x'] } }
  const count = people.length
  return {
    organization: organization({
      ...parts,
      ...merged,
      version: 9,
      roles,
      changed,
      facets,
      people: { count, at: CREATED.at, shownAt: 1_704_164_645 },
    }),
    people,
  }
}

function withFacets(
  dossier: Dossier,
  dialectFacets: NonNullable<DossierOptions['dialectFacets']>,
): fc.Arbitrary<Dossier> {
  const dialects = Object.entries(dialectFacets)
  if (dialects.length === 0) return fc.constant(dossier)
  const { organization, people } = dossier
  const none = fc.constant(undefined)
  const ofOrganization = fc.tuple(
    ...dialects.map(([, facets]) => optional(facets.organization?.(organization, people) ?? none)),
  )
  const ofPeople = fc.tuple(
    ...people.map((value) =>
      fc.tuple(...dialects.map(([, facets]) => optional(facets.person?.(value) ?? none))),
    ),
  )
  const named = (facets: readonly (Facet | undefined)[]) =>
    Object.fromEntries(
      dialects.flatMap(([name], at) => {
        const facet = facets[at]
        return facet === undefined || Object.keys(facet).length === 0 ? [] : [[name, facet]]
      }),
    )
  return fc.tuple(ofOrganization, ofPeople).map(([ownFacets, personFacets]) => ({
    organization: { ...organization, facets: { ...organization.facets, ...named(ownFacets) } },
    people: people.map((value, at) => ({
      ...value,
      facets: { ...value.facets, ...named(personFacets[at] ?? []) },
    })),
  }))
}
