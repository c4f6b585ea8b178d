import fc from 'fast-check'
import type { Addresses } from '../address.ts'
import type { Dossier, People } from '../dossier.ts'
import type { Facet } from '../facet.ts'
import type { Hides } from '../hides.ts'
import type { Email, Image, Label, Link, Phone } from '../items.ts'
import type { Organization, RoleName, Translations } from '../organization.ts'
import type { Person, PersonName } from '../person.ts'
import type { Catalogue } from '../principal.ts'
import {
  addressValues,
  blankableProse,
  languages,
  mailAddresses,
  phoneNumbers,
  prose,
  uris,
  words,
} from './random-values.ts'
import { CREATED, catalogue, organization, person, REGISTERED_LABELS, uuid } from './records.ts'

/** What one dialect keeps in its facets. */
export interface DialectFacets {
  readonly organization?: (organization: Organization, people: readonly Person[]) => fc.Arbitrary<Facet>
  readonly person?: (person: Person) => fc.Arbitrary<Facet>
}

export interface DossierOptions {
  /** Which people are loaded, as for a lens (default `all`); roles may name others. */
  readonly people?: People
  /** Name of a dialect → its facets; every dossier also has facets that no dialect knows. */
  readonly dialectFacets?: Readonly<Record<string, DialectFacets>>
}

/** Sound dossiers, rich in what some API can write and another cannot show. */
export function dossiers({ people = 'all', dialectFacets = {} }: DossierOptions = {}): fc.Arbitrary<Dossier> {
  return fc
    .tuple(fc.array(persons, { maxLength: 4 }), organizations, fc.infiniteStream(fc.nat(99)))
    .map(([all, parts, choices]) => assembled(all, parts, choices))
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
export function hides(
  items: readonly { readonly id: string }[],
  valueOf: (item: never) => string,
): fc.Arbitrary<Hides> {
  return fc
    .tuple(fc.subarray([...items]), fc.boolean())
    .map(([hidden, isStale]) =>
      Object.fromEntries(hidden.map((item) => [item.id, isStale ? 'stale' : valueOf(item as never)])),
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

type Parts = Partial<Organization>

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined })

/** Without the members that are undefined. */
function present<T extends object>(value: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const kept = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(kept) as { [Key in keyof T]: Exclude<T[Key], undefined> }
}

/** A list with the id `N-1` for its first member, `N-2` for the next. */
function listOf<T extends object>(
  version: number,
  member: fc.Arbitrary<T>,
  maxLength = 4,
): fc.Arbitrary<(T & { id: string })[]> {
  return fc
    .array(member, { maxLength, size: 'max' })
    .map((members) => members.map((value, at) => ({ id: `${version}-${at + 1}`, ...present(value) })))
}

const emails = (version: number): fc.Arbitrary<Email[]> =>
  listOf(version, fc.record({ address: mailAddresses, label: optional(blankableProse) })) as fc.Arbitrary<
    Email[]
  >

/** Often more than the five that a vendor has room for. */
const phones = (version: number, extension: fc.Arbitrary<string | undefined>): fc.Arbitrary<Phone[]> =>
  listOf(
    version,
    fc.record({
      number: phoneNumbers,
      kind: fc.constantFrom('voice', 'voice', 'mobile', 'fax'),
      label: optional(blankableProse),
      extension,
    }),
    8,
  ) as fc.Arbitrary<Phone[]>

const links: fc.Arbitrary<Link[]> = fc
  .tuple(listOf(3, fc.record({ uri: uris, label: optional(blankableProse) })), fc.nat(4))
  .map(([items, website]) =>
    items.map((item, at) => ({ ...item, kind: at === website ? 'website' : 'contact' }) as Link),
  )

const images = listOf(
  4,
  fc.record({
    file: fc.constantFrom(uuid(501), uuid(502), uuid(503)),
    description: optional(prose),
    copyrightHolder: optional(prose),
    language: optional(languages),
  }),
  3,
) as fc.Arbitrary<Image[]>

const labels: fc.Arbitrary<Label[]> = fc
  .tuple(fc.shuffledSubarray([...REGISTERED_LABELS]), fc.boolean())
  .map(([chosen, imported]) => chosen.map(({ name }) => ({ name, imported })))

/** Never blank in `main`. */
const names = (main: string): fc.Arbitrary<Translations> =>
  fc
    .tuple(prose, fc.dictionary(languages, prose, { maxKeys: 4 }), fc.boolean())
    .map(([text, others, isFirst]) => {
      const { [main]: _, ...rest } = others
      return isFirst ? { [main]: text, ...rest } : { ...rest, [main]: text }
    })

const addressMaps = fc
  .dictionary(languages, addressValues, { minKeys: 1, maxKeys: 3 })
  .map((map) => ({ ...map }))

const addresses: fc.Arbitrary<Addresses> = fc
  .record({
    street: optional(addressMaps),
    postal: optional(addressMaps),
    coordinates: optional(
      fc.record({
        latitude: fc.constantFrom(0, 50.879844, -90, 90),
        longitude: fc.constantFrom(0, 4.700518, -180, 180),
      }),
    ),
  })
  .map((value) => present(value) as Addresses)

const organizations: fc.Arbitrary<Parts> = languages.chain((language) =>
  fc
    .record({
      language: fc.constant(language),
      state: fc.constantFrom('active', 'active', 'inactive', 'deleted'),
      name: names(language),
      department: optional(blankableProse),
      identifiers: fc.array(fc.record({ scheme: fc.constantFrom('vat', 'kbo', 'duns'), value: words }), {
        maxLength: 3,
      }),
      emails: emails(1),
      phones: phones(2, fc.constant(undefined)),
      links,
      addresses,
      description: fc.dictionary(languages, prose, { maxKeys: 3 }).map((map) => ({ ...map })),
      note: optional(blankableProse),
      labels,
      images,
      contributors: fc.uniqueArray(mailAddresses, { maxLength: 3 }),
      public: optional(fc.boolean()),
    })
    .map((parts) => present(parts) as Parts),
)

const personNames: fc.Arbitrary<PersonName> = fc.oneof(
  fc.record({
    full: fc.oneof(words, fc.constantFrom('', ' ', 'Madonna', ' Ann  Peeters ', 'Ann De Smet'), prose),
  }),
  fc
    .record({
      given: words,
      middle: optional(words),
      family: words,
      prefix: optional(fc.constantFrom('Dr.', 'Mevr.')),
    })
    .map((parts) => {
      const { given, middle, family } = parts
      return {
        full: [given, middle, family].filter((text) => text !== undefined).join(' '),
        ...present(parts),
      }
    }),
  // Components that do not make up the full name: an API that has both may have been sent anything.
  fc.record({ full: words, given: prose, family: blankableProse }),
  fc.record({ full: words, family: words }),
)

const persons: fc.Arbitrary<Partial<Person>> = fc
  .record({
    name: personNames,
    emails: emails(1),
    phones: phones(2, optional(fc.constantFrom('10', '', '1234567890', 'x'.repeat(33)))),
    title: optional(blankableProse),
    note: optional(blankableProse),
    language: optional(languages),
    notifyAt: optional(fc.constantFrom('2024-06-01T00:00:00.000Z', '2031-12-31T23:59:59.999Z')),
    facets: fc.constantFrom({}, { elsewhere: { kept: true } }),
  })
  .map((parts) => present(parts) as Partial<Person>)

const ROLES: readonly RoleName[] = ['organization-contact', 'technical-contact', 'primary-contact', 'support']

function assembled(all: readonly Partial<Person>[], parts: Parts, choices: fc.Stream<number>): Dossier {
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
