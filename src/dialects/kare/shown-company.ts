import type { Found } from '../../core/command.ts'
import type { People } from '../../core/dossier.ts'
import { companyActions, updatableFieldsOf } from './actions.ts'
import { company } from './lens/company.ts'
import { contactOf } from './lens/contact.ts'
import type {
  CompanyExtension,
  EmbeddedContact,
  SavedCompany,
  ShownCompany,
  TechnicalInstallationView,
} from './wire/company.ts'
import { SHOWN_AS } from './wire.ts'

/** A company as creates and updates answer it. @see specs/kare.md 2.3 */
export function savedCompany({ dossier, context }: Found): SavedCompany {
  const view = company.get(dossier, context)
  const { id, name, type, location, comment, organizationId, archivedAt, createdAt, updatedAt } = view
  return { id, name, type, location, comment, organizationId, archivedAt, createdAt, updatedAt }
}

/** A company as reads answer it, with what is asked for besides. @see specs/kare.md 2.3, 3.1 */
export function shownCompany(
  { dossier, context }: Found,
  extend: ReadonlySet<CompanyExtension>,
): ShownCompany & Readonly<Record<string, unknown>> {
  const view = company.get(dossier, context)
  const { id, name, type, location, comment, archivedAt, email, phones, primaryContactId } = view
  const { establishmentIds, technicalInstallationIds, labels } = view
  return {
    id,
    name,
    type,
    location,
    comment,
    archivedAt,
    email,
    phones,
    primaryContactId,
    ...(extend.has('technical-installations') && {
      technicalInstallations: technicalInstallationIds.map(installationOf),
    }),
    ...(extend.has('labels') && { labels }),
    ...(extend.has('contacts') && {
      contacts: dossier.people.map((person) => embedded(contactOf(dossier.organization, person))),
    }),
    establishmentIds,
    ...(extend.has('actions-info') && { actions: companyActions(dossier, context) }),
    ...(extend.has('updatable-fields') && { updatableFields: updatableFieldsOf(dossier, context) }),
  }
}

/** Whom a read has to load. */
export function peopleFor(extend: ReadonlySet<CompanyExtension>): People {
  return extend.has('contacts') ? 'all' : company.people
}

function embedded({ id, name, email, phones, comment, notifyAt }: EmbeddedContact): EmbeddedContact {
  return { id, name, email, phones, comment, notifyAt }
}

function installationOf(id: number): TechnicalInstallationView {
  return { id, ...SHOWN_AS.technicalInstallation }
}
