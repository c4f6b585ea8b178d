import { ORGANIZATION_PARTS } from '../core/organization.ts'
import { mostOf } from '../core/policy.ts'
import type { Catalogue, Principal, Right, Role } from '../core/principal.ts'

// Nobody can give what they do not have. Pure.

const RANK: Readonly<Record<Right, number>> = { none: 0, read: 1, write: 2 }

/** Whether `giver` has all that a role gives, wherever it gives it. */
export function mayGive(giver: Principal, role: Role, catalogue: Pick<Catalogue, 'role'>): boolean {
  if (giver.superuser || giver.kind === 'system') return true
  const own = giver.roles.map((id) => catalogue.role(id)).filter((one) => one !== undefined)
  return role.permissions.every((permission) =>
    own.some(
      (one) =>
        one.permissions.includes(permission) &&
        (one.where === undefined || one.where === role.where) &&
        coversParts(one, role),
    ),
  )
}

function coversParts(own: Role, given: Role): boolean {
  const named = [...Object.keys(own.parts ?? {}), ...Object.keys(given.parts ?? {})]
  const parts = new Set<string>([...ORGANIZATION_PARTS, 'people', '*', ...named])
  return [...parts].every((part) => RANK[mostOf(given, part)] <= RANK[mostOf(own, part)])
}

/** Whether `giver` may make somebody this, or do anything to somebody who is. */
export function mayMake(
  giver: Principal,
  { superuser, roles }: Pick<Principal, 'superuser' | 'roles'>,
  catalogue: Pick<Catalogue, 'role'>,
): boolean {
  if (giver.superuser || giver.kind === 'system') return true
  const all = roles.map((id) => catalogue.role(id)).filter((role) => role !== undefined)
  return !superuser && all.every((role) => mayGive(giver, role, catalogue))
}
