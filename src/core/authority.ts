import type { Asker } from './command.ts'
import type { Dossier } from './dossier.ts'
import { differencesBetween } from './dossier.ts'
import type { Grant } from './policy.ts'
import type { Permission, Principal } from './principal.ts'
import { problem } from './problem.ts'

/** Who writes. @throws Problem forbidden when it is nobody */
export function requirePrincipal({ principal }: Asker, permission: Permission): Principal {
  if (principal === undefined) throw problem('forbidden', { action: permission, principal: '' })
  return principal
}

/**
 * @param overwritten parts that count as changed though they may be what they were
 * @throws Problem parts-forbidden, naming every part that differs and may not be written
 */
export function requireRights(
  before: Dossier,
  proposal: Dossier,
  grant: Grant,
  writer: Principal,
  overwritten: readonly string[] = [],
): void {
  if (grant.isFull) return
  const changed = Object.keys(differencesBetween(before.organization, proposal.organization))
  const parts = [...changed, ...overwritten.filter((part) => !changed.includes(part))]
  const isRefusedPerson = proposal.people.some(
    (person) => !before.people.includes(person) && !grant.edits(person),
  )
  const refused = [
    ...parts.filter((part) => grant.rightTo(part) !== 'write'),
    ...(isRefusedPerson ? ['people'] : []),
  ]
  if (refused.length === 0) return
  throw problem('parts-forbidden', { parts: refused, principal: writer.id, id: before.organization.id })
}

/** For whoever moves people elsewhere, where they may see more of them than here. @throws Problem parts-forbidden */
export function requireSight(
  { organization, people }: Dossier,
  grant: Grant,
  mover: Principal | undefined,
): void {
  if (people.every(grant.sees)) return
  throw problem('parts-forbidden', { parts: ['people'], principal: mover?.id ?? '', id: organization.id })
}
