import { ORGANIZATION_PARTS } from './organization.ts'
import { ALWAYS_READABLE, mostOf, PUBLIC_PARTS } from './policy.ts'
import type { Catalogue, Permission, Principal, Role } from './principal.ts'
import type { Condition, PartLimits, RowCondition } from './query.ts'
import { EVERYTHING, isHidden, NOTHING, sizeOf } from './query.ts'

/** A condition as far as rows tell of it: `least` holds nowhere else, `most` wherever it does. One object where they tell it all. */
export interface Span {
  readonly least: Condition
  readonly most: Condition
}

/** What index rows tell of rights. A port, beside `Matches`: rows of the core alone do not. Their limits are their own. */
export interface Tells {
  /** Where a role's `where` is met. */
  readonly where: (where: string) => Span
  /** Holds at least wherever the principal is the creator. */
  readonly creator: (id: string) => Condition
  /** Holds at least wherever the address is that of a contributor. */
  readonly contributor: (email: string) => Condition
}

/** What somebody may read whose rights differ from organization to organization. */
export interface Reach {
  /** What they created or contribute to. What of it they may read depends on who wrote what: each has to be asked. */
  readonly own: Condition
  /** All that they may read but for their own, and maybe more. */
  readonly readable: Condition
  /** Whether rows tell all of that, neither more nor less. */
  readonly isExact: boolean
  /** The rows that they may know of, where that is the same in all they may read but for what is their own. */
  readonly limits?: PartLimits
  /**
   * What finds at least all that `where` finds for them, and nothing else where it is exact. Rows count only where they
   * may be known, so nothing is found, and nothing is missed, by what may not be read.
   * @param withOwn whether there is anything of their own: all parts of that count, for and against
   */
  readonly narrowed: (where: Condition, withOwn: boolean) => Condition
  /** The same among what is readable and not their own. */
  readonly known: (where: Condition) => Condition
}

/** Rows that one right lets somebody know of, where they have that right. */
interface Sight {
  readonly when: Span
  readonly limits: PartLimits
  /** Whether it covers all that they may read. */
  readonly isWhole: boolean
}

/** More are not told apart: each organization that may be one of theirs is asked. */
const SIGHTS_LIMIT = 4

/** Values that the conditions of all roles compare with, and that sights add to a query: of more, each organization is asked. */
const SIZE_LIMIT = 4_000
const SIGHTS_SIZE_LIMIT = 8_000

/** @param where what is asked: the more it asks of rows, the fewer sights are told apart */
export function reachOf(
  principal: Principal | undefined,
  catalogue: Catalogue,
  tells: Tells,
  where: Condition,
): Reach {
  const roles = (principal?.roles ?? []).map((id) => catalogue.role(id)).filter((role) => role !== undefined)
  const reading = roles.filter(({ permissions }) => permissions.includes('organizations.read'))
  const spans = new Map(roles.map((role) => [role, spanOver([role], tells)]))
  const spanOf = (among: readonly Role[]) => anyOf(among.map((role) => spans.get(role) as Span))

  const whole = spanOf(reading)
  const readable = sizeOf(whole.most) > SIZE_LIMIT ? { least: NOTHING, most: EVERYTHING } : whole
  const all = sightsOf(roles, reading, spanOf, catalogue)
  const sights = all !== undefined && sizeOfSights(all) * sizeOf(where) > SIGHTS_SIZE_LIMIT ? undefined : all
  const isExact = [...spans.values(), readable].every(isTold) && sights !== undefined
  const own = ownOf(principal, tells)
  const [only] = sights ?? []
  const known = (where: Condition, withOwn: boolean) =>
    substituted(where, (row, isLeast) => seenAs(row, sights, isLeast, withOwn ? own : undefined))
  return {
    own,
    readable: readable.most,
    isExact,
    ...(sights?.length === 1 && only?.isWhole && { limits: only.limits }),
    narrowed: (where, withOwn) => ({
      all: [withOwn ? { any: [readable.most, own] } : readable.most, known(where, withOwn)],
    }),
    known: (where) => known(where, false),
  }
}

/** Where any of the roles is one that its holder has. */
export function spanOver(roles: readonly Role[], tells: Tells): Span {
  return anyOf(roles.map(({ where }) => (where === undefined ? always(EVERYTHING) : tells.where(where))))
}

/** Whether rows tell all of it. */
export function isTold({ least, most }: Span): boolean {
  return least === most
}

export function always(condition: Condition): Span {
  return { least: condition, most: condition }
}

export function ownOf(principal: Principal | undefined, tells: Tells): Condition {
  if (principal === undefined) return NOTHING
  const { id, email } = principal
  return { any: [tells.creator(id), ...(email === undefined ? [] : [tells.contributor(email)])] }
}

function sizeOfSights(sights: readonly Sight[]): number {
  const sizes = sights.map(({ when, limits, isWhole }) => {
    const { hiddenParts = [], onlyParts = [] } = limits
    return hiddenParts.length + onlyParts.length + (isWhole ? 0 : sizeOf(when.most) + sizeOf(when.least))
  })
  return sizes.reduce((sum, size) => sum + size, 1)
}

/** What their roles and what is public let them know of, told apart by parts; undefined when it is too much. */
function sightsOf(
  roles: readonly Role[],
  reading: readonly Role[],
  spanOf: (roles: readonly Role[]) => Span,
  { tenant }: Catalogue,
): readonly Sight[] | undefined {
  const groups = Map.groupBy(roles, (role) => JSON.stringify(limitsOf(role)))
  const sights = [...groups.values()].flatMap((group): readonly Sight[] => {
    const limits = limitsOf(group[0] as Role)
    const isWhole = reading.every((role) => group.includes(role))
    return limits === undefined ? [] : [{ when: spanOf(group), limits, isWhole }]
  })
  const isAdded = reading.some((role) => PUBLIC_PARTS.some((part) => isHidden(part, limitsOf(role) ?? {})))
  const limits = { onlyParts: PUBLIC_PARTS }
  const isPublic: Condition = { kind: 'public', limits: {} }
  if (isAdded && tenant.public !== 'none')
    sights.push({
      when: always(tenant.public === 'all' ? EVERYTHING : isPublic),
      limits,
      isWhole: tenant.public === 'all',
    })
  return sights.length > SIGHTS_LIMIT ? undefined : sights
}

const SEEING: readonly Permission[] = ['organizations.read', 'organizations.edit']
const SEEING_PEOPLE: readonly Permission[] = ['people.read', 'people.edit']

/** Parts whose rows the holder of a role may know of; undefined when there are none. */
export function limitsOf(role: Role): PartLimits | undefined {
  const has = (among: readonly Permission[]) => among.some((one) => role.permissions.includes(one))
  const isPeopleSeen = has(SEEING_PEOPLE) && mostOf(role, 'people') !== 'none'
  if (!has(SEEING)) return isPeopleSeen ? { onlyParts: ['people'] } : undefined
  const named = [...new Set([...ORGANIZATION_PARTS, ...Object.keys(role.parts ?? {})])].filter(
    (part) => part !== '*' && part !== 'people',
  )
  const isOpen = (part: string) => ALWAYS_READABLE.has(part) || mostOf(role, part) !== 'none'
  const people = isPeopleSeen ? [] : ['people']
  return mostOf(role, '*') === 'none'
    ? { onlyParts: [...named.filter(isOpen), ...(isPeopleSeen ? ['people'] : [])].sort() }
    : { hiddenParts: [...named.filter((part) => !isOpen(part)), ...people].sort() }
}

/** Whether there is such a row that they may know of: surely, or maybe. */
function seenAs(
  row: RowCondition,
  sights: readonly Sight[] | undefined,
  isLeast: boolean,
  own: Condition | undefined,
): Condition {
  if (sights === undefined) return isLeast ? NOTHING : { ...row, limits: {} }
  const seen = sights.map(({ when, limits, isWhole }): Condition => {
    const one: Condition = { ...row, limits }
    return isWhole ? one : { all: [isLeast ? when.least : when.most, one] }
  })
  const known: Condition = seen.length === 1 ? (seen[0] as Condition) : { any: seen }
  if (own === undefined) return known
  return isLeast ? { all: [{ not: own }, known] } : { any: [known, { all: [own, { ...row, limits: {} }] }] }
}

/** The condition with other tests of rows: those that surely hold where what is asked for is that they do not. */
function substituted(
  condition: Condition,
  substitute: (row: RowCondition, isLeast: boolean) => Condition,
  isLeast = false,
): Condition {
  const within = (one: Condition) => substituted(one, substitute, isLeast)
  if ('not' in condition) return { not: substituted(condition.not, substitute, !isLeast) }
  if ('all' in condition) return { all: condition.all.map(within) }
  if ('any' in condition) return { any: condition.any.map(within) }
  return 'kind' in condition ? substitute(condition, isLeast) : condition
}

function anyOf(spans: readonly Span[]): Span {
  const of = (conditions: readonly Condition[]): Condition => {
    if (conditions.includes(EVERYTHING)) return EVERYTHING
    return conditions.length === 1 ? (conditions[0] as Condition) : { any: conditions }
  }
  const least = of(spans.map((span) => span.least))
  return spans.every(isTold) ? always(least) : { least, most: of(spans.map((span) => span.most)) }
}
