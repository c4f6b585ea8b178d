import type { Dossier } from '../../../core/dossier.ts'
import { holderOf, withPerson, withRole } from '../../../core/dossier.ts'
import { provisionalId } from '../../../core/items.ts'
import type { Lens, PutContext, ViewContext } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import { mainName } from '../../../core/organization.ts'
import type { Person } from '../../../core/person.ts'
import { blankPerson } from '../../../core/person.ts'
import { lastChange } from '../../../core/record.ts'
import { edited, isBlank } from '../../../core/text.ts'
import type { CompanyInput, CompanyView } from '../wire/company.ts'
import { CHOICES, LIMITS, SHOWN_AS } from '../wire.ts'
import { archivedAtOf } from './archive.ts'
import { withFields } from './contact.ts'
import { companyFacet, withMembers } from './facet.ts'
import { labelsOf, withLabelIds } from './labels.ts'
import { locationOf, withLocation } from './location.ts'
import { reachOf, withReach } from './reach.ts'
import { clipUnits, shownNote, withNote } from './text.ts'

const REACH_PARTS = ['emails', 'phones'] as const
const PARTS = ['state', 'language', 'name', 'note', 'addresses', 'roles', 'labels', 'facets.kare'] as const
const PARTS_OF_PRIMARY = [...REACH_PARTS, 'facets.kare'] as const

/**
 * A company, whose e-mail and phones are those of its primary contact; without one, its own. Only a create makes a
 * primary contact. @see specs/kare.md 2.3 and design §10.3.16
 */
export const company: Lens<CompanyView, CompanyInput> = {
  name: 'company',
  get: viewOf,
  put: withDetails,
  echo: inputOfCompany,
  reads: { organization: [...PARTS, ...REACH_PARTS], person: ['state', ...PARTS_OF_PRIMARY] },
  writes: {
    organization: ['name', 'note', 'roles', 'labels', 'facets.kare', ...REACH_PARTS],
    person: ['state', 'organization', 'name', 'note', 'notifyAt', ...PARTS_OF_PRIMARY],
  },
  people: 'role-holders',
}

function viewOf(dossier: Dossier, context: ViewContext): CompanyView {
  const { organization } = dossier
  const primary = primaryOf(dossier)
  const { type, establishmentIds = [], technicalInstallationIds = [] } = companyFacet(organization)
  return {
    id: organization.number,
    name: shownName(organization),
    type: type ?? SHOWN_AS.type,
    location: locationOf(organization),
    comment: shownNote(organization) ?? null,
    organizationId: context.catalogue.tenant.number,
    archivedAt: archivedAtOf(organization) ?? null,
    createdAt: organization.created.at,
    updatedAt: updatedAtOf(organization, primary, context),
    ...reachOf(primary ?? organization),
    primaryContactId: primary?.number ?? null,
    establishmentIds,
    technicalInstallationIds,
    labels: labelsOf(organization, context),
  }
}

/** What a client that read this would send to leave all as it is. */
export function inputOfCompany(view: CompanyView): CompanyInput {
  const { name, type, location, comment, email, phones, establishmentIds, technicalInstallationIds } = view
  const labelIds = view.labels.map(({ id }) => id)
  return {
    name,
    type,
    location,
    comment,
    email,
    phones,
    establishmentIds,
    technicalInstallationIds,
    labelIds,
  }
}

/** The contact through whom a company is reached. */
export function primaryOf(dossier: Dossier): Person | undefined {
  return holderOf(dossier, 'primary-contact')
}

export function shownName(organization: Organization): string {
  return clipUnits(mainName(organization), LIMITS.name)
}

function withDetails(dossier: Dossier, input: CompanyInput, context: PutContext): Dossier {
  const isNew = dossier.organization.version === 0
  const detailed = withLabelIds(
    withLocation(
      withNote(withOwn(withName(dossier.organization, input), input), input.comment),
      input.location,
    ),
    input.labelIds,
    context,
  )
  const after = { ...dossier, organization: detailed }
  if (isNew) return withNewPrimary(after, input, context)
  const primary = primaryOf(after)
  if (primary !== undefined) return withPerson(after, withReach(primary, input))
  return { ...after, organization: withReach(detailed, input) }
}

/** Another main name; a blank one was not meant to be one. @see design §10.3.9 */
function withName(organization: Organization, { name: sent }: CompanyInput): Organization {
  const { name, language } = organization
  const after = edited(mainName(organization), shownName(organization), sent)
  if (isBlank(sent) || after === mainName(organization)) return organization
  return { ...organization, name: { ...name, [language]: after } }
}

/** What nobody but Kare has a place for. The type of a new company is kept even where it is the one shown without. */
function withOwn(organization: Organization, input: CompanyInput): Organization {
  const { type = SHOWN_AS.type } = companyFacet(organization)
  const facets = withMembers(organization.facets, {
    ...((organization.version === 0 || input.type !== type) && { type: input.type }),
    establishmentIds: distinct(input.establishmentIds),
    technicalInstallationIds: distinct(input.technicalInstallationIds),
  })
  return { ...organization, facets }
}

function withNewPrimary(dossier: Dossier, input: CompanyInput, { at }: PutContext): Dossier {
  const { organization, people } = dossier
  const blank = blankPerson(provisionalId('people', people.length), organization)
  const { name, email, phones } = input
  const person = withFields(blank, { ...CHOICES.newPrimaryContact, name, email, phones }, at)
  const roles = withRole(organization.roles, 'primary-contact', person.id)
  return withPerson({ ...dossier, organization: { ...organization, roles } }, person)
}

/** The last change of anything that the reader sees. */
function updatedAtOf(
  organization: Organization,
  primary: Person | undefined,
  { grant }: ViewContext,
): string {
  const parts = primary === undefined ? [...PARTS, ...REACH_PARTS] : PARTS
  const readable = grant.isFull ? parts : parts.filter((part) => grant.rightTo(part) !== 'none')
  const { at } = lastChange(organization, readable)
  const ofPrimary = primary === undefined ? '' : lastChange(primary, PARTS_OF_PRIMARY).at
  return ofPrimary > at ? ofPrimary : at
}

function distinct(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)]
}
