import type { Addresses } from '../address.ts'
import type { Dossier } from '../dossier.ts'
import type { Item } from '../items.ts'
import type { Organization, RoleName } from '../organization.ts'
import type { Person } from '../person.ts'
import { uuid } from './records.ts'

/**
 * A small change of a record. Where a view does not show it, it must survive every put through that view: that is how
 * the law Hidden is tested without knowing what a dialect hides.
 */
export interface Mark {
  readonly name: string
  /** The dossier with the mark on it; the same dossier where there is no place for it. */
  readonly set: (dossier: Dossier) => Dossier
  /** Whether the mark still stands; true as well when the item or person that carried it is gone. */
  readonly isKept: (before: Dossier, after: Dossier) => boolean
}

const TEXT = 'mark that no view may lose'

/** A language that no vendor shows. */
const LANGUAGE = 'eo'

const EXTRA = '99-1'

type ListName = 'emails' | 'phones' | 'links' | 'images'

/** Every place where one API writes what another may not show. */
export const MARKS: readonly Mark[] = [
  ...(['emails', 'phones', 'links'] as const).flatMap((list) => [
    itemMark(list, 'first', 'label'),
    itemMark(list, 'last', 'label'),
  ]),
  itemMark('images', 'first', 'copyrightHolder'),
  extraMark('emails', { id: EXTRA, address: 'no address at all' }),
  extraMark('phones', { id: EXTRA, number: '016 99 99 99', kind: 'fax' }),
  extraMark('phones', { id: EXTRA, number: 'after six', kind: 'voice', label: TEXT }),
  extraMark('links', { id: EXTRA, uri: 'no uri at all', kind: 'contact' }),
  extraMark('images', { id: EXTRA, file: uuid(599) }),
  translationMark('name'),
  translationMark('description'),
  addressMark('street', LANGUAGE, { line1: TEXT, country: 'XX' }),
  addressMark('postal', LANGUAGE, { line1: TEXT, country: 'XX' }),
  addressFieldMark('street', 'county'),
  addressFieldMark('postal', 'county'),
  partMark('department', TEXT),
  partMark('note', TEXT),
  partMark('public', true),
  memberMark('identifiers', { scheme: 'mark', value: TEXT }),
  memberMark('labels', { name: 'mark', imported: true }),
  memberMark('contributors', 'mark@elders.example'),
  ...(['organization-contact', 'technical-contact', 'primary-contact', 'support'] as const).map(roleMark),
  ...(['title', 'note', 'language', 'notifyAt'] as const).map(personMark),
  personItemMark('emails', 'label'),
  personItemMark('phones', 'label'),
  personItemMark('phones', 'extension'),
  personNameMark('prefix'),
  elsewhereMark(),
]

function itemMark(list: ListName, which: 'first' | 'last', member: string): Mark {
  const at = which === 'first' ? 0 : -1
  return {
    name: `${member} of the ${which} of ${list}`,
    set: (dossier) => editedItem(dossier, list, at, member),
    isKept: ({ organization }, after) => {
      const carrier = (organization[list] as readonly Item[]).at(at)
      return isItemKept(after.organization[list], carrier?.id, member)
    },
  }
}

function editedItem(dossier: Dossier, list: ListName, at: number, member: string): Dossier {
  const items = dossier.organization[list] as readonly Item[]
  const carrier = items.at(at)
  return withPart(
    dossier,
    list,
    items.map((item) => (item === carrier ? { ...item, [member]: TEXT } : item)),
  )
}

function isItemKept(items: readonly Item[], id: string | undefined, member: string): boolean {
  const item = items.find((candidate) => candidate.id === id) as Record<string, unknown> | undefined
  return item === undefined || item[member] === TEXT
}

function extraMark(list: ListName, extra: Item & Readonly<Record<string, string>>): Mark {
  return {
    name: `one more of ${list}: ${JSON.stringify(extra)}`,
    set: (dossier) => {
      const [first, ...others] = dossier.organization[list] as readonly Item[]
      return withPart(dossier, list, first === undefined ? [extra] : [first, extra, ...others])
    },
    isKept: (_, { organization }) =>
      (organization[list] as readonly Item[]).some((item) => JSON.stringify(item) === JSON.stringify(extra)),
  }
}

function translationMark(part: 'name' | 'description'): Mark {
  return {
    name: `${part} in ${LANGUAGE}`,
    set: (dossier) => withPart(dossier, part, { ...dossier.organization[part], [LANGUAGE]: TEXT }),
    isKept: (_, { organization }) => organization[part][LANGUAGE] === TEXT,
  }
}

function addressMark(use: 'street' | 'postal', language: string, address: object): Mark {
  return {
    name: `${use} address in ${language}`,
    set: (dossier) => {
      const { addresses } = dossier.organization
      return withPart(dossier, 'addresses', {
        ...addresses,
        [use]: { ...addresses[use], [language]: address },
      })
    },
    isKept: (_, { organization }) => organization.addresses[use]?.[language]?.line1 === TEXT,
  }
}

function addressFieldMark(use: 'street' | 'postal', field: 'county'): Mark {
  const languageOf = (addresses: Addresses): string | undefined => Object.keys(addresses[use] ?? {})[0]
  return {
    name: `${field} of the ${use} address`,
    set: (dossier) => {
      const { addresses } = dossier.organization
      const language = languageOf(addresses)
      if (language === undefined) return dossier
      const address = { ...addresses[use]?.[language], [field]: TEXT }
      return withPart(dossier, 'addresses', {
        ...addresses,
        [use]: { ...addresses[use], [language]: address },
      })
    },
    isKept: (before, { organization }) => {
      const address = organization.addresses[use]?.[languageOf(before.organization.addresses) ?? '']
      return address === undefined || address[field] === TEXT
    },
  }
}

function partMark(part: 'department' | 'note' | 'public', value: string | boolean): Mark {
  return {
    name: part,
    set: (dossier) => withPart(dossier, part, value),
    isKept: (_, { organization }) => organization[part] === value,
  }
}

function memberMark(part: 'identifiers' | 'labels' | 'contributors', member: unknown): Mark {
  return {
    name: `one more of ${part}`,
    set: (dossier) => withPart(dossier, part, [...dossier.organization[part], member]),
    isKept: (_, { organization }) =>
      organization[part].some((other) => JSON.stringify(other) === JSON.stringify(member)),
  }
}

/** A role that nobody has, given to the first person: one that the view does not show stays. */
function roleMark(role: RoleName): Mark {
  return {
    name: `role ${role}`,
    set: (dossier) => {
      const { roles } = dossier.organization
      const person = dossier.people[0]
      if (person === undefined || roles[role] !== undefined) return dossier
      return withPart(dossier, 'roles', { ...roles, [role]: person.id })
    },
    isKept: (before, { organization, people }) => {
      const holder = before.organization.roles[role]
      return organization.roles[role] === holder || !people.some(({ id }) => id === holder)
    },
  }
}

function personMark(part: 'title' | 'note' | 'language' | 'notifyAt'): Mark {
  const value = part === 'notifyAt' ? '2030-01-01T00:00:00.000Z' : TEXT
  return ofFirstPerson(
    `${part} of a person`,
    (person) => ({ ...person, [part]: value }),
    (_, person) => person[part] === value,
  )
}

function personItemMark(list: 'emails' | 'phones', member: string): Mark {
  return ofFirstPerson(
    `${member} of the last of a person's ${list}`,
    (person) => ({
      ...person,
      [list]: person[list].map((item, at) =>
        at === person[list].length - 1 ? { ...item, [member]: TEXT } : item,
      ),
    }),
    (before, person) => isItemKept(person[list], before[list].at(-1)?.id, member),
  )
}

function personNameMark(component: 'prefix'): Mark {
  return ofFirstPerson(
    `${component} of a person's name`,
    (person) => ({ ...person, name: { ...person.name, [component]: TEXT } }),
    (_, person) => person.name[component] === TEXT,
  )
}

function ofFirstPerson(
  name: string,
  edit: (person: Person) => Person,
  isKept: (before: Person, after: Person) => boolean,
): Mark {
  return {
    name,
    set: (dossier) => {
      const [first, ...others] = dossier.people
      return first === undefined ? dossier : { ...dossier, people: [edit(first), ...others] }
    },
    isKept: (before, after) => {
      const [first] = before.people
      const same = after.people.find(({ id }) => id === first?.id)
      return first === undefined || same === undefined || isKept(first, same)
    },
  }
}

/** A facet of an API that this one does not know. */
function elsewhereMark(): Mark {
  return {
    name: 'facet of another dialect',
    set: (dossier) =>
      withPart(dossier, 'facets', { ...dossier.organization.facets, elsewhere: { mark: TEXT } }),
    isKept: (_, { organization }) => organization.facets['elsewhere']?.['mark'] === TEXT,
  }
}

function withPart(dossier: Dossier, part: keyof Organization, value: unknown): Dossier {
  return { ...dossier, organization: { ...dossier.organization, [part]: value } }
}
