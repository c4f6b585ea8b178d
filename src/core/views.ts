import { PUBLIC_PARTS } from './policy.ts'
import type { Catalogue, Principal, Role } from './principal.ts'
import type { Condition, PartLimits } from './query.ts'
import { EVERYTHING, NOTHING, sizeOf } from './query.ts'
import type { Tells } from './reach.ts'
import { isTold, limitsOf, ownOf, spanOver } from './reach.ts'

/** Parts that somebody sees of what they may read, wherever a condition holds. */
export interface View {
  readonly when: Condition
  readonly limits: PartLimits
}

export interface Views {
  /** Of each organization they see what any of these shows, and what whoever may read it sees. */
  readonly views: readonly View[]
  /** What they created or contribute to, and maybe more: what of that they see has to be asked. */
  readonly own: Condition
}

/** Values that all conditions compare with: of more, each organization is asked. */
const SIZE_LIMIT = 4_000

/** What somebody sees of which organization; undefined where rows do not tell it. */
export function viewsOf(
  principal: Principal | undefined,
  catalogue: Catalogue,
  tells: Tells,
): Views | undefined {
  if (principal?.superuser || principal?.kind === 'system')
    return { views: [{ when: EVERYTHING, limits: {} }], own: NOTHING }
  const roles = (principal?.roles ?? []).map((id) => catalogue.role(id)).filter((role) => role !== undefined)
  const views: View[] = [...publicView(catalogue)]
  for (const group of Map.groupBy(roles, (role) => JSON.stringify(limitsOf(role))).values()) {
    const limits = limitsOf(group[0] as Role)
    if (limits === undefined) continue
    const span = spanOver(group, tells)
    if (!isTold(span)) return undefined
    views.push({ when: span.most, limits })
  }
  const size = views.reduce((sum, { when }) => sum + sizeOf(when), 0)
  return size > SIZE_LIMIT ? undefined : { views, own: ownOf(principal, tells) }
}

function publicView({ tenant }: Catalogue): readonly View[] {
  const limits = { onlyParts: PUBLIC_PARTS }
  if (tenant.public === 'none') return []
  return [{ when: tenant.public === 'all' ? EVERYTHING : { kind: 'public', limits: {} }, limits }]
}
