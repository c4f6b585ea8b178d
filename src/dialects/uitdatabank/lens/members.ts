import type { Footprint, Lens } from '../../../core/lens.ts'
import type { Organization } from '../../../core/organization.ts'
import type { AddressView } from '../wire.ts'
import { addressesOf, withAddresses } from './addresses.ts'
import { shownUri, websiteRules } from './contact-point.ts'
import { educationOf, withEducation, withStanding } from './facet-edits.ts'
import { namesOf, translationsOf, withNames, withTranslation } from './names.ts'
import { withWebsite } from './organizer.ts'
import { withPublicMark } from './public-mark.ts'

/** A lens on one member of the document. Undefined = it is not there, or shall go. */
type MemberLens<Value> = Lens<Value | undefined, Value | undefined>

/** The name in one language; nothing removes a name. */
export function nameIn(language: string): MemberLens<string> {
  return member('name', ['name'], {
    get: (organization) => namesOf(organization)[language],
    put: (organization, text) =>
      text === undefined
        ? organization
        : { ...organization, name: withNames(organization, { [language]: text }) },
  })
}

export function descriptionIn(language: string): MemberLens<string> {
  return member('description', ['description'], {
    get: ({ description }) => translationsOf(description)[language],
    put: (organization, text) => ({
      ...organization,
      description: withTranslation(organization.description, language, text),
    }),
  })
}

export function educationalDescriptionIn(language: string): MemberLens<string> {
  return member('educational-description', [], {
    get: (organization) => translationsOf(educationOf(organization))[language],
    put: (organization, text) =>
      withEducation(organization, withTranslation(educationOf(organization), language, text)),
  })
}

/** The address in one language. */
export function addressIn(language: string): MemberLens<AddressView> {
  return member('address', ['addresses'], {
    get: ({ addresses }) => addressesOf(addresses)[language],
    put: (organization, address) => ({
      ...organization,
      addresses: withAddresses(organization.addresses, address === undefined ? {} : { [language]: address }),
    }),
  })
}

/** Whether there is an address in any language: it can only be taken away, with its coordinates. */
export const anyAddress: MemberLens<true> = member('any-address', ['addresses'], {
  get: ({ addresses }) => (Object.keys(addressesOf(addresses)).length > 0 ? true : undefined),
  put: (organization, isKept) =>
    isKept ? organization : { ...organization, addresses: withAddresses(organization.addresses, undefined) },
})

/** The website. @throws Problem key-taken */
export const url: MemberLens<string> = {
  ...member('url', ['links'], {
    get: ({ links }) => {
      const website = links.find(websiteRules.isShown)
      return website === undefined ? undefined : shownUri(website)
    },
    put: (organization, address) =>
      address === undefined ? organization : withWebsite(organization, address),
  }),
  takenWebsite: 'refuse',
}

/** Whether it is deleted. There is no way back. @see specs/uitdatabank.md 4.3 */
export const existence: Lens<boolean, boolean> = {
  name: 'existence',
  get: ({ organization }) => organization.state !== 'deleted',
  put: (dossier, exists) => {
    const { organization } = dossier
    if (exists || organization.state === 'deleted') return dossier
    return { ...dossier, organization: { ...organization, state: 'deleted' } }
  },
  echo: (exists) => exists,
  reads: { organization: ['state'], person: [] },
  writes: { organization: ['state'], person: [] },
  people: 'none',
}

function member<Value>(
  name: string,
  parts: readonly string[],
  lens: {
    readonly get: (organization: Organization) => Value | undefined
    readonly put: (organization: Organization, value: Value | undefined) => Organization
  },
): MemberLens<Value> {
  const reads: Footprint = { organization: [...parts, 'language', 'facets.uitdatabank'], person: [] }
  return {
    name,
    get: ({ organization }) => lens.get(organization),
    put: (dossier, value) => {
      const before = dossier.organization
      const after = lens.put(before, value)
      return { ...dossier, organization: withPublicMark(before, withStanding(before, after)) }
    },
    echo: (value) => value,
    reads,
    writes: { organization: [...parts, 'facets.uitdatabank', 'public'], person: [] },
    people: 'none',
  }
}
