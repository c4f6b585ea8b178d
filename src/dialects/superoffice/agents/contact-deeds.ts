import {
  createContact,
  deleteContact,
  saveContact,
  undeleteContact,
  updateInterests,
} from '../deeds/contacts.ts'
import { idIn, readEntity } from '../entity.ts'
import { withDatesAsShown } from '../misread-dates.ts'
import { keyOf } from '../paths.ts'
import { INTERESTS_LIMIT, WHEN_ABSENT, WHEN_ABSENT_ON_CREATE } from '../wire.ts'
import { argument, flagArgument, idsArgument, keyArgument } from './arguments.ts'
import type { Methods } from './contact-agent.ts'
import { entityAnswer } from './contact-questions.ts'

/** What writes. */
export const CONTACT_DEEDS: Methods = {
  /** The entity is the body; one without an id is a new contact. */
  async SaveContactEntity({ given, request: { asker, headers }, services: { directory } }) {
    const entity = argument(given, 'entity') ?? given.body
    const id = idIn(entity)
    const saved =
      id === 0
        ? await createContact(asker, directory, readEntity(entity, WHEN_ABSENT_ON_CREATE))
        : await saveContact(
            asker,
            directory,
            keyOf(asker.tenant, String(id)),
            withDatesAsShown(readEntity(entity, WHEN_ABSENT), headers),
          )
    return entityAnswer(saved)
  },

  async DeleteContactEntity({ given, request: { asker }, services: { directory } }) {
    await deleteContact(asker, directory, keyArgument(given, 'ContactEntityId', asker.tenant))
    return undefined
  },

  async Undelete({ given, request: { asker }, services: { directory } }) {
    await undeleteContact(asker, directory, keyArgument(given, 'id', asker.tenant))
    return undefined
  },

  async Merge({ given, request: { asker }, services: { directory } }) {
    await directory.merge(asker, {
      source: keyArgument(given, 'sourceContactId', asker.tenant),
      destination: keyArgument(given, 'destinationContactId', asker.tenant),
      mergesIdenticalPeople: flagArgument(given, 'mergeIdenticalPersons'),
      fillsEmpty: flagArgument(given, 'replaceEmptyFieldsOnDestination'),
    })
    return undefined
  },

  async UpdateInterests({ given, request: { asker }, services: { directory } }) {
    const target = keyArgument(given, 'contactId', asker.tenant)
    const enabled = idsArgument(given, 'enableInterestIds', INTERESTS_LIMIT)
    const disabled = idsArgument(given, 'disableInterestIds', INTERESTS_LIMIT)
    await updateInterests(asker, directory, target, enabled, disabled)
    return undefined
  },
}
