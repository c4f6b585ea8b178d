import type { Organization, RoleName } from './organization.ts'
import { ORGANIZATION_PARTS } from './organization.ts'
import type { Person } from './person.ts'
import { PERSON_PARTS } from './person.ts'

/** One organization with the people that a command needs: what lenses read and write. */
export interface Dossier {
  readonly organization: Organization
  /** By number; those that the lens asked for, never deleted ones. */
  readonly people: readonly Person[]
}

/** Which people a lens needs: those with a role, all, or the one that the request names. */
export type People = 'none' | 'role-holders' | 'all' | 'focus'

/** The dossier with some parts of the organization replaced. */
export function withOrganization(dossier: Dossier, parts: Partial<Organization>): Dossier {
  return { ...dossier, organization: { ...dossier.organization, ...parts } }
}

/** The dossier with `person` in place of the one with the same id, or added at the end. */
export function withPerson(dossier: Dossier, person: Person): Dossier {
  const at = dossier.people.findIndex(({ id }) => id === person.id)
  if (at < 0) return { ...dossier, people: [...dossier.people, person] }
  if (dossier.people[at] === person) return dossier
  return { ...dossier, people: dossier.people.with(at, person) }
}

/** The person who holds `role`, if anyone does. */
export function holderOf(dossier: Dossier, role: RoleName): Person | undefined {
  const id = dossier.organization.roles[role]
  return id === undefined ? undefined : dossier.people.find((person) => person.id === id)
}

/** The roles with `person` in `role`, or nobody. */
export function withRole(
  roles: Organization['roles'],
  role: RoleName,
  person: string | undefined,
): Organization['roles'] {
  if (roles[role] === person) return roles
  const { [role]: _, ...others } = roles
  return person === undefined ? others : { ...roles, [role]: person }
}

export type DifferentParts = Readonly<Record<string, readonly [before: unknown, after: unknown]>>

/** The parts in which two states of one record differ, each with its value before and after. */
export function differencesBetween<R extends Organization | Person>(before: R, after: R): DifferentParts {
  if (before === after) return {}
  const different: Record<string, readonly [unknown, unknown]> = {}
  const parts = (after.kind === 'organization' ? ORGANIZATION_PARTS : PERSON_PARTS) as readonly (keyof R)[]
  for (const part of parts) {
    if (!isSame(before[part], after[part])) different[part as string] = [before[part], after[part]]
  }
  if (before.facets === after.facets) return different
  for (const dialect of new Set([...Object.keys(before.facets), ...Object.keys(after.facets)])) {
    const pair = [before.facets[dialect], after.facets[dialect]] as const
    if (!isSame(...pair)) different[`facets.${dialect}`] = pair
  }
  return different
}

/** Same JSON, whatever the order of members; members that are undefined do not exist. */
export function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false
    return left.every((item, at) => isSame(item, right[at]))
  }
  const [ones, others] = [left, right] as readonly Readonly<Record<string, unknown>>[]
  let size = 0
  for (const key in ones) {
    if (ones[key] === undefined) continue
    if (!isSame(ones[key], others?.[key])) return false
    size += 1
  }
  for (const key in others) if (others[key] !== undefined) size -= 1
  return size === 0
}
