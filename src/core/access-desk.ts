import type { Asker } from './command.ts'
import type { Permission, Principal, Role } from './principal.ts'
import type { KeyScope } from './settings.ts'

/** Who may do what, for those who hold `access.manage`. All of it throws Problem forbidden for others. */
export interface AccessDesk {
  /** Who asks, and what they may do whatever the organization. Anybody may know that of themselves. */
  standing(asker: Asker): Standing
  /** All of the tenant who were not deleted, by number. */
  principals(asker: Asker): readonly PrincipalEntry[]
  /** @throws Problem not-found */
  principal(asker: Asker, id: string): PrincipalEntry
  /** @param id a fresh one without @throws Problem key-taken, body-invalid, refused */
  createPrincipal(asker: Asker, id: string | undefined, fields: PrincipalFields): Promise<PrincipalEntry>
  /** @throws Problem not-found, body-invalid, refused */
  editPrincipal(
    asker: Asker,
    id: string,
    edit: (before: PrincipalEntry) => PrincipalFields,
  ): Promise<PrincipalEntry>
  /** Takes away keys, passwords and roles, for ever. @throws Problem not-found, refused */
  deletePrincipal(asker: Asker, id: string, require: (before: PrincipalEntry) => void): Promise<void>
  keys(asker: Asker, principal: string): readonly KeyEntry[]
  /** The only time that the key itself is told. */
  createKey(asker: Asker, principal: string, fields: KeyFields): Promise<{ entry: KeyEntry; key: string }>
  /** @throws Problem not-found */
  revokeKey(asker: Asker, principal: string, key: string): Promise<void>
  /** Replaces all passwords of a principal; without one, they have none. */
  setPassword(asker: Asker, principal: string, password: string | undefined): Promise<void>
  roles(asker: Asker): readonly Role[]
  role(asker: Asker, id: string): Role
  /** @param edit given what the role is, if there is one @throws Problem body-invalid, refused */
  putRole(
    asker: Asker,
    id: string,
    edit: (before: Role | undefined) => RoleFields,
  ): Promise<{ role: Role; isNew: boolean }>
  /** @throws Problem not-found, refused while somebody has it */
  deleteRole(asker: Asker, id: string, require: (before: Role) => void): Promise<void>
}

export interface Standing {
  readonly principal: Principal
  readonly permissions: readonly Permission[]
  readonly roles: readonly Role[]
}

/** What of a principal can be changed. */
export type PrincipalFields = Omit<Principal, 'id' | 'number' | 'tenant' | 'state' | 'kind'> & {
  readonly kind: 'user' | 'client'
  readonly disabled: boolean
}

export interface PrincipalEntry extends PrincipalFields {
  readonly id: string
  readonly number: number
  readonly hasPassword: boolean
}

export interface KeyFields {
  readonly name?: string
  readonly scope?: KeyScope
  readonly unlimited?: true
}

/** A key without its secret. */
export interface KeyEntry extends KeyFields {
  readonly id: string
  /** UTC, milliseconds. */
  readonly createdAt?: string
}

export type RoleFields = Omit<Role, 'id' | 'tenant'>
