import type { Address } from '../../../core/address.ts'
import { editedAddress, withAddress } from '../../../core/address.ts'
import type { Dossier } from '../../../core/dossier.ts'
import { isSame, withOrganization } from '../../../core/dossier.ts'
import type { Lens, ViewContext } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import { mainName } from '../../../core/organization.ts'
import { clip, edited, lengthOf } from '../../../core/text.ts'
import type { OrganizationFields, OrganizationInput, OrganizationRow, OrganizationView } from '../wire.ts'
import { BOTH_NAMES_LIMIT, CHOICES, LIMITS, SHOWN_AS } from '../wire.ts'
import { CONTACT_FOOTPRINT, contacts, contactsOf, fieldsOf, withContacts } from './contacts.ts'
import { organizationFacet, withMembers } from './facet.ts'
import { OF_ORGANIZATION, telephoneOf, withTelephone } from './telephone.ts'

const DETAILS = ['name', 'addresses', 'phones', 'facets.digicert'] as const

/** An organization with its contacts. The API has no route that edits its details: they are put on create only. */
export const organization: Lens<OrganizationView, OrganizationInput> = {
  name: 'organization',
  get: (dossier, context) => ({ ...rowOf(dossier.organization, context), ...contactsOf(dossier) }),
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
  const address = addressOf(record)
  const { assumedName } = organizationFacet(record.facets)
  const address2 = clip(address.line2 ?? '', LIMITS.address2)
  const telephone = telephoneOf(record, OF_ORGANIZATION)?.number
  return {
    name: shownName(mainName(record), assumedName),
    ...(assumedName !== undefined && { assumed_name: assumedName }),
    address: clip(address.line1 ?? SHOWN_AS.address, LIMITS.address),
    ...(address2 !== '' && { address2 }),
    city: clip(address.city ?? SHOWN_AS.city, LIMITS.city),
    state: clip(address.region ?? SHOWN_AS.state, LIMITS.state),
    zip: shownZip(address.postalCode),
    country: shownCountry(address.country),
    ...(telephone !== undefined && { telephone }),
  }
}

function echoOf(view: OrganizationView): OrganizationInput {
  const { id: _, status: __, display_name: ___, is_active: ____, container: _____, ...members } = view
  const { organization_contact, technical_contact, ...fields } = members
  return {
    ...fields,
    ...(organization_contact !== undefined && { organization_contact: fieldsOf(organization_contact) }),
    ...(technical_contact !== undefined && { technical_contact: fieldsOf(technical_contact) }),
  }
}

function withDetails(dossier: Dossier, input: OrganizationInput): Dossier {
  const { organization_contact, technical_contact, ...fields } = input
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
  return withContacts(withOrganization(dossier, { ...called, ...edits }), {
    ...(organization_contact !== undefined && { organization_contact }),
    ...(technical_contact !== undefined && { technical_contact }),
  })
}

/** The main street address with what was sent, or undefined when that says nothing new. */
function newAddressOf(record: Organization, sent: OrganizationFields): Address | undefined {
  const stored = addressOf(record)
  const shown = detailsOf(record)
  const address = editedAddress(stored, {
    line1: edited(stored.line1, shown.address, sent.address),
    line2: edited(stored.line2, shown.address2, sent.address2),
    city: edited(stored.city, shown.city, sent.city),
    region: edited(stored.region, shown.state, sent.state),
    postalCode: edited(stored.postalCode, shown.zip, sent.zip),
    country: sent.country === shown.country ? stored.country : sent.country.toUpperCase(),
  })
  return address === undefined || isSame(address, stored) ? undefined : address
}

/** The street address in the main language. */
function addressOf({ addresses, language }: Organization): Address {
  return addresses.street?.[language] ?? {}
}

function shownName(name: string, assumed: string | undefined): string {
  return clip(name, assumed === undefined ? LIMITS.name : Math.max(1, BOTH_NAMES_LIMIT - lengthOf(assumed)))
}

/** A code is shown whole or not at all. */
function shownZip(code: string | undefined): string {
  return code === undefined || lengthOf(code) > LIMITS.zip ? SHOWN_AS.zip : code
}

const COUNTRY_FORM = /^[a-z]{2}$/i

function shownCountry(country: string | undefined): string {
  return country === undefined || !COUNTRY_FORM.test(country) ? SHOWN_AS.country : country.toLowerCase()
}
