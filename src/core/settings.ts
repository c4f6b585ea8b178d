import type { Principal, RegisteredLabel, Role, Tenant } from './principal.ts'

/** Whose tokens are accepted besides the server's own. */
export interface Issuer {
  readonly issuer: string
  readonly tenant: string
  /** JSON Web Key Set as text, or where it is. */
  readonly jwks?: string
  readonly jwksUri?: string
}

/** How a principal proves itself. Secrets are kept as hashes only. */
export type StoredCredential =
  | {
      readonly kind: 'password'
      readonly principal: string
      readonly salt: string
      readonly hash: string
      /** As of a key. */
      readonly revoked?: true
    }
  | {
      readonly kind: 'key'
      readonly principal: string
      /** SHA-256 of the key, hex: the keys are long and random. */
      readonly hash: string
      readonly scope?: KeyScope
      /** Not held to the number of requests that an API takes of one key. */
      readonly unlimited?: true
      /** Good for nothing any more, and remembered as such: no access file brings it back by listing it again. */
      readonly revoked?: true
      /** By which it is named where it is not shown; one that an access file brought has none. */
      readonly id?: string
      readonly name?: string
      /** UTC, milliseconds. */
      readonly createdAt?: string
    }

/** What a key may be used for, whatever its principal may do. @see specs/digicert.md 1.3 */
export type KeyScope = 'none' | 'orders' | 'organizations' | 'view' | 'users'

export const KEY_SCOPES = [
  'none',
  'orders',
  'organizations',
  'view',
  'users',
] as const satisfies readonly KeyScope[]

/** A table of settings and what its rows hold. */
export interface SettingsTables {
  readonly tenant: Tenant
  readonly issuer: Issuer
  readonly principal: Principal
  readonly credential: StoredCredential
  readonly role: Role
  readonly label: RegisteredLabel
  /** Lists and custom fields of a tenant. */
  readonly catalogue: unknown
  /** Secrets of the server itself. */
  readonly secret: { readonly value: string }
}

export type SettingsKind = keyof SettingsTables

/** One row: replaced by `value`, or removed when it is undefined. `tenant` is empty for what stands above tenants. */
export type SettingsEntry = {
  [Kind in SettingsKind]: {
    readonly kind: Kind
    readonly tenant: string
    readonly id: string
    readonly value: SettingsTables[Kind] | undefined
  }
}[SettingsKind]

/** Settings up to one version. They fit in memory: they count what operators configure and who writes, not records. */
export interface Settings {
  readonly version: number
  readonly entries: readonly SettingsEntry[]
}
