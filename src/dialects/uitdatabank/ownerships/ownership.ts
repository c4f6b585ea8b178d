import type { Keeping, Kept } from '../../../core/keep.ts'
import { PUBLIC_PARTS } from '../../../core/policy.ts'
import type { Principal, Role } from '../../../core/principal.ts'
import type { SettingsEntry } from '../../../core/settings.ts'
import type { StoredObject } from '../../../core/store.ts'

/** Kind of the objects that requests for ownership are kept as; each is about one organization. */
export const OWNERSHIP = 'uitdatabank.ownership'

export type OwnershipState = 'requested' | 'approved' | 'rejected' | 'deleted'

/** What can be done to an ownership, and what it was before. */
export type Transition = 'approve' | 'reject' | 'delete'

/** Who did something, and when (UTC, milliseconds). */
export interface Act {
  readonly by: string
  readonly email?: string
  readonly at: string
}

/** @see specs/uitdatabank.md 2.5 */
export interface Ownership {
  readonly id: string
  /** Id of the organization. */
  readonly itemId: string
  readonly ownerId: string
  readonly ownerEmail?: string
  readonly requesterId: string
  readonly requesterEmail?: string
  readonly state: OwnershipState
  readonly created: string
  readonly modified: string
  readonly approved?: Act
  readonly rejected?: Act
  readonly deleted?: Act
}

const RESULTS = { approve: 'approved', reject: 'rejected', delete: 'deleted' } as const

export function asObject(ownership: Ownership): StoredObject {
  return { kind: OWNERSHIP, id: ownership.id, about: ownership.itemId, value: ownership }
}

/** Whether it stands in the way of another for the same owner and organizer. */
export function isOpen({ state }: Ownership): boolean {
  return state === 'requested' || state === 'approved'
}

/**
 * The ownership after a transition; itself where there is nothing to do: only what is requested is decided, and what
 * is deleted stays so.
 */
export function transitioned(ownership: Ownership, transition: Transition, act: Act): Ownership {
  const isDue = transition === 'delete' ? ownership.state !== 'deleted' : ownership.state === 'requested'
  if (!isDue) return ownership
  const state = RESULTS[transition]
  return { ...ownership, state, modified: act.at, [state]: act }
}

/** What a transition does to the directory's settings: an approved owner gets a role on the organizer, a deleted one loses it. */
export async function settingsFor(
  before: Ownership,
  after: Ownership,
  owner: Principal,
  { known, nextNumber }: Pick<Keeping, 'known' | 'nextNumber'>,
): Promise<NonNullable<Kept['settings']>> {
  const role = roleOf(after.itemId, owner.tenant)
  if (before.state !== 'approved' && after.state === 'approved') {
    const number = owner.number === 0 ? await nextNumber('principal') : owner.number
    const roles = [...new Set([...owner.roles, role.id])]
    return [roleEntry(role), principalEntry({ ...owner, number, roles })]
  }
  if (before.state === 'approved' && after.state === 'deleted' && known.principal(owner.id) !== undefined) {
    return [principalEntry({ ...owner, roles: owner.roles.filter((id) => id !== role.id) })]
  }
  return []
}

/** One role an organizer: to read and edit what its document shows, and nothing that another API keeps. */
function roleOf(itemId: string, tenant: string): Role {
  return {
    id: `ownership-${itemId}`,
    tenant,
    permissions: ['organizations.read', 'organizations.edit'],
    where: `(id:${itemId} OR (organizer.id:${itemId} AND _type:event))`,
    parts: { '*': 'none', ...Object.fromEntries(PUBLIC_PARTS.map((part) => [part, 'write'] as const)) },
  }
}

function roleEntry(role: Role): SettingsEntry {
  return { kind: 'role', tenant: role.tenant, id: role.id, value: role }
}

function principalEntry(principal: Principal): SettingsEntry {
  return { kind: 'principal', tenant: principal.tenant, id: principal.id, value: principal }
}
