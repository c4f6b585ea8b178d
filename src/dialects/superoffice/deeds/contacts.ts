import type { Asker, Found, Outcome } from '../../../core/command.ts'
import type { Directory } from '../../../core/directory.ts'
import type { PutContext } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import { refused } from '../../../core/problem.ts'
import type { OrganizationKey } from '../../../core/store.ts'
import { contact } from '../lens/contact.ts'
import { withPreferences } from '../lens/draft.ts'
import { existence } from '../lens/existence.ts'
import { withMarks } from '../lens/interests.ts'
import type { ContactEntity } from '../wire/contact-entity.ts'
import type { ContactInput } from '../wire.ts'

// What is done with contacts, whichever door a client comes through: a REST route or an agent.

/** Preconditions of a write. @throws Problem precondition-failed */
export type Require = (organization: Organization, at: string) => void

/** @throws Problem not-found, forbidden */
export function findContact(asker: Asker, directory: Directory, key: OrganizationKey): Promise<Found> {
  return directory.find(asker, key, contact.people)
}

/** A new contact, with the preferred entries of the tenant where it names none. @throws Problem */
export function createContact(asker: Asker, directory: Directory, input: ContactInput): Promise<Outcome> {
  return directory.execute(asker, {
    lens: contact,
    target: 'new',
    input: (_, { catalogue }) => withPreferences(input, catalogue),
    permission: 'organizations.create',
  })
}

/** @param input a function where it is an edit of what is shown now. @throws Problem */
export function saveContact(
  asker: Asker,
  directory: Directory,
  target: OrganizationKey,
  input: ContactInput | ((view: ContactEntity, context: PutContext) => ContactInput),
  require?: Require,
): Promise<Outcome> {
  return directory.execute(asker, {
    lens: contact,
    target,
    input,
    permission: 'organizations.edit',
    ...(require !== undefined && { require: ({ organization }, { at }) => require(organization, at) }),
  })
}

/** @throws Problem */
export async function deleteContact(
  asker: Asker,
  directory: Directory,
  target: OrganizationKey,
  require?: Require,
): Promise<void> {
  await directory.execute(asker, {
    lens: existence,
    target,
    input: { isDeleted: true },
    permission: 'organizations.delete',
    ...(require !== undefined && { require: ({ organization }, { at }) => require(organization, at) }),
  })
}

/**
 * Makes a deleted contact one that is there again; one that was merged gets back what went over with the merge.
 * Nothing happens to one that is there.
 * @throws Problem not-found, forbidden, parts-forbidden, refused (merged-away)
 */
export async function undeleteContact(
  asker: Asker,
  directory: Directory,
  target: OrganizationKey,
): Promise<void> {
  const seeing = { ...asker, seesDeleted: true }
  const { dossier } = await directory.find(seeing, target, 'none')
  const { state, mergedInto } = dossier.organization
  if (state !== 'deleted') return
  if (mergedInto !== undefined) {
    await directory.unmerge(seeing, target)
    return
  }
  await directory.execute(seeing, {
    lens: existence,
    target,
    input: { isDeleted: false },
    permission: 'organizations.delete',
    require({ organization }) {
      // It was not when it was looked at.
      if (organization.mergedInto !== undefined) throw refused('merged-away')
    },
  })
}

/** Selects and deselects interests; an id in both lists is deselected. @throws Problem */
export function updateInterests(
  asker: Asker,
  directory: Directory,
  target: OrganizationKey,
  enabled: readonly number[],
  disabled: readonly number[],
): Promise<Outcome> {
  return saveContact(asker, directory, target, (view) => ({
    ...contact.echo(view),
    Interests: withMarks(view.Interests, enabled, disabled),
  }))
}
