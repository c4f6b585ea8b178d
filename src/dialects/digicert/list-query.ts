import type { Violation } from '../../core/problem.ts'
import type { Condition } from '../../core/query.ts'
import { NOTHING } from '../../core/query.ts'
import type { OrganizationQuery } from '../../core/store.ts'
import { IS_PENDING } from './indexers.ts'
import { accepted, fault } from './members.ts'
import { CHOICES } from './wire.ts'

export interface ListQuery {
  readonly asked: Omit<OrganizationQuery, 'tenant'>
  readonly includesValidations: boolean
}

type Sort = NonNullable<OrganizationQuery['sort']>[number]

/**
 * The list that a query string asks for. Parameters that are not known filter nothing.
 * @param own number of the only container that has organizations
 * @throws Problem body-invalid naming each wrong parameter
 * @see specs/digicert.md 1.5, 4
 */
export function readListQuery(query: string, own: number): ListQuery {
  const parameters = new URLSearchParams(query)
  const violations: Violation[] = []
  const wrong = (name: string) => violations.push(fault([name], 'invalid'))
  const limit = wholeNumber(parameters.get('limit'))
  const offset = wholeNumber(parameters.get('offset'))
  if (limit === 'wrong') wrong('limit')
  if (offset === 'wrong' || Number(offset) > CHOICES.largestOffset) wrong('offset')
  const statuses = filterValues(parameters, 'status')
  const states = CHOICES.filteredStates.filter((state) => statuses.includes(state))
  if (statuses.some((status) => !isOf(CHOICES.filteredStates, status))) wrong('status')
  const validations = filterValues(parameters, 'validation')
  if (validations.some((validation) => !isOf(CHOICES.filteredValidations, validation))) wrong('validation')
  const containers = [
    ...filterValues(parameters, 'container_id_for_organization'),
    ...parameters.getAll('container_id').filter((value) => value !== ''),
  ]
  if (containers.some((container) => wholeNumber(container) === 'wrong')) wrong('container_id')
  const includesValidations = readBoolean(parameters.get('include_validation') ?? '')
  if (includesValidations === 'wrong') wrong('include_validation')
  const sort = (parameters.get('sort') ?? '').split(',').filter((by) => by !== '')
  const sorts = sort.map(sortOf).filter((by) => by !== undefined)
  if (sorts.length < sort.length) wrong('sort')
  const search = (filterValues(parameters, 'search')[0] ?? '').replace(/^%/, '')
  const where = [...validationConditions(validations), ...containerConditions(containers, own)]
  const asked = {
    states: states.length === 0 ? CHOICES.filteredStates : states,
    ...(search !== '' && { search }),
    ...(where.length > 0 && { where: { all: where } }),
    ...(sorts.length > 0 && { sort: sorts }),
    limit: Math.min(Number(limit ?? CHOICES.defaultLimit), CHOICES.largestLimit),
    offset: Number(offset ?? 0),
  }
  return accepted({ asked, includesValidations: includesValidations === true }, violations)
}

/** The values of `filters[name]` and `filters[name][0]`, …, without empty ones. */
function filterValues(parameters: URLSearchParams, name: string): readonly string[] {
  const key = `filters[${name}]`
  return [...parameters].flatMap(([given, value]) =>
    value !== '' && (given === key || (given.startsWith(`${key}[`) && given.endsWith(']'))) ? [value] : [],
  )
}

function isOf(values: readonly string[], value: string): boolean {
  return values.includes(value)
}

/** Who asks for both kinds asks for all. */
function validationConditions(validations: readonly string[]): readonly Condition[] {
  if (new Set(validations).size !== 1) return []
  return validations[0] === 'pending' ? [IS_PENDING] : [{ not: IS_PENDING }]
}

/** The container at the top, and the tenant's own below it, have all organizations; others have none. */
function containerConditions(containers: readonly string[], own: number): readonly Condition[] {
  if (containers.length === 0) return []
  const isWhole = containers.map(Number).some((id) => id === CHOICES.rootContainer || id === own)
  return isWhole ? [] : [NOTHING]
}

function sortOf(asked: string): Sort | undefined {
  const isReversed = asked.startsWith('-')
  const name = isReversed ? asked.slice(1) : asked
  if (!Object.hasOwn(CHOICES.sorts, name)) return undefined
  const { by, descending } = CHOICES.sorts[name as keyof typeof CHOICES.sorts]
  return { by, descending: descending !== isReversed }
}

/** Clients capitalise them as their language does. An empty one is none. */
function readBoolean(text: string): boolean | 'wrong' | undefined {
  if (text === '') return undefined
  const name = text.toLowerCase()
  return Object.hasOwn(CHOICES.booleans, name)
    ? CHOICES.booleans[name as keyof typeof CHOICES.booleans]
    : 'wrong'
}

function wholeNumber(text: string | null): number | 'wrong' | undefined {
  if (text === null) return undefined
  return /^\d+$/.test(text) ? Number(text) : 'wrong'
}
