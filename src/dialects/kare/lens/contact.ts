import type { Dossier } from '../../../core/dossier.ts'
import { withPerson } from '../../../core/dossier.ts'
import type { Lens } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import type { Person } from '../../../core/person.ts'
import { renamed } from '../../../core/person.ts'
import { lastChange } from '../../../core/record.ts'
import { edited } from '../../../core/text.ts'
import type { ContactInput, ContactView } from '../wire/contact.ts'
import { LIMITS } from '../wire.ts'
import { reachOf, withReach } from './reach.ts'
import { clipUnits, shownNote, withNote } from './text.ts'

/** Parts of a person that a contact is made of. */
export const CONTACT_PARTS = ['name', 'emails', 'phones', 'note', 'notifyAt', 'facets.kare'] as const

/** The one contact that a request names; nothing when the company has no such contact. @see specs/kare.md 4 */
export const contact: Lens<ContactView | undefined, ContactInput | undefined> = {
  name: 'contact',
  get: ({ organization, people: [person] }) =>
    person === undefined ? undefined : contactOf(organization, person),
  put: withContact,
  echo: (view) => (view === undefined ? undefined : inputOf(view)),
  reads: { organization: [], person: ['state', ...CONTACT_PARTS] },
  writes: { organization: [], person: CONTACT_PARTS },
  people: 'focus',
}

export function contactOf(organization: Organization, person: Person): ContactView {
  return {
    id: person.number,
    name: clipUnits(person.name.full, LIMITS.name),
    ...reachOf(person),
    comment: shownNote(person) ?? null,
    companyId: organization.number,
    notifyAt: person.notifyAt ?? null,
    updatedAt: lastChange(person, CONTACT_PARTS).at,
    createdAt: person.created.at,
  }
}

/** What a client that read this would send to leave all as it is. */
export function inputOf({ name, email, phones, comment, notifyAt }: ContactView): ContactInput {
  return { notify: notifyAt !== null, name, email, phones, comment }
}

/** The person with everything that is shown replaced. @param at when a reminder that is switched on falls due */
export function withFields(person: Person, input: ContactInput, at: string): Person {
  const full = edited(person.name.full, clipUnits(person.name.full, LIMITS.name), input.name)
  const named = full === person.name.full ? person : { ...person, name: renamed(person.name, full) }
  return withReach(withNote(withNotice(named, input.notify ? at : undefined), input.comment), input)
}

function withContact(dossier: Dossier, input: ContactInput | undefined, context: { at: string }): Dossier {
  const [person] = dossier.people
  if (person === undefined || input === undefined) return dossier
  return withPerson(dossier, withFields(person, input, context.at))
}

/** Switched on it keeps the date that it has, switched off it has none. @see specs/kare.md 4 (4) */
function withNotice(person: Person, at: string | undefined): Person {
  if (at === undefined) {
    const { notifyAt, ...unnoticed } = person
    return notifyAt === undefined ? person : unnoticed
  }
  return person.notifyAt === undefined ? { ...person, notifyAt: at } : person
}
