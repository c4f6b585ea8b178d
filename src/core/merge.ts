import type { Addresses } from './address.ts'
import type { Dossier } from './dossier.ts'
import { folded } from './index-rows.ts'
import type { Heritable } from './inheriting.ts'
import { inherited } from './inheriting.ts'
import type { Item, Link } from './items.ts'
import { provisionalId } from './items.ts'
import type { Organization, RoleName } from './organization.ts'
import type { Person } from './person.ts'
import { isBlank } from './text.ts'

/** What besides people and roles goes from the organization that disappears to the one that stays. */
export interface MergeOptions {
  /** Whether parts that the survivor has not filled get what the other one has. */
  readonly fillsEmpty: boolean
  /** Whether a person whom both have becomes one: same name, and an e-mail address in common or one side without any. */
  readonly mergesIdenticalPeople: boolean
}

export interface Merged {
  /** Deleted, without roles; its people are those that became one with a person of the survivor. */
  readonly source: Dossier
  /** With the people of both. */
  readonly destination: Dossier
}

/**
 * Both dossiers after `source` was merged into `destination`, each with all its people. Pure. People move with id and
 * number; roles fill only empty ones; the website goes to a survivor that has none. @see design 10.4
 *
 * @param shown what of the source goes over: what whoever merges may not read stays where it is
 */
export function merged(
  source: Dossier,
  destination: Dossier,
  options: MergeOptions,
  heritable: Heritable,
  shown: Organization = source.organization,
): Merged {
  const survivors = survivorsOf(source.people, destination.people, options)
  const moved = source.people.filter(({ id }) => !survivors.has(id))
  const gone = source.people.filter(({ id }) => survivors.has(id))
  const website = shown.links.find(({ kind }) => kind === 'website')
  return {
    source: {
      organization: {
        ...source.organization,
        state: 'deleted',
        mergedInto: destination.organization.id,
        roles: {},
        // Its key is the survivor's now.
        ...(website !== undefined && {
          links: source.organization.links.map((link) =>
            link === website ? { ...link, kind: 'contact' as const } : link,
          ),
        }),
      },
      people: gone.map((person) => ({ ...person, state: 'deleted' })),
    },
    destination: {
      organization: withRoles(
        withWebsite(
          options.fillsEmpty ? filled(shown, destination.organization, heritable) : destination.organization,
          website,
        ),
        shown.roles,
        survivors,
      ),
      people: [
        ...destination.people.map((person) => completed(person, gone, survivors)),
        ...moved.map((person) => ({ ...person, organization: destination.organization.id })),
      ],
    },
  }
}

/** Id of a person of the source → the one person of the destination who is the same. */
export function survivorsOf(
  source: readonly Person[],
  destination: readonly Person[],
  { mergesIdenticalPeople }: Pick<MergeOptions, 'mergesIdenticalPeople'>,
): ReadonlyMap<string, string> {
  const survivors = new Map<string, string>()
  if (!mergesIdenticalPeople) return survivors
  const taken = new Set<string>()
  for (const person of source) {
    const same = destination.find((other) => !taken.has(other.id) && isIdentical(person, other))
    if (same === undefined) continue
    taken.add(same.id)
    survivors.set(person.id, same.id)
  }
  return survivors
}

function isIdentical(one: Person, other: Person): boolean {
  const name = nameKey(one)
  if (name === '' || name !== nameKey(other)) return false
  const addresses = new Set(one.emails.map(({ address }) => folded(address)))
  return (
    addresses.size === 0 ||
    other.emails.length === 0 ||
    other.emails.some(({ address }) => addresses.has(folded(address)))
  )
}

function nameKey({ name }: Person): string {
  return folded(name.full).trim().replace(/\s+/g, ' ')
}

/** The survivor of identical people, with what only the other one has. */
function completed(person: Person, gone: readonly Person[], survivors: ReadonlyMap<string, string>): Person {
  const other = gone.find(({ id }) => survivors.get(id) === person.id)
  if (other === undefined) return person
  const { language = other.language, notifyAt = other.notifyAt } = person
  const title = textOr(person.title, other.title)
  const note = textOr(person.note, other.note)
  return {
    ...person,
    emails: listOr(person.emails, other.emails, 'emails'),
    phones: listOr(person.phones, other.phones, 'phones'),
    ...(title !== undefined && { title }),
    ...(note !== undefined && { note }),
    ...(language !== undefined && { language }),
    ...(notifyAt !== undefined && { notifyAt }),
  }
}

function withRoles(
  organization: Organization,
  roles: Organization['roles'],
  survivors: ReadonlyMap<string, string>,
): Organization {
  const inherited = Object.entries(roles).filter(
    ([role]) => organization.roles[role as RoleName] === undefined,
  )
  if (inherited.length === 0) return organization
  const holders = inherited.map(([role, person]) => [role, survivors.get(person) ?? person])
  return { ...organization, roles: { ...organization.roles, ...Object.fromEntries(holders) } }
}

/** Whatever else it takes over: an address that nobody has any more would be lost to UiTdatabank, which requires one. */
function withWebsite(organization: Organization, website: Link | undefined): Organization {
  if (website === undefined || organization.links.some(({ kind }) => kind === 'website')) return organization
  return { ...organization, links: [{ ...website, id: provisionalId('website', 0) }, ...organization.links] }
}

/** The survivor with what it has not filled. Its language and its main name are its own. */
function filled(source: Organization, organization: Organization, heritable: Heritable): Organization {
  const department = textOr(organization.department, source.department)
  const note = textOr(organization.note, source.note)
  const after: Organization = {
    ...organization,
    name: { ...source.name, ...organization.name },
    description: { ...source.description, ...organization.description },
    ...(department !== undefined && { department }),
    ...(note !== undefined && { note }),
    identifiers: organization.identifiers.length > 0 ? organization.identifiers : source.identifiers,
    emails: listOr(organization.emails, source.emails, 'emails'),
    phones: listOr(organization.phones, source.phones, 'phones'),
    links: linksOr(organization.links, source.links),
    addresses: addressesOr(organization.addresses, source.addresses),
    labels: organization.labels.length > 0 ? organization.labels : source.labels,
    images: listOr(organization.images, source.images, 'images'),
    contributors: organization.contributors.length > 0 ? organization.contributors : source.contributors,
  }
  return { ...after, facets: inherited(after, source, heritable) }
}

/** A text that somebody emptied is filled as one that nobody wrote. */
function textOr(own: string | undefined, other: string | undefined): string | undefined {
  return isBlank(own) ? (other ?? own) : own
}

/** Items get ids of their own: those that they had are not unique in another record. */
function listOr<I extends Item>(own: readonly I[], other: readonly I[], list: string): readonly I[] {
  if (own.length > 0 || other.length === 0) return own
  return other.map((item, at) => ({ ...item, id: provisionalId(list, at) }))
}

/** The ordinary ones; of websites there is another rule. */
function linksOr(own: readonly Link[], other: readonly Link[]): readonly Link[] {
  if (own.some(({ kind }) => kind === 'contact')) return own
  const inherited = other.filter(({ kind }) => kind === 'contact')
  return inherited.length === 0 ? own : [...own, ...listOr([], inherited, 'links')]
}

function addressesOr(own: Addresses, other: Addresses): Addresses {
  const { street = other.street, postal = other.postal } = own
  // Coordinates belong to the street address that they came with.
  const coordinates = own.street === undefined ? (own.coordinates ?? other.coordinates) : own.coordinates
  if (street === own.street && postal === own.postal && coordinates === own.coordinates) return own
  return {
    ...(street !== undefined && { street }),
    ...(postal !== undefined && { postal }),
    ...(coordinates !== undefined && { coordinates }),
  }
}
