import type { Addresses } from './address.ts'
import type { Facets } from './facet.ts'
import type { Email, Identifier, Image, Label, Link, Phone } from './items.ts'
import type { Identity } from './record.ts'

/** Language tag (BCP 47) → text. The order of the keys is content. */
export type Translations = Readonly<Record<string, string>>

/** What a person can answer for. */
export type RoleName = 'organization-contact' | 'technical-contact' | 'primary-contact' | 'support'

export type OrganizationState = 'active' | 'inactive' | 'deleted'

/** Everything about an organization that is shown, written and granted. */
export interface OrganizationParts {
  readonly state: OrganizationState
  /** Main language. */
  readonly language: string
  /** The text in the main language is never blank. */
  readonly name: Translations
  readonly department?: string
  readonly identifiers: readonly Identifier[]
  readonly emails: readonly Email[]
  readonly phones: readonly Phone[]
  readonly links: readonly Link[]
  readonly addresses: Addresses
  /** Public. */
  readonly description: Translations
  /** Internal; never in a public view. */
  readonly note?: string
  readonly labels: readonly Label[]
  /** The first is the main one. */
  readonly images: readonly Image[]
  /** E-mail addresses of people who may edit what is public. */
  readonly contributors: readonly string[]
  /** Role → id of a person of this organization. */
  readonly roles: Readonly<Partial<Record<RoleName, string>>>
  /** Anybody may read what is public of it, where the tenant allows that. */
  readonly public?: boolean
  /** Id of the organization that this one was merged into. */
  readonly mergedInto?: string
  /** Each facet is a part of its own: `facets.kare`. */
  readonly facets: Facets
}

/** When the people of an organization last changed as a group: added, edited, moved, removed. */
export interface PeopleStamp {
  /** Counts the changes, from 0. */
  readonly count: number
  /** UTC, milliseconds. */
  readonly at: string
  /** Whole seconds since 1970, strictly increasing; see `Identity.shownAt`. */
  readonly shownAt: number
}

export interface Organization extends Identity, OrganizationParts {
  readonly kind: 'organization'
  readonly people: PeopleStamp
}

export const ORGANIZATION_PARTS = [
  'state',
  'language',
  'name',
  'department',
  'identifiers',
  'emails',
  'phones',
  'links',
  'addresses',
  'description',
  'note',
  'labels',
  'images',
  'contributors',
  'roles',
  'public',
  'mergedInto',
] as const satisfies readonly (keyof OrganizationParts)[]

/** What the parts are that nobody has written. Texts that may be missing are. */
export const EMPTY_PARTS = {
  state: 'active',
  identifiers: [],
  emails: [],
  phones: [],
  links: [],
  addresses: {},
  description: {},
  labels: [],
  images: [],
  contributors: [],
  roles: {},
  facets: {},
} as const

/** An organization that nobody has written yet: what a create puts into. */
export function blankOrganization(
  id: string,
  { tenant, language, at, by }: { tenant: string; language: string; at: string; by: string },
): Organization {
  return {
    kind: 'organization',
    id,
    number: 0,
    tenant,
    version: 0,
    created: { at, by },
    changed: {},
    shownAt: 0,
    people: { count: 0, at, shownAt: 0 },
    language,
    name: {},
    ...EMPTY_PARTS,
  }
}

/** The name in the main language. */
export function mainName(organization: Organization): string {
  return organization.name[organization.language] ?? Object.values(organization.name)[0] ?? ''
}
