import type { Violation } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'
import type { OrganizationQuery } from '../../core/store.ts'
import { fault } from './members.ts'
import { CHOICES } from './wire.ts'

export type ListQuery = Omit<OrganizationQuery, 'tenant'>

type Sort = NonNullable<OrganizationQuery['sort']>[number]

/**
 * The list that a query string asks for. Parameters that are not known filter nothing.
 * @throws Problem body-invalid naming each wrong parameter
 * @see specs/digicert.md 1.5
 */
export function readListQuery(query: string): ListQuery {
  const parameters = new URLSearchParams(query)
  const violations: Violation[] = []
  const wrong = (name: string) => violations.push(fault([name], 'invalid'))
  const limit = wholeNumber(parameters.get('limit'))
  const offset = wholeNumber(parameters.get('offset'))
  if (limit === 'wrong') wrong('limit')
  if (offset === 'wrong' || Number(offset) > CHOICES.largestOffset) wrong('offset')
  const states = filterValues(parameters, 'status')
  if (states.some((state) => !isState(state))) wrong('status')
  const sort = (parameters.get('sort') ?? '').split(',').filter((by) => by !== '')
  const sorts = sort.map(sortOf).filter((by) => by !== undefined)
  if (sorts.length < sort.length) wrong('sort')
  if (violations.length > 0) throw problem('body-invalid', { violations })
  const search = (filterValues(parameters, 'search')[0] ?? '').replace(/^%/, '')
  return {
    states: states.length === 0 ? CHOICES.filteredStates : states.filter(isState),
    ...(search !== '' && { search }),
    ...(sorts.length > 0 && { sort: sorts }),
    limit: Math.min(Number(limit ?? CHOICES.defaultLimit), CHOICES.largestLimit),
    offset: Number(offset ?? 0),
  }
}

/** The values of `filters[name]` and `filters[name][0]`, …, without empty ones. */
function filterValues(parameters: URLSearchParams, name: string): readonly string[] {
  const key = `filters[${name}]`
  return [...parameters].flatMap(([given, value]) =>
    value !== '' && (given === key || (given.startsWith(`${key}[`) && given.endsWith(']'))) ? [value] : [],
  )
}

type State = (typeof CHOICES.filteredStates)[number]

function isState(value: string): value is State {
  return CHOICES.filteredStates.some((state) => state === value)
}

function sortOf(asked: string): Sort | undefined {
  const descending = asked.startsWith('-')
  const name = descending ? asked.slice(1) : asked
  if (!Object.hasOwn(CHOICES.sorts, name)) return undefined
  return { by: CHOICES.sorts[name as keyof typeof CHOICES.sorts], descending }
}

function wholeNumber(text: string | null): number | 'wrong' | undefined {
  if (text === null) return undefined
  return /^\d+$/.test(text) ? Number(text) : 'wrong'
}
