import type { Dossier } from '../../core/dossier.ts'
import type { ViewContext } from '../../core/lens.ts'
import { archivedAtOf } from './lens/archive.ts'
import { primaryOf } from './lens/company.ts'
import type { UpdatableFields } from './wire/company.ts'
import type { Actions } from './wire/contact.ts'

const NONE: Actions = { canBeUpdated: false, canBeDeleted: false }

/** What the reader may do to a company now. */
export function companyActions({ organization }: Dossier, { grant }: ViewContext): Actions {
  if (archivedAtOf(organization) !== undefined || !grant.may('organizations.edit')) return NONE
  const canBeDeleted = ['state', 'facets.kare'].every((part) => grant.rightTo(part) === 'write')
  return { canBeUpdated: true, canBeDeleted }
}

/** What the reader may do to each contact of a company now, by its id. */
export function contactActions(dossier: Dossier, { grant }: ViewContext): (id: number) => Actions {
  const { organization, people } = dossier
  if (archivedAtOf(organization) !== undefined || !grant.may('people.edit')) return () => NONE
  const toRoles = grant.rightTo('roles')
  const holders = new Set(Object.values(organization.roles))
  const byNumber = new Map(people.map((person) => [person.number, person]))
  return (id) => {
    const person = byNumber.get(id)
    if (person === undefined || !grant.edits(person)) return NONE
    // Whoever goes leaves their roles.
    const canBeDeleted = holders.has(person.id) ? toRoles === 'write' : toRoles !== 'none'
    return { canBeUpdated: true, canBeDeleted }
  }
}

/** Which members of an update the reader may send to some effect. */
export function updatableFieldsOf(dossier: Dossier, context: ViewContext): UpdatableFields {
  const { grant } = context
  const { canBeUpdated } = companyActions(dossier, context)
  const mayWrite = (part: string) => canBeUpdated && grant.rightTo(part) === 'write'
  const primary = primaryOf(dossier)
  const mayReach = (part: string) =>
    primary === undefined ? mayWrite(part) : canBeUpdated && grant.edits(primary)
  const isOwn = mayWrite('facets.kare')
  return {
    name: mayWrite('name'),
    type: isOwn,
    location: isOwn,
    comment: mayWrite('note'),
    email: mayReach('emails'),
    phones: mayReach('phones'),
    establishmentIds: isOwn,
    labelIds: mayWrite('labels'),
    technicalInstallationIds: isOwn,
  }
}
