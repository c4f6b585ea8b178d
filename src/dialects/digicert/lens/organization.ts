import { withAddress } from '../../../core/address.ts'
import type { Dossier } from '../../../core/dossier.ts'
import { withOrganization } from '../../../core/dossier.ts'
import type { Lens, ViewContext } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import { mainName } from '../../../core/organization.ts'
import { clip, lengthOf } from '../../../core/text.ts'
import type { OrganizationFields, OrganizationInput, OrganizationRow, OrganizationView } from '../wire.ts'
import { BOTH_NAMES_LIMIT, CHOICES, LIMITS } from '../wire.ts'
import { newAddressOf, placeOf } from './address.ts'
import { CONTACT_FOOTPRINT, contacts, contactsOf, fieldsOf, withContacts } from './contacts.ts'
import { organizationFacet, withMembers } from './facet.ts'
import { OF_ORGANIZATION, telephoneOf, withTelephone } from './telephone.ts'
import { verifiedContactsOf, withValidations } from './validations.ts'

const DETAILS = ['name', 'addresses', 'phones', 'facets.digicert'] as const

/** An organization with its contacts. The API has no route that edits its details: they are put on create only. */
export const organization: Lens<OrganizationView, OrganizationInput> = {
  name: 'organization',
  get: viewOf,
  put: withDetails,
  echo: echoOf,
  reads: {
    organization: ['state', 'language', ...DETAILS, ...CONTACT_FOOTPRINT.organization],
    person: CONTACT_FOOTPRINT.person,
  },
  writes: {
    organization: [...DETAILS, ...CONTACT_FOOTPRINT.organization],
    person: contacts.writes.person,
  },
  people: 'role-holders',
}

function viewOf(dossier: Dossier, context: ViewContext): OrganizationView {
  const verified_contacts = verifiedContactsOf(dossier.organization)
  return {
    ...rowOf(dossier.organization, context),
    ...contactsOf(dossier),
    ...(verified_contacts.length > 0 && { verified_contacts }),
  }
}

/** An organization as lists show it: without contacts. @see specs/digicert.md 2.1 */
export function rowOf(record: Organization, { catalogue }: ViewContext): OrganizationRow {
  const { name, assumed_name, ...fields } = detailsOf(record)
  const isActive = record.state === 'active'
  return {
    id: record.number,
    status: isActive ? 'active' : 'inactive',
    name,
    ...(assumed_name !== undefined && { assumed_name }),
    display_name: assumed_name === undefined ? name : `${name} (${assumed_name})`,
    is_active: isActive,
    ...fields,
    container: {
      id: catalogue.tenant.number,
      parent_id: CHOICES.parentContainer,
      name: catalogue.tenant.name,
      is_active: true,
    },
  }
}

function detailsOf(record: Organization): OrganizationFields {
  const { assumedName } = organizationFacet(record.facets)
  const telephone = telephoneOf(record, OF_ORGANIZATION)?.number
  return {
    name: shownName(mainName(record), assumedName),
    ...(assumedName !== undefined && { assumed_name: assumedName }),
    ...placeOf(record),
    ...(telephone !== undefined && { telephone }),
  }
}

function echoOf(view: OrganizationView): OrganizationInput {
  const { id: _, status: __, display_name: ___, is_active: ____, container: _____, ...members } = view
  const { organization_contact, technical_contact, verified_contacts: ______, ...fields } = members
  return {
    ...fields,
    ...(organization_contact !== undefined && { organization_contact: fieldsOf(organization_contact) }),
    ...(technical_contact !== undefined && { technical_contact: fieldsOf(technical_contact) }),
  }
}

function withDetails(dossier: Dossier, input: OrganizationInput): Dossier {
  const { organization_contact, technical_contact, validations = [], ...fields } = input
  const called = withTelephone(dossier.organization, fields.telephone, OF_ORGANIZATION)
  const { language, addresses } = called
  const name = mainName(called)
  // A name that is shown clipped and sent back so stays whole, unless another assumed name leaves it more room.
  const isKept = name !== '' && shownName(name, fields.assumed_name) === fields.name
  const isAssumed = organizationFacet(called.facets).assumedName === fields.assumed_name
  const address = newAddressOf(called, fields)
  const edits: Partial<Organization> = {
    ...(!isKept && { name: { ...called.name, [language]: fields.name } }),
    ...(!isAssumed && { facets: withMembers(called.facets, { assumedName: fields.assumed_name }) }),
    ...(address !== undefined && { addresses: withAddress(addresses, 'street', language, address) }),
  }
  const answered = withContacts(withOrganization(dossier, { ...called, ...edits }), {
    ...(organization_contact !== undefined && { organization_contact }),
    ...(technical_contact !== undefined && { technical_contact }),
  })
  return validations.length === 0 ? answered : withValidations(answered, validations)
}

function shownName(name: string, assumed: string | undefined): string {
  return clip(name, assumed === undefined ? LIMITS.name : Math.max(1, BOTH_NAMES_LIMIT - lengthOf(assumed)))
}
