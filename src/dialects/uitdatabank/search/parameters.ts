import { urlKey } from '../../../core/keys.ts'
import type { Condition } from '../../../core/query.ts'
import type { OrganizationQuery } from '../../../core/store.ts'
import { parseLucene } from '../lucene.ts'
import { isTrue } from '../wire.ts'
import { conditionOf, idIn, statusIn } from './condition.ts'
import { badParameter } from './faults.ts'
import { bare, domainOf, KIND, textKey, wordsOf } from './keys.ts'
import { translatedTestOf } from './row-tests.ts'

/** What GET /organizers asks for. */
export interface OrganizerSearch extends Pick<OrganizationQuery, 'offset' | 'limit'> {
  readonly where: Condition
  readonly sort: NonNullable<OrganizationQuery['sort']>
  /** Whether members are whole documents. */
  readonly embed: boolean
}

/** How much one search may ask; anybody may send it. */
export const LIMITS = {
  /** Members that are shown where `limit` is not said. */
  defaultPage: 30,
  largestPage: 2_000,
  /** Of words in `name`, of `labels[]`, of `contributors[]`. */
  values: 20,
  /** Terms may be as many only while they are ids, see `conditionOf`. */
  query: { length: 4_000, terms: 100 },
} as const

/**
 * The search that the parameters stand for; an empty one counts as absent, one that is not known is ignored.
 * @throws Problem refused (parameter, query)
 * @see specs/uitdatabank.md 2.4
 */
export function readSearch(query: string): OrganizerSearch {
  const parameters = parametersOf(query)
  const first = (name: string) => parameters.get(name)?.at(-1)
  for (const name of UNINDEXED) {
    if (parameters.has(name)) throw badParameter(name, 'organizers cannot be searched by place here')
  }
  return {
    where: {
      all: [
        ...Object.entries(FILTERS).flatMap(([name, filter]) => {
          const value = first(name)
          return value === undefined ? [] : [filter(value)]
        }),
        ...Object.entries(LIST_FILTERS).flatMap(([name, filter]) =>
          few(name, parameters.get(name)).map(filter),
        ),
        ...statusOf(first('workflowStatus'), isTrue(first('disableDefaultFilters'))),
      ],
    },
    sort: sortOf(parameters),
    ...pageOf(parameters),
    embed: isTrue(first('embed')),
  }
}

/** The page alone. @throws Problem refused (parameter) */
export function readPage(query: string): Pick<OrganizerSearch, 'offset' | 'limit'> {
  return pageOf(parametersOf(query))
}

type Parameters = ReadonlyMap<string, readonly string[]>

function pageOf(parameters: Parameters): Pick<OrganizerSearch, 'offset' | 'limit'> {
  return {
    offset: numberOf('start', parameters.get('start')?.at(-1), 0, Number.MAX_SAFE_INTEGER),
    limit: numberOf('limit', parameters.get('limit')?.at(-1), LIMITS.defaultPage, LIMITS.largestPage),
  }
}

/** Filters that need an index of places: to ignore one would find what was not asked for. `facets[]` only adds, so it may be ignored. */
const UNINDEXED = ['regions', 'coordinates', 'distance', 'bounds']

const FILTERS: Readonly<Record<string, (value: string) => Condition>> = {
  q: (value) => conditionOf(parseLucene(value, LIMITS.query)),
  id: (value) => idIn({ is: value }) as Condition,
  name: (value) => ({
    all: few('name', wordsOf(value)).map((word) => ({ kind: KIND.word, test: { startsWith: bare(word) } })),
  }),
  website: (value) => ({ kind: KIND.website, test: { is: urlKey(value) } }),
  domain: (value) => ({ kind: KIND.domain, test: { is: domainOf(value) } }),
  postalCode: (value) => addressIs('postalCode', value),
  addressCountry: (value) => (value === '*' ? { all: [] } : addressIs('addressCountry', value)),
  creator: (value) => ({ kind: KIND.creator, test: { is: textKey(value) } }),
  hasImages: (value) => (isTrue(value) ? { kind: KIND.image } : { not: { kind: KIND.image } }),
}

/** Each of their values narrows the search. */
const LIST_FILTERS: Readonly<Record<string, (value: string) => Condition>> = {
  labels: (value) => ({ kind: KIND.label, test: { is: textKey(value) } }),
  contributors: (value) => ({ kind: KIND.contributor, test: { is: textKey(value) } }),
}

function addressIs(field: 'postalCode' | 'addressCountry', value: string): Condition {
  const test = translatedTestOf({ is: value }, undefined)
  return { kind: KIND[field], ...(test !== undefined && { test }) }
}

/** Deleted ones are left out unless a status is asked for, or no defaults are wanted. */
function statusOf(asked: string | undefined, isWithoutDefaults: boolean): readonly Condition[] {
  if (asked === '*' || (asked === undefined && isWithoutDefaults)) return []
  const statuses = (asked ?? 'ACTIVE').split(',').map((status) => status.trim().toUpperCase())
  return [statusIn((status) => statuses.includes(status))]
}

const SORT_KEYS: Readonly<Record<string, string | undefined>> = {
  created: 'createdAt',
  modified: 'shownAt',
  completeness: KIND.completeness,
  // All that is found fits equally well.
  score: undefined,
}

function sortOf(parameters: Parameters): OrganizerSearch['sort'] {
  return [...parameters].flatMap(([name, values]) => {
    const key = /^sort\[(.*)\]$/s.exec(name)?.[1]
    if (key === undefined) return []
    if (!Object.hasOwn(SORT_KEYS, key)) throw badParameter(name, 'there is no such order')
    const direction = values.at(-1)
    if (direction !== 'asc' && direction !== 'desc') throw badParameter(name, 'it must be asc or desc')
    const by = SORT_KEYS[key]
    return by === undefined ? [] : [{ by, descending: direction === 'desc' }]
  })
}

function few(name: string, values: readonly string[] = []): readonly string[] {
  if (values.length > LIMITS.values) throw badParameter(name, `it has more than ${LIMITS.values} values`)
  return values
}

function numberOf(name: string, value: string | undefined, standard: number, largest: number): number {
  if (value === undefined) return standard
  const number = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN
  if (!(number <= largest)) throw badParameter(name, `it must be a whole number from 0 to ${largest}`)
  return number
}

/** Name without the brackets of a list → its values that are not blank, in the order they were sent. */
function parametersOf(query: string): Parameters {
  const parameters = new Map<string, string[]>()
  for (const [sent, value] of new URLSearchParams(query)) {
    const name = sent.replace(/\[\d*\]$/, '')
    if (value.includes('\0')) throw badParameter(name, 'it has a character that no text has')
    if (value.trim() !== '') parameters.set(name, [...(parameters.get(name) ?? []), value])
  }
  return parameters
}
