import type { Organization, RoleName } from '../../../core/organization.ts'
import type { Person } from '../../../core/person.ts'
import type { Violation } from '../../../core/problem.ts'
import { problem } from '../../../core/problem.ts'
import type { Bag, IdMap } from '../wire.ts'
import { ROLE_RELATIONS } from '../wire.ts'
import { idIn, urnOf } from './sent.ts'

type Roles = Organization['roles']

const RELATIONS = Object.entries(ROLE_RELATIONS) as readonly (readonly [RoleName, string])[]
const ROLE_OF = new Map(RELATIONS.map(([role, relation]) => [relation, role]))

/** Who answers for what, as relations. @see RFC 9553 §2.1.8 */
export function relationsOf(roles: Roles): IdMap {
  const map: Record<string, { relation: Record<string, true> }> = {}
  for (const [role, relation] of RELATIONS) {
    const person = roles[role]
    if (person === undefined) continue
    const uid = urnOf(person)
    map[uid] = { relation: { ...map[uid]?.relation, [relation]: true } }
  }
  return map
}

/** Both, relation by relation. */
export function mergedRelations(own: IdMap, others: IdMap = {}): IdMap {
  const merged: Record<string, Bag> = { ...own }
  for (const [uid, other] of Object.entries(others)) {
    const relation = { ...(merged[uid]?.['relation'] as Bag), ...(other['relation'] as Bag) }
    merged[uid] = { ...other, ...(Object.keys(relation).length > 0 && { relation }) }
  }
  return merged
}

/** @throws Problem body-invalid when a role is given twice, or to nobody of the organization */
export function rolesFrom(
  sent: IdMap,
  before: Roles,
  people: readonly Person[],
  othersBefore: IdMap = {},
): { readonly roles: Roles; readonly others: IdMap } {
  const roles: Partial<Record<RoleName, string>> = {}
  const others: Record<string, Bag> = {}
  const violations: Violation[] = []
  for (const [uid, { '@type': _, ...object }] of Object.entries(sent)) {
    const rest: Record<string, unknown> = {}
    for (const [relation, is] of Object.entries((object['relation'] ?? {}) as Bag)) {
      const role = ROLE_OF.get(relation)
      if (role === undefined) rest[relation] = is
      else give(role, uid, relation)
    }
    const kept = 'relation' in object ? { ...object, relation: rest } : object
    // A relation of no kind is one, too; where all of its kinds are roles, the roles say it.
    if (!isBare(kept) || isBare(object)) others[uid] = kept
    else if (isBare(othersBefore[uid])) others[uid] = othersBefore[uid] as Bag
  }
  if (violations.length > 0) throw problem('body-invalid', { violations })
  return { roles, others }

  function give(role: RoleName, uid: string, relation: string): void {
    const path = ['relatedTo', uid, 'relation', relation]
    const id = idIn(uid)
    const isHolder = id !== undefined && (before[role] === id || people.some((person) => person.id === id))
    if (!isHolder) violations.push({ path, keyword: 'nobody', params: {} })
    else if (roles[role] !== undefined) violations.push({ path, keyword: 'taken', params: { role } })
    else roles[role] = id
  }
}

/** Whether it says that there is a relation, and nothing of it. @see RFC 9553 §2.1.8 */
function isBare(relation: Bag | undefined): boolean {
  if (relation === undefined) return false
  const { relation: kinds = {}, ...more } = relation
  return Object.keys(kinds as Bag).length === 0 && Object.keys(more).length === 0
}
