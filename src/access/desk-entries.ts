import { hash as digest } from 'node:crypto'
import type { KeyEntry, KeyFields, PrincipalEntry, PrincipalFields } from '../core/access-desk.ts'
import type { Known, StoredKey } from '../core/known.ts'
import type { Principal } from '../core/principal.ts'
import type { SettingsEntry } from '../core/settings.ts'

// Principals and keys as the desk shows them, and as the settings have them.

export function principalOf(
  identity: Pick<Principal, 'id' | 'number' | 'tenant'>,
  { disabled, email, ...fields }: PrincipalFields,
): Principal {
  const { kind, name, superuser, roles } = fields
  return {
    ...identity,
    kind,
    name,
    ...(email !== undefined && { email }),
    superuser,
    roles,
    ...(disabled && { state: 'disabled' as const }),
  }
}

export function entryOf(
  { id, number, kind, name, email, superuser, roles, state }: Principal,
  hasPassword: boolean,
): PrincipalEntry {
  return {
    id,
    number,
    kind: kind === 'user' ? 'user' : 'client',
    name,
    ...(email !== undefined && { email }),
    superuser,
    roles,
    disabled: state !== undefined,
    hasPassword,
  }
}

/** Keys of an access file have no id of their own: what tells them apart must tell nothing of them. */
export function keyEntryOf({ id, hash, name, scope, unlimited, createdAt }: StoredKey): KeyEntry {
  const fields: KeyFields = {
    ...(name !== undefined && { name }),
    ...(scope !== undefined && { scope }),
    ...(unlimited !== undefined && { unlimited }),
  }
  const own = id ?? digest('sha256', `key\n${hash}`).slice(0, 16)
  return { id: own, ...fields, ...(createdAt !== undefined && { createdAt }) }
}

export function byAge(left: KeyEntry, right: KeyEntry): number {
  const of = ({ createdAt = '', id }: KeyEntry) => `${createdAt} ${id}`
  return of(left) < of(right) ? -1 : 1
}

export function keyRow(value: StoredKey): SettingsEntry {
  return { kind: 'credential', tenant: '', id: `key:${value.hash}`, value }
}

/** Its passwords as they are remembered when they are taken away: a file that lists them still does not give them back. */
export function revokedPasswordRows(known: Known, id: string): readonly SettingsEntry[] {
  return known.passwordsOf(id).map((value) => ({
    kind: 'credential' as const,
    tenant: '',
    id: `password:${id}:${value.salt}`,
    value: { ...value, revoked: true as const },
  }))
}

/** What removes its passwords. */
export function passwordRows(known: Known, id: string): readonly SettingsEntry[] {
  return known.passwordsOf(id).map(({ salt }) => ({
    kind: 'credential' as const,
    tenant: '',
    id: `password:${id}:${salt}`,
    value: undefined,
  }))
}
