import type { Dossier } from '../../../core/dossier.ts'
import { withPerson } from '../../../core/dossier.ts'
import { provisionalId } from '../../../core/items.ts'
import type { Lens, Sight } from '../../../core/lens.ts'
import { blankPerson } from '../../../core/person.ts'
import type { ContactView, NewContact } from '../wire/contact.ts'
import { CONTACT_PARTS, contactOf, withFields } from './contact.ts'

/** All contacts of a company, by id. @see specs/kare.md 3.1 */
export const contactList: Sight<readonly ContactView[]> = {
  name: 'contact-list',
  get: ({ organization, people }) => people.map((person) => contactOf(organization, person)),
  reads: { organization: [], person: ['state', ...CONTACT_PARTS] },
  people: 'all',
}

/** Contacts to be added: those that are there are neither loaded nor touched. @see specs/kare.md 4, POST contacts */
export const newContacts: Lens<readonly ContactView[], readonly NewContact[]> = {
  ...contactList,
  name: 'new-contacts',
  put: (dossier, input, { at }) => input.reduce((before, sent) => withNew(before, sent, at), dossier),
  echo: () => [],
  writes: { organization: [], person: [...CONTACT_PARTS, 'state', 'organization'] },
  people: 'none',
}

function withNew(dossier: Dossier, sent: NewContact, at: string): Dossier {
  const { organization, people } = dossier
  const blank = blankPerson(provisionalId('people', people.length), organization)
  const { email = null, phones = [], comment = null, ...rest } = sent
  return withPerson(dossier, withFields(blank, { ...rest, email, phones, comment }, at))
}
