/** Who asks: a person who logs in, a program with its own key, or the server itself. */
export interface Principal {
  /** Unique over all tenants; the `sub` of this principal's tokens. */
  readonly id: string
  /** Positive int32, from a sequence per tenant; 0 while the directory does not know the principal. */
  readonly number: number
  readonly kind: 'user' | 'client' | 'system'
  readonly tenant: string
  readonly name: string
  readonly email?: string
  readonly superuser: boolean
  /** Ids of roles. */
  readonly roles: readonly string[]
  /** Not let in any more. One that is deleted is remembered, so that nobody comes back under its id. */
  readonly state?: 'disabled' | 'deleted'
}

/** What a principal may do to the organizations that its role covers. */
export type Permission =
  | 'organizations.create'
  | 'organizations.read'
  | 'organizations.edit'
  | 'organizations.delete'
  | 'people.read'
  | 'people.edit'
  | 'labels.use-private'
  | 'access.manage'

export const PERMISSIONS = [
  'organizations.create',
  'organizations.read',
  'organizations.edit',
  'organizations.delete',
  'people.read',
  'people.edit',
  'labels.use-private',
  'access.manage',
] as const satisfies readonly Permission[]

export type Right = 'none' | 'read' | 'write'

/** A set of permissions on the organizations that match `where`, or on all. */
export interface Role {
  readonly id: string
  readonly tenant: string
  readonly permissions: readonly Permission[]
  /** Lucene-style query on the public document of the organization. */
  readonly where?: string
  /** Part → the most that this role gives, `*` for those that are not named; without it, they have what the permissions give. */
  readonly parts?: Readonly<Record<string, Right>>
}

/** What a tenant's catalogue says of a label. */
export interface RegisteredLabel {
  readonly number: number
  readonly name: string
  readonly visible: boolean
  readonly private: boolean
}

export interface Tenant {
  readonly id: string
  readonly number: number
  readonly name: string
  /** Main language of new organizations whose writer names none. */
  readonly language: string
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country?: string
  /** Host names whose anonymous requests belong to this tenant. */
  readonly hosts: readonly string[]
  /** Which organizations anybody may read. */
  readonly public: 'all' | 'uitdatabank' | 'none'
}

/** All that a tenant configures and views need, at one version of the settings. */
export interface Catalogue {
  readonly version: number
  /** As of what is known of the settings. */
  readonly edition: number
  readonly tenant: Tenant
  readonly principal: (id: string) => Principal | undefined
  /** All of them by number, those who are let in no more included. */
  readonly principals: () => readonly Principal[]
  readonly role: (id: string) => Role | undefined
  /** By name, whatever its case. */
  readonly label: (name: string) => RegisteredLabel | undefined
  /** All of them, by number. */
  readonly labels: () => readonly RegisteredLabel[]
  /** Lists and custom fields, in the terms of the dialect that defines them. */
  readonly lists: Readonly<Record<string, unknown>>
}
