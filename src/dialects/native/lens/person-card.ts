import { isSame, withOrganization, withPerson, withRole } from '../../../core/dossier.ts'
import { provisionalId } from '../../../core/items.ts'
import type { Lens } from '../../../core/lens.ts'
import type { Person } from '../../../core/person.ts'
import { blankPerson, PERSON_PARTS } from '../../../core/person.ts'
import { lastChange } from '../../../core/record.ts'
import type { Card, IdMap } from '../wire.ts'
import { KEYS, OWN, OWN_MEMBERS } from '../wire.ts'
import { EMAILS, itemsFrom, mapOf, PHONES } from './item-maps.ts'
import type { NativeFacet } from './kept.ts'
import { filledMap, keptOf, NATIVE, present, tables, withKept, without } from './kept.ts'
import { nameFrom, shownName } from './person-name.ts'
import { requireFixed, sentMembers, urnOf } from './sent.ts'

/** Every part that the Card of a person shows. */
export const PERSON_SHOWN: readonly string[] = [...PERSON_PARTS, `facets.${NATIVE}`]

/** The one person that a request names, as a Card of kind `individual`. Undefined when the organization has no such person. */
export const personCard: Lens<Card | undefined, Card> = {
  name: 'person',
  get: ({ people: [person] }) => person && cardOf(person),
  put: (dossier, input) => {
    const [person] = dossier.people
    return person === undefined ? dossier : withPerson(dossier, edited(person, input))
  },
  echo: (view) => view ?? {},
  reads: { organization: [], person: PERSON_SHOWN },
  writes: { organization: [], person: PERSON_SHOWN },
  people: 'focus',
}

/** People who were not there yet, added to those who are. */
export const newPeople: Lens<readonly Card[], readonly NewPerson[]> = {
  name: 'new people',
  get: ({ people }) => people.map(cardOf),
  put: (dossier, added) =>
    added.reduce(
      (all, { id, card }, at) =>
        withPerson(all, edited(blankPerson(id ?? provisionalId('people', at), dossier.organization), card)),
      dossier,
    ),
  echo: () => [],
  reads: { organization: [], person: PERSON_SHOWN },
  writes: { organization: [], person: PERSON_SHOWN },
  people: 'none',
}

export interface NewPerson {
  /** Where the writer chose it. */
  readonly id?: string
  readonly card: Card
}

/** Whether the person that a request names is there. Who goes leaves their roles empty. */
export const presence: Lens<'there' | 'gone', 'there' | 'gone'> = {
  name: 'presence',
  get: ({ people: [person] }) => (person === undefined ? 'gone' : 'there'),
  put: (dossier, input) => {
    const [person] = dossier.people
    if (person === undefined || input === 'there') return dossier
    const { organization } = dossier
    const roles = Object.entries(organization.roles)
      .filter(([, id]) => id === person.id)
      .reduce((left, [role]) => withRole(left, role as keyof typeof left, undefined), organization.roles)
    return withPerson(withOrganization(dossier, { roles }), { ...person, state: 'deleted' })
  },
  echo: (view) => view,
  reads: { organization: [], person: ['state'] },
  writes: { organization: ['roles'], person: ['state'] },
  people: 'focus',
}

export function cardOf(person: Person): Card {
  const kept = keptOf(person.facets)
  const { card = {}, forms = {} } = kept
  const { version, at } = lastChange(person, PERSON_SHOWN)
  const { id, number, created, title, language, note, notifyAt, organization } = person
  const others = (map: string) => card[map] as IdMap | undefined
  return present({
    '@type': 'Card',
    version: '1.0',
    uid: urnOf(id),
    kind: 'individual',
    created: created.at,
    updated: at,
    name: shownName(person.name, forms['name']),
    ...card,
    titles: filledMap({
      ...(title !== undefined && { [KEYS.title]: titleOf(title, kept) }),
      ...others('titles'),
    }),
    preferredLanguages: filledMap({
      ...(language !== undefined && {
        [KEYS.language]: { language, ...kept.extras?.['preferredLanguages']?.[KEYS.language] },
      }),
      ...others('preferredLanguages'),
    }),
    emails: filledMap(mapOf(person.emails, EMAILS, kept)),
    phones: filledMap(mapOf(person.phones, PHONES, kept)),
    [OWN_MEMBERS.number]: number === 0 ? undefined : number,
    [OWN_MEMBERS.version]: number === 0 ? undefined : version,
    [OWN_MEMBERS.organization]: urnOf(organization),
    [OWN_MEMBERS.note]: note,
    [OWN_MEMBERS.notifyAt]: notifyAt,
  }) as Card
}

function titleOf(name: string, { extras = {} }: NativeFacet) {
  return { name, ...extras['titles']?.[KEYS.title] }
}

const MODELLED = ['name', 'titles', 'preferredLanguages', 'emails', 'phones']

function edited(before: Person, input: Card): Person {
  const view = cardOf(before)
  if (before.version > 0) requireFixed(input, view)
  const sent = sentMembers(input)
  if (before.version > 0 && isSame(sent, sentMembers(view))) return before
  const kept = keptOf(before.facets)
  const { name, form } = nameFrom(input.name, before.name)
  const emails = itemsFrom(before.emails, input.emails ?? {}, EMAILS, view.emails ?? {}, kept)
  const phones = itemsFrom(before.phones, input.phones ?? {}, PHONES, view.phones ?? {}, kept)
  const { [KEYS.title]: title, ...titles } = input.titles ?? {}
  const { [KEYS.language]: preferred, ...preferredLanguages } = input.preferredLanguages ?? {}
  const facet: NativeFacet = {
    extras: tables({
      emails: emails.extras,
      phones: phones.extras,
      titles: tables({ [KEYS.title]: without(title ?? {}, ['@type', 'name']) }),
      preferredLanguages: tables({ [KEYS.language]: without(preferred ?? {}, ['@type', 'language']) }),
    }),
    forms: { ...(form && { name: form }) },
    card: tables({
      ...Object.fromEntries(
        Object.entries(sent).filter(([member]) => !MODELLED.includes(member) && !member.startsWith(OWN)),
      ),
      titles,
      preferredLanguages,
    }),
  }
  const own = (member: 'note' | 'notifyAt') => input[OWN_MEMBERS[member]] as string | undefined
  const { title: _, language: __, note: ___, notifyAt: ____, ...others } = before
  const notifyAt = own('notifyAt')
  return present({
    ...others,
    name,
    emails: emails.items,
    phones: phones.items,
    title: title?.['name'],
    language: preferred?.['language'],
    note: own('note'),
    notifyAt: notifyAt === undefined ? undefined : new Date(notifyAt).toISOString(),
    facets: withKept(before.facets, facet),
  }) as unknown as Person
}
