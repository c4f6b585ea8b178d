import type { Dossier } from '../../../core/dossier.ts'
import { holderOf, isSame, withOrganization, withPerson, withRole } from '../../../core/dossier.ts'
import type { Footprint, Lens } from '../../../core/lens.ts'
import type { Person } from '../../../core/person.ts'
import type { ContactFields, ContactsInput, ContactsView, ContactType, ContactView } from '../wire.ts'
import { CONTACT_TYPES, ROLE_OF } from '../wire.ts'
import { contactOf, isSameContact, newPerson, withContact } from './contact.ts'

/** Parts that both contacts are made of. */
export const CONTACT_FOOTPRINT: Footprint = {
  organization: ['roles'],
  person: ['name', 'emails', 'phones', 'title', 'language', 'facets.digicert'],
}

/** The two contacts of an organization. @see specs/digicert.md 3 */
export const contacts: Lens<ContactsView, ContactsInput> = {
  name: 'contacts',
  get: contactsOf,
  put: withContacts,
  echo: ({ organization_contact, technical_contact }) => ({
    ...(organization_contact !== undefined && { organization_contact: fieldsOf(organization_contact) }),
    ...(technical_contact !== undefined && { technical_contact: fieldsOf(technical_contact) }),
  }),
  reads: CONTACT_FOOTPRINT,
  writes: {
    organization: CONTACT_FOOTPRINT.organization,
    person: [...CONTACT_FOOTPRINT.person, 'state', 'organization'],
  },
  people: 'role-holders',
}

export function contactsOf(dossier: Dossier): ContactsView {
  const view: Partial<Record<ContactType, ContactView>> = {}
  for (const type of CONTACT_TYPES) {
    const holder = holderOf(dossier, ROLE_OF[type])
    if (holder !== undefined) view[type] = contactOf(holder)
  }
  return view
}

/**
 * The dossier with the contacts that were sent, the organization contact first: in place where first name, last name
 * and e-mail are those of the current holder, else with a new person in the role. @see specs/digicert.md 3.1, 3.3
 */
export function withContacts(dossier: Dossier, sent: ContactsInput): Dossier {
  let after = dossier
  for (const type of CONTACT_TYPES) {
    const contact = sent[type]
    const holder = holderOf(dossier, ROLE_OF[type])
    if (contact === undefined) continue
    if (contact === 'removed') after = holder === undefined ? after : withHolder(after, type, undefined)
    else if (holder === undefined || !isSameContact(contactOf(holder), contact))
      after = withNew(after, type, contact)
    else if (type === 'organization_contact' || !isWritten(after, holder, sent)) {
      after = withPerson(after, withContact(holder, contact))
    } else if (!isSame(sent.organization_contact, contact)) after = withNew(after, type, contact)
  }
  return after
}

/** Whether the technical contact is also the organization contact, and this request has just written it as that. @see design §10.3.15 */
function isWritten({ organization }: Dossier, holder: Person, sent: ContactsInput): boolean {
  return sent.organization_contact !== undefined && organization.roles['organization-contact'] === holder.id
}

function withNew(dossier: Dossier, type: ContactType, fields: ContactFields): Dossier {
  const person = newPerson(dossier.organization, dossier.people.length, fields)
  return withHolder(withPerson(dossier, person), type, person.id)
}

function withHolder(dossier: Dossier, type: ContactType, person: string | undefined): Dossier {
  const roles = withRole(dossier.organization.roles, ROLE_OF[type], person)
  return roles === dossier.organization.roles ? dossier : withOrganization(dossier, { roles })
}

export function fieldsOf({ id: _, ...fields }: ContactView): ContactFields {
  return fields
}
