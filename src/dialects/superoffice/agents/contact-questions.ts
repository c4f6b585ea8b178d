import type { Found } from '../../../core/command.ts'
import { findContact } from '../deeds/contacts.ts'
import { inCountry, violationsIn } from '../deeds/judgements.ts'
import { simpleIn, simplesOf, summaryOf } from '../deeds/summaries.ts'
import { contact } from '../lens/contact.ts'
import { drafted } from '../lens/draft.ts'
import { rightsOf } from '../rights.ts'
import type { ContactEntity } from '../wire/contact-entity.ts'
import { idsIn, integerArgument, keyArgument, required } from './arguments.ts'
import type { Answer, Call, Methods } from './contact-agent.ts'

/** Contacts that one GetContactList tells of. */
const CONTACTS_LIMIT = 1000

/** What reads, and writes nothing. */
export const CONTACT_QUESTIONS: Methods = {
  CreateDefaultContactEntity: async ({ request, services }) =>
    entityAnswer(drafted(services.directory.draft(request.asker))),

  GetContactEntity: async (call) => entityAnswer(await foundBy(call, 'contactEntityId')),

  GetContactWithPersons: async (call) => entityAnswer(await foundBy(call, 'contactId')),

  GetContact: async (call) => ({ root: 'Contact', value: simpleIn(await foundBy(call, 'contactId')) }),

  /** In the order asked for, without those that are not there or may not be read. */
  async GetContactList({ given, request: { asker }, services: { directory } }) {
    const asked = Array.isArray(given.body) ? given.body : required(given, 'contactIds', 'System.Int32[]')
    const value = await simplesOf(idsIn(asked, 'contactIds', CONTACTS_LIMIT), asker, directory)
    return { root: 'ArrayOfContact', value }
  },

  async GetPersons(call) {
    const { dossier, context } = await foundBy(call, 'contactId')
    return { root: 'ArrayOfPerson', value: contact.get(dossier, context).Persons }
  },

  async GetAddress(call) {
    const { dossier, context } = await foundBy(call, 'contactId')
    return { root: 'Address', value: contact.get(dossier, context).Address }
  },

  async GetContactSummary(call) {
    integerArgument(call.given, 'limit')
    return { root: 'ContactSummary', value: summaryOf(await foundBy(call, 'contactId')) }
  },

  async ValidateContactEntity({ given, request: { asker }, services: { directory, now } }) {
    const entity = required(given, 'contactEntity', 'ContactEntity')
    return { root: 'Dictionary', value: await violationsIn(entity, asker, directory, now()) }
  },

  async ChangeCountry({ given, request: { asker }, services: { directory, now } }) {
    const entity = required(given, 'contactEntity', 'ContactEntity')
    const country = integerArgument(given, 'toCountryId')
    const found = await inCountry(entity, country, asker, directory, now())
    return entityAnswer(found, found.entity)
  },
}

/** The entity as agents tell it: without links. */
export function entityAnswer(
  { dossier, context }: Found,
  entity: ContactEntity = contact.get(dossier, context),
): Answer {
  return { root: 'ContactEntity', value: { ...entity, ...rightsOf(context.grant, context) } }
}

function foundBy({ given, request: { asker }, services: { directory } }: Call, name: string): Promise<Found> {
  return findContact(asker, directory, keyArgument(given, name, asker.tenant))
}
